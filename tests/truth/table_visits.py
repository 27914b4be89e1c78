"""What everybody is answered about visits and campaigns: see table.py."""

VISITS = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/visits/                                                           302 403 200 200 200 200 403 403 403 403 403
GET desk/visits/due/                                                       302 403 200 200 200 200 403 403 403 403 403
GET desk/visits/week/                                                      302 403 200 200 200 200 403 403 403 403 403
POST desk/visits/plan/                                                     302 403 303 303 303 303 403 403 403 403 403
POST desk/visits/propose/                                                  302 403 303 303 303 303 403 403 403 403 403
GET desk/visits/presence/                                                  302 403 403 403 200 200 403 403 403 403 403
GET desk/visits/coverage/                                                  302 403 200 200 200 200 403 403 403 403 403
POST desk/visits/check-in/                                                 302 403 404 303 303 303 403 403 403 403 403
GET desk/visits/record/<str:kind>/<uuid:id>/                               302 403 404 200 200 200 403 403 403 403 403
POST desk/visits/record/<str:kind>/<uuid:id>/                              302 403 404 303 303 303 403 403 403 403 403
GET desk/visits/plan/<str:kind>/<uuid:id>/                                 302 403 404 200 200 200 403 403 403 403 403
POST desk/visits/plan/<str:kind>/<uuid:id>/                                302 403 404 303 303 303 403 403 403 403 403
GET desk/visits/<uuid:id>/                                                 302 403 404 200 200 200 403 403 403 403 403
GET desk/visits/<uuid:id>/ [made]                                          302 403 404 200 200 200 403 403 403 403 403
POST desk/visits/<uuid:id>/move/                                           302 403 404 303 303 303 403 403 403 403 403
POST desk/visits/<uuid:id>/cancel/                                         302 403 404 303 303 303 403 403 403 403 403
POST desk/visits/<uuid:id>/change/ [made]                                  302 403 404 303 403 403 403 403 403 403 403
GET desk/visits/<uuid:id>/matter/ [made]                                   302 403 404 200 200 200 403 403 403 403 403
POST desk/visits/<uuid:id>/matter/ [made]                                  302 403 404 303 303 303 403 403 403 403 403
GET desk/campaigns/                                                        302 403 200 200 200 200 403 403 403 403 403
GET desk/campaigns/new/                                                    302 403 403 403 200 200 403 403 403 403 403
POST desk/campaigns/new/                                                   302 403 403 403 303 303 403 403 403 403 403
GET desk/campaigns/<uuid:id>/                                              302 403 200 200 200 200 403 403 403 403 403
POST desk/campaigns/<uuid:id>/close/                                       302 403 403 403 303 303 403 403 403 403 403
POST desk/campaigns/<uuid:id>/extend/                                      302 403 403 403 303 303 403 403 403 403 403
POST desk/campaigns/<uuid:id>/widen/                                       302 403 403 403 303 303 403 403 403 403 403
GET desk/campaigns/<uuid:id>/tasks/                                        302 403 200 200 200 200 403 403 403 403 403
POST desk/campaigns/<uuid:id>/tick/                                        302 403 303 303 303 303 403 403 403 403 403
GET desk/campaigns/tasks/<uuid:id>/                                        302 403 404 200 200 200 403 403 403 403 403
POST desk/campaigns/tasks/<uuid:id>/                                       302 403 404 303 303 303 403 403 403 403 403
GET api/v1/visits                                                          401 403 200 200 200 200 403 403 403 403 403
POST api/v1/visits                                                         401 403 404 201 201 201 403 403 403 403 403
GET api/v1/visits/due                                                      401 403 200 200 200 200 403 403 403 403 403
GET api/v1/visits/coverage                                                 401 403 200 200 200 200 403 403 403 403 403
GET api/v1/visits/presence                                                 401 403 403 403 200 200 403 403 403 403 403
POST api/v1/visits/plan                                                    401 403 404 201 201 201 403 403 403 403 403
POST api/v1/visits/check-in                                                401 403 404 201 201 201 403 403 403 403 403
GET api/v1/visits/<id> [made]                                              401 403 404 200 200 200 403 403 403 403 403
POST api/v1/visits/<id>/move                                               401 403 404 200 200 200 403 403 403 403 403
POST api/v1/visits/<id>/cancel                                             401 403 404 200 200 200 403 403 403 403 403
POST api/v1/visits/<id>/change [made]                                      401 403 404 200 403 403 403 403 403 403 403
POST api/v1/visits/<id>/matters [made]                                     401 403 404 201 201 201 403 403 403 403 403
GET api/v1/campaigns                                                       401 403 200 200 200 200 403 403 403 403 403
POST api/v1/campaigns                                                      401 403 403 403 201 201 403 403 403 403 403
GET api/v1/campaigns/<id>                                                  401 403 200 200 200 200 403 403 403 403 403
POST api/v1/campaigns/<id>/extend                                          401 403 403 403 200 200 403 403 403 403 403
POST api/v1/campaigns/<id>/widen                                           401 403 403 403 200 200 403 403 403 403 403
POST api/v1/campaigns/<id>/close                                           401 403 403 403 200 200 403 403 403 403 403
GET api/v1/campaigns/<id>/tasks                                            401 403 200 200 200 200 403 403 403 403 403
POST api/v1/campaigns/tasks/<id>/done                                      401 403 404 200 200 200 403 403 403 403 403
POST api/v1/campaigns/tasks/<id>/spare                                     401 403 404 200 200 200 403 403 403 403 403
POST api/v1/campaigns/tasks/<id>/reopen [made]                             401 403 404 200 200 200 403 403 403 403 403
"""
