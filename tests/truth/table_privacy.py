"""What everybody is answered who reveals, finds by a number, opens what lies outside their area, or looks at it again.

The stranger works the next grid: outside their area there is nothing, whatever its number. The auditor sees who opened
what, and none of it.
"""

PRIVACY = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/registry/reveal/<str:record>/<uuid:id>/<str:column>/              302 403 404 200 200 200 403 403 403 403 403
POST desk/registry/reveal/<str:record>/<uuid:id>/<str:column>/             302 403 404 200 200 200 403 403 403 403 403
GET desk/registry/find/                                                    302 403 200 200 200 200 403 403 403 403 403
POST desk/registry/find/                                                   302 403 200 200 200 200 403 403 403 403 403
GET desk/registry/glass/                                                   302 403 200 200 200 200 403 403 403 403 403
POST desk/registry/glass/                                                  302 403 303 422 422 422 403 403 403 403 403
GET desk/registry/glass/review/                                            302 403 403 403 403 403 403 403 200 403 403
GET desk/registry/glass/review/ [broken]                                   302 403 403 403 403 403 403 403 200 403 403
GET desk/registry/glass/review/<uuid:id>/                                  302 403 403 403 403 403 403 403 200 403 403
POST desk/registry/glass/review/<uuid:id>/                                 302 403 403 403 403 403 403 403 303 403 403
GET desk/readings/                                                         302 403 403 403 403 403 403 403 200 403 403
GET api/v1/readings                                                        401 403 403 403 403 403 403 403 200 403 403
POST api/v1/registry/find                                                  401 403 200 200 200 200 403 403 403 403 403
POST api/v1/registry/glass                                                 401 403 201 422 422 422 403 403 403 403 403
GET api/v1/registry/glass                                                  401 403 403 403 403 403 403 403 200 403 403
POST api/v1/registry/glass/<id>/judge                                      401 403 403 403 403 403 403 403 200 403 403
POST api/v1/registry/reveal/<record>/<id>/<column>                         401 403 404 200 200 200 403 403 403 403 403
"""
