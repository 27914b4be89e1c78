"""Leave and hand-over: rows of the table (table.py says how to read them), all about the volunteer of the grid."""

LEAVE = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/leave/                                                            302 403 200 200 200 200 200 200 403 200 200
GET desk/leave/add/                                                        302 403 200 200 200 200 200 200 403 200 200
POST desk/leave/add/                                                       302 403 303 303 303 303 303 303 403 303 303
GET desk/people/<uuid:id>/leave/                                           302 403 403 403 200 200 403 403 403 200 403
POST desk/people/<uuid:id>/leave/                                          302 403 403 403 303 303 403 403 403 303 403
GET desk/leave/<uuid:id>/                                                  302 403 404 200 200 200 404 404 403 200 200
POST desk/leave/<uuid:id>/                                                 302 403 404 403 303 303 404 404 403 303 403
GET desk/leave/<uuid:id>/end/                                              302 403 405 405 405 405 405 405 403 405 405
POST desk/leave/<uuid:id>/end/                                             302 403 404 403 303 303 404 404 403 303 403
GET desk/vacancies/                                                        302 403 200 200 200 200 200 200 403 200 200
GET desk/posts/<uuid:id>/hand-over/                                        302 403 404 403 200 200 404 404 403 200 403
POST desk/posts/<uuid:id>/hand-over/                                       302 403 404 403 303 403 404 404 403 303 403
GET desk/seats/<uuid:id>/hand-over/                                        302 403 404 403 200 200 404 404 403 200 403
POST desk/seats/<uuid:id>/hand-over/                                       302 403 404 403 303 303 404 404 403 303 403
GET api/v1/leaves                                                          401 403 200 200 200 200 200 200 403 200 200
POST api/v1/leaves                                                         401 403 201 201 201 201 201 201 403 201 201
POST api/v1/leaves [for another]                                           401 403 404 404 201 201 404 404 403 201 403
GET api/v1/leaves/<id>                                                     401 403 404 200 200 200 404 404 403 200 200
POST api/v1/leaves/<id>/deputy                                             401 403 404 403 200 200 404 404 403 200 403
POST api/v1/leaves/<id>/end                                                401 403 404 403 200 200 404 404 403 200 403
GET api/v1/seats/<id>/waiting                                              401 403 404 403 200 200 404 404 403 200 403
POST api/v1/seats/<id>/move                                                401 403 404 403 200 200 404 404 403 200 403
"""
