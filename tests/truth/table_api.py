"""The rows of the table (table.py) that programs ask."""

API = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET api/v1/                                                                404
GET api/v1/openapi.json                                                    200
GET api/v1/public/places/<path>/who                                        200
GET api/v1/public/matters                                                  200
GET api/v1/me                                                              401 200 200 200 200 200 200 200 200 200 200
GET api/v1/tokens                                                          401 200 200 200 200 200 200 200 200 200 200
POST api/v1/tokens/<id>/revoke                                             401 404 404 404 404 404 404 404 404 404 404
POST api/v1/tokens/<id>/revoke [own]                                       401 200 200 200 200 200 200 200 200 200 200
GET api/v1/matters                                                         401 200 200 200 200 200 200 200 200 200 200
POST api/v1/matters                                                        401 201 201 201 201 201 201 201 201 201 201
POST api/v1/matters/check                                                  401 200 200 200 200 200 200 200 200 200 200
GET api/v1/matters/about                                                   401 200 200 200 200 200 200 200 200 200 200
POST api/v1/matters/me-too/take-back                                       401 404 404 404 404 404 404 404 404 404 404
POST api/v1/matters/me-too                                                 401 404 404 201 201 201 404 404 404 404 404
GET api/v1/matters/<number>                                                401 404 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number> [@ own]                                        401 200 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number> [@ handling]                                   401 404 404 200 200 200 200 404 404 404 404
GET api/v1/matters/<number> [@ about]                                      401 404 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/timeline                                       401 404 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/timeline [@ own]                               401 200 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/moves                                          401 404 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/moves [@ own]                                  401 200 404 200 200 200 404 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [file @ reported]                401 404 404 200 403 403 404 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [dispatch @ filed]               401 404 404 403 403 200 404 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [accept @ dispatched]            401 404 404 403 403 403 200 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [confirm @ handled]              401 404 404 200 403 403 403 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [rate @ own closed]              401 200 404 403 403 403 403 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [reopen @ own closed]            401 200 404 403 200 200 403 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [withdraw @ own]                 401 200 404 403 403 403 404 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [hold @ filed]                   401 404 404 403 200 200 404 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [join @ handling]                401 404 404 200 200 200 403 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [split @ handling]               401 404 404 200 200 200 403 404 404 404 404
POST api/v1/matters/<number>/moves/<move> [close_unchecked @ handled]      401 404 404 403 403 403 403 404 404 404 404
POST api/v1/matters/<number>/notes                                         401 403 404 201 201 201 404 404 403 403 403
POST api/v1/matters/<number>/notes [@ own]                                 401 403 404 201 201 201 404 404 403 403 403
POST api/v1/matters/<number>/contact                                       401 403 404 200 200 200 404 404 403 403 403
POST api/v1/matters/<number>/contact [@ handling]                          401 403 404 200 200 200 200 404 403 403 403
POST api/v1/matters/<number>/contact [@ secret]                            401 403 404 200 200 200 403 404 403 403 403
POST api/v1/matters/<number>/photos                                        401 403 404 201 201 201 404 404 403 403 403
POST api/v1/matters/<number>/photos [@ handling]                           401 403 404 201 201 201 201 404 403 403 403
GET api/v1/matters/<number>/photos/<photo>                                 401 404 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/photos/<photo> [@ handling]                    401 404 404 404 404 404 404 404 404 404 404
GET api/v1/matters/<number>/files                                          401 404 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/files [@ own]                                  401 200 404 200 200 200 404 404 404 404 404
POST api/v1/matters/<number>/files                                         401 403 404 201 201 201 404 404 403 403 403
GET api/v1/matters/<number>/files/<file>                                   401 404 404 200 200 200 404 404 404 404 404
GET api/v1/matters/<number>/files/<file> [@ handling]                      401 404 404 404 404 404 404 404 404 404 404
POST api/v1/matters/<number>/files/<file>/remove                           401 404 404 403 403 200 404 404 404 404 404
POST api/v1/matters/<number>/uploads                                       401 403 404 201 201 201 404 404 403 403 403
HEAD api/v1/matters/<number>/uploads/<upload>                              401 403 404 200 200 200 404 404 403 403 403
PATCH api/v1/matters/<number>/uploads/<upload>                             401 403 404 204 204 204 404 404 403 403 403
DELETE api/v1/matters/<number>/uploads/<upload>                            401 403 404 204 204 204 404 404 403 403 403
GET api/v1/matter-types                                                    401 403 200 200 200 200 200 200 403 200 200
GET api/v1/matter-types/suggest                                            401 403 200 200 200 200 200 200 403 200 200
GET api/v1/matter-types/<code>                                             401 403 200 200 200 200 200 200 403 200 200
PATCH api/v1/matter-types/<code>                                           401 403 403 403 403 403 403 403 403 200 403
POST api/v1/matter-types/<code>/limits                                     401 403 403 403 403 403 403 403 403 200 403
POST api/v1/matters/<number>/not-reached [@ closed]                        401 403 404 200 200 200 403 404 403 403 403
GET api/v1/rechecks                                                        401 403 200 200 200 200 403 403 403 403 403
POST api/v1/rechecks/<id>                                                  401 403 404 404 404 200 403 403 403 403 403
GET api/v1/figures/solved                                                  401 200 200 200 200 200 200 200 200 200 200
GET api/v1/takes                                                           401 403 200 200 200 200 200 200 403 200 200
GET api/v1/takes/<key>/paper                                               401 403 200 200 200 200 200 200 403 200 200
GET api/v1/who-does-what                                                   401 403 200 200 200 200 200 200 403 200 200
POST api/v1/matter-types/<code>/close                                      401 403 403 403 403 403 403 403 403 200 403
GET api/v1/areas                                                           401 403 200 200 200 200 200 200 200 200 200
GET api/v1/areas/<path>                                                    401 403 200 200 200 200 200 200 200 200 200
GET api/v1/locate                                                          401 403 200 200 200 200 200 200 200 200 200
GET api/v1/map/<name> [areas]                                              401 403 200 200 200 200 200 200 200 200 200
GET api/v1/map/<name> [buildings]                                          401 403 200 200 200 200 200 200 200 200 200
GET api/v1/roles                                                           401 403 200 200 200 200 200 200 200 200 200
GET api/v1/people                                                          401 403 403 403 200 200 403 403 403 200 200
GET api/v1/staff-list                                                      401 403 403 403 200 200 403 403 403 200 200
POST api/v1/staff-list                                                     401 403 403 403 403 403 403 403 403 200 403
POST api/v1/staff-list/phones                                              401 403 403 403 200 200 403 403 403 200 403
POST api/v1/people/slips                                                   401 403 403 403 403 403 403 403 403 201 403
GET api/v1/chart                                                           401 403 200 200 200 200 404 404 403 200 200
POST api/v1/people                                                         401 403 403 403 403 403 403 403 403 201 403
GET api/v1/people/<id>                                                     401 403 403 403 200 200 403 403 403 200 200
PATCH api/v1/people/<id>                                                   401 403 403 403 403 403 403 403 403 200 403
POST api/v1/people/<id>/password                                           401 403 403 403 403 403 403 403 403 200 403
POST api/v1/people/<id>/phone                                              401 403 403 403 200 200 403 403 403 200 403
POST api/v1/people/<id>/close                                              401 403 403 403 403 403 403 403 403 200 403
POST api/v1/people/<id>/open [closed]                                      401 403 403 403 403 403 403 403 403 200 403
GET api/v1/sign-ins                                                        401 403 403 403 403 403 403 403 200 403 200
GET api/v1/people/<id>/sign-in                                             401 403 403 403 200 200 403 403 403 200 200
POST api/v1/people/<id>/sign-in/reset                                      401 403 403 403 403 403 403 403 403 403 200
POST api/v1/people/<id>/sign-in/bind                                       401 403 403 403 403 403 403 403 403 200 403
POST api/v1/people/<id>/sign-in/unbind                                     401 403 403 403 403 403 403 403 403 200 403
POST api/v1/people/<id>/unlock                                             401 403 403 403 403 403 403 403 403 403 200
POST api/v1/people/<id>/posts                                              401 403 403 403 201 403 403 403 403 201 403
POST api/v1/posts/<id>/end                                                 401 403 403 403 200 403 403 403 403 200 403
GET api/v1/people/<id>/duties                                              401 403 403 403 200 200 403 403 403 200 200
POST api/v1/people/<id>/duties                                             401 403 403 403 201 201 403 403 403 201 403
POST api/v1/duties/<id>/end                                                401 403 403 403 200 200 403 403 403 200 403
GET api/v1/seats                                                           401 403 200 200 200 200 200 200 403 200 200
GET api/v1/organisations                                                   401 403 200 200 200 200 200 200 403 200 200
POST api/v1/organisations                                                  401 403 403 403 403 403 403 403 403 201 403
GET api/v1/organisations/<id>                                              401 403 404 404 404 200 404 404 403 200 200
GET api/v1/organisations/<id>/seats                                        401 403 404 404 404 200 404 404 403 200 200
PATCH api/v1/organisations/<id>                                            401 403 403 403 403 403 403 403 403 200 403
POST api/v1/organisations/<id>/close                                       401 403 403 403 403 403 403 403 403 200 403
"""
