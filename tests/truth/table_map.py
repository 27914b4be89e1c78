"""What everybody is answered about the one map and what is pinned to it: see table.py."""

MAP = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/map/landmarks.json                                                302 403 200 200 200 200 200 200 200 200 200
GET desk/map/panoramas.json                                                302 403 200 200 200 200 200 200 200 200 200
GET desk/map/people.json                                                   302 403 200 200 200 200 200 200 403 200 200
GET desk/map/numbers/<slug:by>.json                                        302 403 200 200 200 200 403 403 403 403 403
GET desk/map/find.json                                                     302 403 200 200 200 200 200 200 200 200 200
GET desk/map/matters/<int:z>/<int:x>/<int:y>.json                          302 403 200 200 200 200 200 200 200 200 200
GET desk/map/merchants/<int:z>/<int:x>/<int:y>.json                        302 403 200 200 200 200 403 403 403 403 403
GET desk/map/card/area/<str:path>/                                         302 403 200 200 200 200 200 200 200 200 200
GET desk/map/card/landmark/<uuid:id>/                                      302 403 200 200 200 200 200 200 200 200 200
GET desk/map/card/panorama/<uuid:id>/                                      302 403 200 200 200 200 200 200 200 200 200
GET desk/map/card/merchant/<uuid:id>/                                      302 403 404 200 200 200 403 403 403 403 403
GET desk/landmarks/                                                        302 403 200 200 200 200 200 200 200 200 200
GET desk/landmarks/new/                                                    302 403 403 403 200 200 403 403 403 403 403
POST desk/landmarks/new/                                                   302 403 403 403 303 303 403 403 403 403 403
GET desk/landmarks/<uuid:id>/                                              302 403 403 403 200 200 403 403 403 403 403
POST desk/landmarks/<uuid:id>/                                             302 403 403 403 303 303 403 403 403 403 403
POST desk/landmarks/<uuid:id>/close/                                       302 403 403 403 303 303 403 403 403 403 403
GET desk/panoramas/new/                                                    302 403 403 403 200 200 403 403 403 403 403
POST desk/panoramas/new/                                                   302 403 403 403 303 303 403 403 403 403 403
GET desk/panoramas/<uuid:id>/                                              302 403 200 200 200 200 200 200 200 200 200
GET desk/panoramas/<uuid:id>/picture.jpg                                   302 403 200 200 200 200 200 200 200 200 200
GET desk/panoramas/<uuid:id>/small.jpg                                     302 403 200 200 200 200 200 200 200 200 200
GET desk/panoramas/<uuid:id>/change/                                       302 403 403 403 200 200 403 403 403 403 403
POST desk/panoramas/<uuid:id>/change/                                      302 403 403 403 303 303 403 403 403 403 403
POST desk/panoramas/<uuid:id>/close/                                       302 403 403 403 303 303 403 403 403 403 403
GET desk/places/<str:path>/plan.pdf                                        302 403 404 404 404 404 404 404 404 404 404
GET api/v1/map/matters/<z>/<x>/<y>                                         401 200 200 200 200 200 200 200 200 200 200
GET api/v1/map/merchants/<z>/<x>/<y>                                       401 403 200 200 200 200 403 403 403 403 403
GET api/v1/map/numbers/<by>                                                401 403 200 200 200 200 403 403 403 403 403
GET api/v1/map/people                                                      401 403 200 200 200 200 200 200 403 200 200
GET api/v1/landmarks                                                       401 403 200 200 200 200 200 200 200 200 200
POST api/v1/landmarks                                                      401 403 403 403 201 201 403 403 403 403 403
POST api/v1/landmarks/<id>                                                 401 403 403 403 200 200 403 403 403 403 403
POST api/v1/landmarks/<id>/close                                           401 403 403 403 200 200 403 403 403 403 403
GET api/v1/panoramas                                                       401 403 200 200 200 200 200 200 200 200 200
POST api/v1/panoramas                                                      401 403 403 403 201 201 403 403 403 403 403
POST api/v1/panoramas/<id>                                                 401 403 403 403 200 200 403 403 403 403 403
POST api/v1/panoramas/<id>/close                                           401 403 403 403 200 200 403 403 403 403 403
GET api/v1/panoramas/<id>/picture                                          401 403 200 200 200 200 200 200 200 200 200
"""
