"""What everybody is answered at the residents' own pages, and where papers are issued: see table.py."""

OWN_PAGES = """
POST follow/<str:number>/keep/                                             303
POST follow/<str:number>/keep/ [followed mine]                             303
GET mine/                                                                  303
GET mine/ [mine]                                                           200
GET mine/sign-in/                                                          200
POST mine/sign-in/                                                         303
GET mine/code/                                                             303
GET mine/code/ [asked]                                                     200
POST mine/code/                                                            303
GET mine/paper/                                                            200
POST mine/paper/                                                           303
POST mine/sign-out/                                                        303
POST mine/sign-out/ [mine]                                                 303
GET mine/link/                                                             303
GET mine/link/ [mine]                                                      200
POST mine/link/ [mine]                                                     303
POST mine/reports/<uuid:id>/unlink/                                        303
GET mine/messages/                                                         303
GET mine/messages/ [mine]                                                  200
GET mine/data.json                                                         303
GET mine/data.json [mine]                                                  200
GET mine/account/                                                          303
GET mine/account/ [mine]                                                   200
POST mine/account/language/                                                303
POST mine/account/language/ [mine]                                         303
POST mine/account/email/ [mine]                                            303
GET mine/account/email/code/                                               303
GET mine/account/email/code/ [mine]                                        303
POST mine/account/email/code/                                              303
POST mine/account/devices/end/                                             303
POST mine/account/devices/end/ [mine]                                      303
POST mine/account/devices/<uuid:id>/end/                                   303
POST mine/account/close/                                                   303
POST mine/account/close/ [mine]                                            303
"""

PAPERS = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/residents/                                                        302 403 200 200 200 200 403 403 403 403 403
POST desk/residents/                                                       302 403 303 303 303 303 403 403 403 403 403
GET desk/residents/<uuid:id>/                                              302 403 404 404 404 404 403 403 403 403 403
GET desk/residents/<uuid:id>/ [own]                                        302 403 200 200 200 200 403 403 403 403 403
GET desk/residents/<uuid:id>/code.pdf [own]                                302 403 404 404 404 404 403 403 403 403 403
POST desk/residents/<uuid:id>/withdraw/ [own]                              302 403 303 303 303 303 403 403 403 403 403
GET api/v1/residents/codes                                                 401 403 200 200 200 200 403 403 403 403 403
POST api/v1/residents/codes                                                401 403 201 201 201 201 403 403 403 403 403
POST api/v1/residents/codes/<id>/withdraw [own]                            401 403 200 200 200 200 403 403 403 403 403
"""
