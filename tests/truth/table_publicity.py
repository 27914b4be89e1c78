"""What everybody is answered about what grids make public: see table.py."""

PUBLICITY = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET grid/<str:path>/                                                       200 200 200 200 200 200 200 200 200 200 200
GET desk/publicity/                                                        302 403 403 403 200 200 403 403 403 403 403
POST desk/publicity/                                                       302 403 403 403 303 303 403 403 403 403 403
POST desk/publicity/<str:path>/signboard.pdf                               302 403 403 403 200 200 403 403 403 403 403
GET desk/publicity/<str:path>/numbers/                                     302 403 200 200 200 200 200 200 200 200 200
POST desk/publicity/<str:path>/numbers/                                    302 403 404 403 403 403 404 404 403 303 403
GET api/v1/public/grids/<path>                                             200 200 200 200 200 200 200 200 200 200 200
POST api/v1/publicity/papers                                               401 403 403 403 200 200 403 403 403 403 403
POST api/v1/publicity/numbers/<path>                                       401 403 403 403 403 403 403 403 403 200 403
"""
