"""What everybody is answered about the house's own care: see table.py."""

HOUSE = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/retention/                                                        302 403 403 403 403 403 403 403 403 200 403
POST desk/retention/<slug:rule>/                                           302 403 403 403 403 403 403 403 403 303 403
POST desk/retention/<slug:rule>/erase/                                     302 403 403 403 403 403 403 403 403 303 403
GET desk/seals/                                                            302 403 403 403 403 403 403 403 200 403 403
POST desk/seals/                                                           302 403 403 403 403 403 403 403 200 403 403
GET desk/seals/<int:seal>/file/                                            302 403 403 403 403 403 403 403 200 403 403
GET desk/seals/<int:seal>/sheet/                                           302 403 403 403 403 403 403 403 200 403 403
GET api/v1/retention                                                       401 403 403 403 403 403 403 403 403 200 403
POST api/v1/retention/<rule>                                               401 403 403 403 403 403 403 403 403 200 403
POST api/v1/retention/<rule>/erase                                         401 403 403 403 403 403 403 403 403 200 403
GET api/v1/nights                                                          401 403 403 403 403 403 403 403 403 200 403
GET api/v1/seals                                                           401 403 403 403 403 403 403 403 200 403 403
POST api/v1/seals/check                                                    401 403 403 403 403 403 403 403 200 403 403
"""
