"""What everybody is answered about lists that are compared with the registry: see table.py."""

LISTS = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/lists/                                                            302 403 200 200 200 200 403 403 403 403 403
GET desk/lists/new/                                                        302 403 403 403 200 200 403 403 403 403 403
POST desk/lists/new/                                                       302 403 403 403 303 303 403 403 403 403 403
GET desk/lists/<uuid:id>/                                                  302 403 404 200 200 200 403 403 403 403 403
GET desk/lists/<uuid:id>/ [draft]                                          302 403 404 404 200 200 403 403 403 403 403
POST desk/lists/<uuid:id>/compare/ [draft]                                 302 403 403 403 303 303 403 403 403 403 403
GET desk/lists/<uuid:id>/rows/                                             302 403 404 200 200 200 403 403 403 403 403
POST desk/lists/<uuid:id>/tick/                                            302 403 404 303 303 303 403 403 403 403 403
POST desk/lists/<uuid:id>/tasks/                                           302 403 403 403 303 303 403 403 403 403 403
POST desk/lists/<uuid:id>/result/                                          302 403 403 403 303 303 403 403 403 403 403
POST desk/lists/<uuid:id>/erase/                                           302 403 403 403 303 303 403 403 403 403 403
GET api/v1/lists                                                           401 403 200 200 200 200 403 403 403 403 403
POST api/v1/lists                                                          401 403 403 403 201 201 403 403 403 403 403
GET api/v1/lists/<id>                                                      401 403 404 200 200 200 403 403 403 403 403
POST api/v1/lists/<id>/compare [draft]                                     401 403 403 403 200 200 403 403 403 403 403
GET api/v1/lists/<id>/grids                                                401 403 404 200 200 200 403 403 403 403 403
GET api/v1/lists/<id>/rows                                                 401 403 404 200 200 200 403 403 403 403 403
POST api/v1/lists/<id>/settle                                              401 403 404 200 200 200 403 403 403 403 403
POST api/v1/lists/<id>/tasks                                               401 403 403 403 200 200 403 403 403 403 403
POST api/v1/lists/<id>/result                                              401 403 403 403 200 200 403 403 403 403 403
POST api/v1/lists/<id>/erase                                               401 403 403 403 200 200 403 403 403 403 403
"""
