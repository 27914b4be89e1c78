"""What everybody is answered who links an account, proposes a change, asks about their own data: see table.py.

Everything lies in the worker's grid. At the portal nobody is signed in but where it says so; nobody is linked there:
what a linked resident reads is told by tests/portal/test_own_record.py and test_what_one_sees.py.
"""

OWN_RECORD = """
GET mine/record/                                                           303
GET mine/record/ [mine]                                                    200
POST mine/record/right/                                                    303
POST mine/record/unlink/                                                   303
GET mine/record/looked/                                                    303
GET mine/record/looked/ [mine]                                             200
GET mine/record/copy/                                                      303
GET mine/record/copy/ [mine]                                               404
GET mine/record/copy.json                                                  303
GET mine/record/copy.json [mine]                                           404
GET mine/record/change/                                                    303
POST mine/record/change/                                                   303
POST mine/record/left/                                                     303
POST mine/record/changes/<uuid:id>/withdraw/                               303
GET mine/record/ask/                                                       303
POST mine/record/ask/                                                      303
POST mine/record/requests/<uuid:id>/withdraw/                              303
"""

ASKED = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/linking/<uuid:id>/                                                302 403 404 200 200 200 403 403 403 403 403
POST desk/linking/<uuid:id>/ [account]                                     302 403 404 303 303 303 403 403 403 403 403
POST desk/linking/<uuid:id>/end/ [linked]                                  302 403 404 303 303 303 403 403 403 403 403
GET desk/proposals/                                                        302 403 200 200 200 200 403 403 403 403 403
GET desk/proposals/<uuid:id>/                                              302 403 404 200 200 200 403 403 403 403 403
POST desk/proposals/<uuid:id>/accept/                                      302 403 404 303 303 303 403 403 403 403 403
POST desk/proposals/<uuid:id>/refuse/                                      302 403 404 303 303 303 403 403 403 403 403
POST desk/proposals/<uuid:id>/reveal/                                      302 403 404 200 200 200 403 403 403 403 403
POST desk/proposals/<uuid:id>/withdraw/                                    302 403 404 404 404 404 403 403 403 403 403
POST desk/proposals/<uuid:id>/withdraw/ [own]                              302 403 303 303 303 303 403 403 403 403 403
GET desk/proposals/new/<str:record>/<uuid:id>/                             302 403 404 200 200 200 403 403 403 403 403
POST desk/proposals/new/<str:record>/<uuid:id>/                            302 403 404 303 303 303 403 403 403 403 403
GET desk/requests/                                                         302 403 403 403 200 200 403 403 403 403 403
GET desk/requests/<uuid:id>/                                               302 403 403 403 200 200 403 403 403 403 403
POST desk/requests/<uuid:id>/<slug:step>/ [grant]                          302 403 403 403 303 303 403 403 403 403 403
POST desk/requests/<uuid:id>/copy/ [granted]                               302 403 403 403 200 200 403 403 403 403 403
GET desk/requests/new/resident/<uuid:id>/                                  302 403 404 200 200 200 403 403 403 403 403
POST desk/requests/new/resident/<uuid:id>/                                 302 403 404 303 303 303 403 403 403 403 403
POST api/v1/registry/residents/<id>/link [account]                         401 403 404 201 201 201 403 403 403 403 403
POST api/v1/registry/residents/<id>/unlink [linked]                        401 403 404 200 200 200 403 403 403 403 403
GET api/v1/registry/proposals                                              401 403 200 200 200 200 403 403 403 403 403
GET api/v1/registry/proposals/<id>                                         401 403 404 200 200 200 403 403 403 403 403
POST api/v1/registry/proposals                                             401 403 404 201 201 201 403 403 403 403 403
POST api/v1/registry/proposals/<id>/accept                                 401 403 404 200 200 200 403 403 403 403 403
POST api/v1/registry/proposals/<id>/refuse                                 401 403 404 200 200 200 403 403 403 403 403
POST api/v1/registry/proposals/<id>/withdraw [own]                         401 403 200 200 200 200 403 403 403 403 403
GET api/v1/registry/data-requests                                          401 403 403 403 200 200 403 403 403 403 403
GET api/v1/registry/data-requests/<id>                                     401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/data-requests                                         401 403 404 201 201 201 403 403 403 403 403
POST api/v1/registry/data-requests/<id>/steps/<step> [grant]               401 403 403 403 200 200 403 403 403 403 403
POST api/v1/registry/data-requests/<id>/copy [granted]                     401 403 403 403 200 200 403 403 403 403 403
"""
