"""What everybody is answered about mail: see table.py."""

MAIL = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/inbox/mail/                                                       302 403 200 200 200 200 200 200 200 200 200
POST desk/inbox/mail/                                                      302 403 303 303 303 303 303 303 303 303 303
POST desk/inbox/mail/address/                                              302 403 303 303 303 303 303 303 303 303 303
POST desk/inbox/mail/prove/ [own]                                          302 403 303 303 303 303 303 303 303 303 303
POST desk/inbox/mail/forget/                                               302 403 303 303 303 303 303 303 303 303 303
GET desk/mail/                                                             302 403 403 403 403 403 403 403 403 200 403
POST desk/mail/test/                                                       302 403 403 403 403 403 403 403 403 303 403
POST desk/mail/again/                                                      302 403 403 403 403 403 403 403 403 303 403
GET mail/<str:token>/                                                      404
GET mail/<str:token>/ [own]                                                200
POST mail/<str:token>/ [own]                                               303
GET api/v1/inbox/mail                                                      401 200 200 200 200 200 200 200 200 200 200
POST api/v1/inbox/mail                                                     401 200 200 200 200 200 200 200 200 200 200
POST api/v1/inbox/mail/address                                             401 200 200 200 200 200 200 200 200 200 200
POST api/v1/inbox/mail/prove                                               401 200 200 200 200 200 200 200 200 200 200
POST api/v1/inbox/mail/forget                                              401 200 200 200 200 200 200 200 200 200 200
GET api/v1/mail                                                            401 403 403 403 403 403 403 403 403 200 403
POST api/v1/mail/test                                                      401 403 403 403 403 403 403 403 403 200 403
POST api/v1/mail/again                                                     401 403 403 403 403 403 403 403 403 200 403
POST api/v1/mail/bounces                                                   401 403 403 403 403 403 403 403 403 200 403
"""
