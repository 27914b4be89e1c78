"""What everybody is answered who takes lists into the registry or out of it: see table.py.

A list that comes in is its owner's alone; one that goes out, of whoever asked and of whoever else may agree.
"""

INTAKES = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/registry/intakes/                                                 302 403 403 403 200 200 403 403 403 403 403
POST desk/registry/intakes/                                                302 403 403 403 303 303 403 403 403 403 403
GET desk/registry/intakes/template/<str:name> [homes.xlsx]                 302 403 403 403 200 200 403 403 403 403 403
GET desk/registry/intakes/template/<str:name> [merchants.csv]              302 403 403 403 200 200 403 403 403 403 403
GET desk/registry/intakes/<uuid:id>/                                       302 403 403 403 404 404 403 403 403 403 403
GET desk/registry/intakes/<uuid:id>/ [own]                                 302 403 403 403 200 200 403 403 403 403 403
POST desk/registry/intakes/<uuid:id>/choices/ [own]                        302 403 403 403 303 303 403 403 403 403 403
POST desk/registry/intakes/<uuid:id>/start/ [own]                          302 403 403 403 303 303 403 403 403 403 403
POST desk/registry/intakes/<uuid:id>/undo/ [own taken]                     302 403 403 403 303 303 403 403 403 403 403
POST desk/registry/intakes/<uuid:id>/drop/ [own]                           302 403 403 403 303 303 403 403 403 403 403
GET desk/registry/intakes/<uuid:id>/faults.xlsx [own]                      302 403 403 403 200 200 403 403 403 403 403
GET desk/registry/take-out/<str:by>/                                       302 403 403 403 200 200 403 403 403 403 403
POST desk/registry/take-out/<str:by>/                                      302 403 403 403 303 303 403 403 403 403 403
GET desk/registry/exports/                                                 302 403 403 403 200 200 403 403 403 403 403
GET desk/registry/exports/<uuid:id>/                                       302 403 200 404 200 200 404 404 404 404 404
POST desk/registry/exports/<uuid:id>/decide/                               302 403 403 403 303 303 403 403 403 403 403
GET api/v1/registry/intakes                                                401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/intakes                                               401 403 403 403 201 201 403 403 403 403 403
GET api/v1/registry/intakes/<id> [own]                                     401 403 403 403 200 200 403 403 403 403 403
GET api/v1/registry/intakes/<id>/check [own]                               401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/intakes/<id>/choices [own]                            401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/intakes/<id>/start [own]                              401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/intakes/<id>/undo [own taken]                         401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/intakes/<id>/drop [own]                               401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/exports                                               401 403 403 403 200 200 403 403 403 403 403
GET api/v1/registry/exports/waiting                                        401 403 403 403 200 200 403 403 403 403 403
GET api/v1/registry/exports/<id>                                           401 403 200 404 200 200 404 404 404 404 404
POST api/v1/registry/exports/<id>/decide                                   401 403 403 403 200 200 403 403 403 403 403
"""
