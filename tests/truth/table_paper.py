"""Sheets of paper, lists taken out and taken over: rows of the table (table.py says how to read them)."""

PAPER = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/matters/<str:number>/slip/paper/                                  302 403 404 200 200 200 404 404 404 404 404
GET desk/matters/<str:number>/papers/                                      302 403 404 200 200 200 404 404 404 404 404
POST desk/matters/<str:number>/papers/                                     302 403 404 200 200 200 404 404 404 404 404
POST desk/matters/<str:number>/papers/ [dispatch @ handling]               302 403 404 200 200 200 200 404 404 404 404
GET desk/matters/export/                                                   302 403 200 200 200 200 200 200 403 403 403
POST desk/matters/export/                                                  302 403 303 303 303 303 303 303 403 403 403
GET desk/imports/                                                          302 403 403 403 403 200 403 403 403 403 403
POST desk/imports/                                                         302 403 403 403 403 303 403 403 403 403 403
GET desk/imports/pattern.xlsx                                              302 403 403 403 403 200 403 403 403 403 403
GET desk/imports/<uuid:id>/                                                302 403 403 403 403 404 403 403 403 403 403
GET desk/imports/<uuid:id>/ [own]                                          302 403 403 403 403 200 403 403 403 403 403
GET desk/imports/<uuid:id>/problems.xlsx [own]                             302 403 403 403 403 200 403 403 403 403 403
POST desk/imports/<uuid:id>/columns/ [own]                                 302 403 403 403 403 303 403 403 403 403 403
POST desk/imports/<uuid:id>/words/ [own]                                   302 403 403 403 403 303 403 403 403 403 403
POST desk/imports/<uuid:id>/start/ [own]                                   302 403 403 403 403 303 403 403 403 403 403
POST desk/imports/<uuid:id>/undo/ [own taken]                              302 403 403 403 403 303 403 403 403 403 403
POST desk/imports/<uuid:id>/drop/ [own]                                    302 403 403 403 403 303 403 403 403 403 403
GET desk/hand-over-sheets/                                                 302 403 200 200 200 200 200 200 200 200 200
GET desk/hand-over-sheets/<uuid:id>/                                       302 403 200 200 200 200 200 200 200 200 200
GET api/v1/matters/<number>/papers/<paper> [sheet]                         401 403 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/papers/<paper> [dispatch @ handling]           401 403 404 200 200 200 200 404 404 404 404
POST api/v1/matters/export                                                 401 403 200 200 200 200 200 200 403 403 403
GET api/v1/imports                                                         401 403 403 403 403 200 403 403 403 403 403
POST api/v1/imports                                                        401 403 403 403 403 201 403 403 403 403 403
GET api/v1/imports/<id>                                                    401 403 403 403 403 404 403 403 403 403 403
GET api/v1/imports/<id> [own]                                              401 403 403 403 403 200 403 403 403 403 403
GET api/v1/imports/<id>/check [own]                                        401 403 403 403 403 200 403 403 403 403 403
POST api/v1/imports/<id>/explain [own]                                     401 403 403 403 403 200 403 403 403 403 403
POST api/v1/imports/<id>/start [own]                                       401 403 403 403 403 200 403 403 403 403 403
POST api/v1/imports/<id>/undo [own taken]                                  401 403 403 403 403 200 403 403 403 403 403
POST api/v1/imports/<id>/drop [own]                                        401 403 403 403 403 200 403 403 403 403 403
GET api/v1/seats/<id>/hand-over                                            401 403 200 200 200 200 200 200 200 200 200
"""
