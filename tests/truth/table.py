"""What everybody is answered: one row for each thing that can be asked, one column for each kind of person.

Worker, head (community secretary) and operator are those of the place where everything in the rows lies; the stranger
has the worker's role in the next grid; the handler's organisation was given the matters that are past `filed`; "other"
works for another organisation. A number alone is everybody's answer.

200 201 done or shown · 302 to the sign-in page (POST language/ and look/: back) · 303 done, or led on ·
401 no token · 403 yours, but you may not · 404 not yours, so not there · 422 refused with words.

In brackets: what is done with which matter (things.py names them); without a matter it is the one just reported.
A new route needs a row here, and in asks.py what is sent with it.
"""

from tests.truth.table_api import API
from tests.truth.table_asked import ASKED, OWN_RECORD
from tests.truth.table_dossier import CARE, DOSSIER
from tests.truth.table_house import HOUSE
from tests.truth.table_intakes import INTAKES
from tests.truth.table_leave import LEAVE
from tests.truth.table_lists import LISTS
from tests.truth.table_mail import MAIL
from tests.truth.table_map import MAP
from tests.truth.table_paper import PAPER
from tests.truth.table_privacy import PRIVACY
from tests.truth.table_publicity import PUBLICITY
from tests.truth.table_records import RECORDS
from tests.truth.table_residents import OWN_PAGES, PAPERS
from tests.truth.table_visits import VISITS

EVERYWHERE = """
POST language/                                                             302
GET look/                                                                  404
POST look/theme/                                                           302
POST look/text/                                                            302
GET look/sample/<str:name>.json                                            404
"""

PORTAL = """
GET /                                                                      200
GET robots.txt                                                             200
GET health                                                                 200
GET metrics                                                                404
GET trust/                                                                 404
GET trust/mulin.crt                                                        404
GET report/                                                                200
POST report/                                                               303
GET report/danger/                                                         303
GET report/danger/ [told]                                                  200
POST report/danger/ [told]                                                 303
GET report/kind/                                                           303
GET report/kind/ [told]                                                    200
POST report/kind/ [told]                                                   303
GET report/where/                                                          303
GET report/where/ [told]                                                   200
POST report/where/ [told]                                                  303
GET report/send/                                                           303
GET report/send/ [told]                                                    200
GET report/known/                                                          303
POST report/known/                                                         303
GET report/known/ [near]                                                   200
POST report/known/ [near]                                                  303
GET report/me-too/                                                         303
POST report/me-too/                                                        303
GET report/me-too/ [joining]                                               200
POST report/me-too/ [joining]                                              303
POST report/send/                                                          303
POST report/send/ [told]                                                   303
POST report/again/                                                         303
GET report/photos/<str:name>/                                              404
GET report/receipt/<str:number>/                                           303
GET follow/                                                                200
POST follow/                                                               303
POST follow/ [wrong code]                                                  422
GET follow/<str:number>/                                                   200
GET follow/<str:number>/ [followed]                                        200
POST follow/<str:number>/leave/                                            303
GET follow/<str:number>/photos/<uuid:id>/                                  404
GET follow/<str:number>/photos/<uuid:id>/ [followed]                       200
GET follow/<str:number>/photos/<uuid:id>/ [followed another @ secret]      404
GET follow/<str:number>/photos/<uuid:id>/small/                            404
GET follow/<str:number>/photos/<uuid:id>/small/ [followed]                 200
GET follow/<str:number>/photos/<uuid:id>/small/ [followed another @ secret] 404
POST follow/<str:number>/files/                                            404
POST follow/<str:number>/files/ [followed]                                 303
GET follow/<str:number>/files/<uuid:id>/                                   404
GET follow/<str:number>/files/<uuid:id>/ [followed]                        200
GET follow/<str:number>/files/<uuid:id>/ [followed another @ secret]       404
GET follow/<str:number>/files/<uuid:id>/small/ [followed]                  404
POST follow/<str:number>/files/<uuid:id>/remove/                           404
POST follow/<str:number>/files/<uuid:id>/remove/ [followed]                303
POST follow/<str:number>/uploads/                                          404
POST follow/<str:number>/uploads/ [followed]                               201
GET follow/<str:number>/uploads/<uuid:id>/                                 405
POST follow/<str:number>/<slug:code>/ [rate unasked]                       404
POST follow/<str:number>/<slug:code>/ [withdraw]                           303
POST follow/<str:number>/<slug:code>/ [rate @ closed]                      303
POST follow/<str:number>/<slug:code>/ [reopen @ closed]                    303
POST follow/<str:number>/<slug:code>/ [answer @ asked]                     303
POST follow/<str:number>/<slug:code>/ [object @ unchecked]                 303
GET map/                                                                   200
GET who/                                                                   200
GET who/<str:path>/                                                        200
GET map/matters.geojson                                                    200
GET map/areas.geojson                                                      200
GET map/buildings.geojson                                                  200
GET map/nearest.json                                                       200
"""

WAY_IN = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/sign-in/                                                          200 303 303 303 303 303 303 303 303 303 303
POST desk/sign-in/                                                         422
POST desk/sign-in/as/                                                      404
GET desk/first/                                                            200
POST desk/first/                                                           303
GET desk/sign-in/second/                                                   303
POST desk/sign-in/second/                                                  303
POST desk/sign-in/passkey/                                                 422
GET desk/sign-in/passkey/challenge/                                        200
GET desk/sign-in/single/                                                   404
GET desk/sign-in/single/back/                                              404
GET desk/own/sign-in/                                                      302 200 200 200 200 200 200 200 200 200 200
GET desk/own/app/                                                          302 200 200 200 200 200 200 200 200 200 200
POST desk/own/app/                                                         302 200 200 200 200 200 200 200 200 200 200
GET desk/own/passkeys/add/                                                 302 200 200 200 200 200 200 200 200 200 200
POST desk/own/passkeys/add/                                                302 422 422 422 422 422 422 422 422 422 422
POST desk/own/factors/<int:factor>/remove/                                 302 409 409 409 409 409 409 409 409 409 409
POST desk/own/factors/<int:factor>/remove/ [own]                           302 303 303 303 303 303 303 303 303 303 303
POST desk/own/codes/                                                       302 409 409 409 409 409 409 409 409 409 409
POST desk/own/codes/ [with an app]                                         302 200 200 200 200 200 200 200 200 200 200
POST desk/own/sessions/end/                                                302 303 303 303 303 303 303 303 303 303 303
POST desk/own/sessions/<uuid:id>/end/                                      302 404 404 404 404 404 404 404 404 404 404
POST desk/own/sessions/<uuid:id>/end/ [own]                                302 303 303 303 303 303 303 303 303 303 303
GET desk/own/confirm/                                                      302 200 200 200 200 200 200 200 200 200 200
POST desk/own/confirm/                                                     302 303 303 303 303 303 303 303 303 303 303
GET desk/sign-ins/                                                         302 403 403 403 403 403 403 403 200 403 200
POST desk/sign-out/                                                        303
GET desk/password/                                                         302 200 200 200 200 200 200 200 200 200 200
POST desk/password/                                                        302 303 303 303 303 303 303 303 303 303 303
GET desk/tokens/                                                           302 200 200 200 200 200 200 200 200 200 200
POST desk/tokens/                                                          302 200 200 200 200 200 200 200 200 200 200
POST desk/tokens/<uuid:id>/revoke/                                         302 404 404 404 404 404 404 404 404 404 404
POST desk/tokens/<uuid:id>/revoke/ [own]                                   302 303 303 303 303 303 303 303 303 303 303
"""

DESK = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/                                                                  302 403 302 302 302 302 302 302 302 302 302
GET desk/queue/                                                            302 403 200 200 200 200 200 200 200 200 200
GET desk/queue/stamp/                                                      302 403 200 200 200 200 200 200 200 200 200
GET desk/map/                                                              302 403 200 200 200 200 200 200 200 200 200
GET desk/map/areas.json                                                    302 403 200 200 200 200 200 200 200 200 200
GET desk/map/buildings.json                                                302 403 200 200 200 200 200 200 200 200 200
GET desk/map/matters.json                                                  302 403 200 200 200 200 200 200 200 200 200
GET desk/search/                                                           302 403 200 200 200 200 200 200 200 200 200
GET desk/places/                                                           302 403 200 200 200 200 200 200 200 200 200
GET desk/places/<str:path>/                                                302 403 200 200 200 200 200 200 200 200 200
GET desk/system/                                                           302 403 403 403 403 403 403 403 403 200 403
GET desk/settings/                                                         302 403 200 200 200 200 200 200 200 200 200
GET desk/jobs/                                                             302 403 200 200 200 200 200 200 200 200 200
GET desk/jobs/<uuid:id>/                                                   302 403 404 404 404 404 404 404 404 404 404
GET desk/jobs/<uuid:id>/ [own work]                                        302 403 200 200 200 200 200 200 200 200 200
GET desk/jobs/<uuid:id>/bar/                                               302 403 404 404 404 404 404 404 404 404 404
GET desk/jobs/<uuid:id>/bar/ [own work]                                    302 403 200 200 200 200 200 200 200 200 200
GET desk/jobs/<uuid:id>/file/                                              302 403 404 404 404 404 404 404 404 404 404
GET desk/jobs/<uuid:id>/file/ [own work]                                   302 403 200 200 200 200 200 200 200 200 200
POST desk/jobs/<uuid:id>/stop/                                             302 403 404 404 404 404 404 404 404 404 404
POST desk/jobs/<uuid:id>/stop/ [own waiting work]                          302 403 303 303 303 303 303 303 303 303 303
GET desk/calendars/                                                        302 403 200 200 200 200 200 200 200 200 200
GET desk/calendars/new/                                                    302 403 403 403 403 403 403 403 403 200 403
POST desk/calendars/new/                                                   302 403 403 403 403 403 403 403 403 303 403
POST desk/calendars/seed/                                                  302 403 403 403 403 403 403 403 403 303 403
GET desk/calendars/<uuid:id>/                                              302 403 200 200 200 200 200 200 200 200 200
GET desk/calendars/<uuid:id>/days.csv                                      302 403 200 200 200 200 200 200 200 200 200
POST desk/calendars/<uuid:id>/hours/                                       302 403 403 403 403 403 403 403 403 303 403
POST desk/calendars/<uuid:id>/days/                                        302 403 403 403 403 403 403 403 403 303 403
POST desk/calendars/<uuid:id>/lines/                                       302 403 403 403 403 403 403 403 403 303 403
POST desk/calendars/<uuid:id>/clear/                                       302 403 403 403 403 403 403 403 403 303 403
POST desk/calendars/<uuid:id>/year/                                        302 403 403 403 403 403 403 403 403 303 403
POST desk/calendars/<uuid:id>/close/                                       302 403 403 403 403 403 403 403 403 303 403
"""

PEOPLE = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/people/                                                           302 403 403 403 200 200 403 403 403 200 200
GET desk/people/add/                                                       302 403 403 403 403 403 403 403 403 200 403
POST desk/people/add/                                                      302 403 403 403 403 403 403 403 403 303 403
GET desk/people/slips/                                                     302 403 403 403 403 403 403 403 403 200 403
POST desk/people/slips/print/                                              302 403 403 403 403 403 403 403 403 200 403
GET desk/people/list/                                                      302 403 403 403 200 200 403 403 403 200 200
POST desk/people/list/                                                     302 403 403 403 403 403 403 403 403 303 403
GET desk/people/list/staff.xlsx                                            302 403 403 403 200 200 403 403 403 200 200
POST desk/people/list/phones/                                              302 403 403 403 200 200 403 403 403 200 403
GET desk/people/list/<uuid:id>/                                            302 403 403 403 403 403 403 403 403 404 403
GET desk/people/list/<uuid:id>/ [own list]                                 302 403 403 403 403 403 403 403 403 200 403
POST desk/people/list/<uuid:id>/ [own list]                                302 403 403 403 403 403 403 403 403 303 403
POST desk/people/list/<uuid:id>/drop/ [own list]                           302 403 403 403 403 403 403 403 403 303 403
GET desk/people/<uuid:id>/                                                 302 403 403 403 200 200 403 403 403 200 200
GET desk/people/<uuid:id>/change/                                          302 403 403 403 403 403 403 403 403 200 403
POST desk/people/<uuid:id>/change/                                         302 403 403 403 403 403 403 403 403 303 403
GET desk/people/<uuid:id>/password/                                        302 403 403 403 200 200 403 403 403 200 200
POST desk/people/<uuid:id>/password/                                       302 403 403 403 403 403 403 403 403 303 403
POST desk/people/<uuid:id>/phone/                                          302 403 403 403 200 200 403 403 403 200 403
POST desk/people/<uuid:id>/close/                                          302 403 403 403 403 403 403 403 403 303 403
POST desk/people/<uuid:id>/open/ [closed]                                  302 403 403 403 403 403 403 403 403 303 403
POST desk/people/<uuid:id>/unlock/                                         302 403 403 403 403 403 403 403 403 403 303
GET desk/people/<uuid:id>/sign-in/                                         302 403 403 403 200 200 403 403 403 200 200
POST desk/people/<uuid:id>/sign-in/                                        302 403 403 403 403 403 403 403 403 303 403
POST desk/people/<uuid:id>/sign-in/reset/                                  302 403 403 403 403 403 403 403 403 403 303
POST desk/people/<uuid:id>/sign-in/unbind/                                 302 403 403 403 403 403 403 403 403 303 403
GET desk/people/<uuid:id>/appoint/                                         302 403 403 403 200 403 403 403 403 200 200
POST desk/people/<uuid:id>/appoint/                                        302 403 403 403 303 403 403 403 403 303 422
GET desk/people/<uuid:id>/duty/                                            302 403 403 403 200 200 403 403 403 200 403
POST desk/people/<uuid:id>/duty/                                           302 403 403 403 303 303 403 403 403 303 403
GET desk/posts/<uuid:id>/end/                                              302 403 403 403 200 403 403 403 403 200 200
POST desk/posts/<uuid:id>/end/                                             302 403 403 403 303 403 403 403 403 303 403
POST desk/duties/<uuid:id>/end/                                            302 403 403 403 303 303 403 403 403 303 403
GET desk/chart/                                                            302 403 200 200 200 200 302 302 403 200 200
GET desk/seats/                                                            302 403 200 200 200 200 200 200 403 200 200
GET desk/roles/                                                            302 403 200 200 200 200 200 200 200 200 200
GET desk/organisations/                                                    302 403 200 200 200 200 200 200 403 200 200
GET desk/organisations/add/                                                302 403 403 403 403 403 403 403 403 200 403
POST desk/organisations/add/                                               302 403 403 403 403 403 403 403 403 303 403
GET desk/organisations/<uuid:id>/                                          302 403 404 404 404 200 404 404 403 200 200
GET desk/organisations/<uuid:id>/change/                                   302 403 403 403 403 403 403 403 403 200 403
POST desk/organisations/<uuid:id>/change/                                  302 403 403 403 403 403 403 403 403 303 403
POST desk/organisations/<uuid:id>/close/                                   302 403 403 403 403 403 403 403 403 303 403
"""

MATTERS = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/matters/new/                                                      302 403 200 200 200 200 200 200 200 200 200
POST desk/matters/new/                                                     302 403 303 303 303 303 303 303 303 303 303
GET desk/matters/new/nearest/                                              302 403 200 200 200 200 200 200 200 200 200
GET desk/matters/<str:number>/                                             302 403 404 200 200 200 404 404 404 404 404
GET desk/matters/<str:number>/ [@ own]                                     302 403 404 200 200 200 404 404 404 404 404
GET desk/matters/<str:number>/ [@ handling]                                302 403 404 200 200 200 200 404 404 404 404
GET desk/matters/<str:number>/ [@ about]                                   302 403 404 200 200 200 404 404 404 404 404
GET desk/matters/<str:number>/me-too/                                      302 403 404 200 200 200 404 404 404 404 404
POST desk/matters/<str:number>/me-too/                                     302 403 404 303 303 303 404 404 404 404 404
GET desk/matters/<str:number>/slip/                                        302 403 404 200 200 200 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [file @ reported]           302 403 404 303 403 403 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [file @ at town]            302 403 404 403 403 303 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [dispatch @ filed]          302 403 404 403 403 303 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [accept @ dispatched]       302 403 404 403 403 403 303 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [confirm @ handled]         302 403 404 303 403 403 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [reopen @ closed]           302 403 404 403 303 303 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [withdraw @ own]            302 403 404 403 403 403 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [dispatch @ about]          302 403 404 403 403 303 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [close_unchecked @ handled] 302 403 404 403 403 403 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [nonsense @ reported]       302 403 404 422 422 422 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [hold @ filed]              302 403 404 403 303 303 404 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [answer @ asked]            302 403 404 303 303 303 303 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [split @ handling]          302 403 404 303 303 303 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [join @ handling]           302 403 404 303 303 303 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [correct @ handling]        302 403 404 303 303 303 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [urge @ handling]           302 403 404 403 303 303 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [supervise @ handling]      302 403 404 403 403 403 403 404 404 404 404
POST desk/matters/<str:number>/do/<slug:move>/ [ask_time @ handling]       302 403 404 403 403 403 303 404 404 404 404
GET desk/matters/<str:number>/do/<slug:move>/ [split @ handling]           302 403 404 200 200 200 303 404 404 404 404
GET desk/matters/<str:number>/do/<slug:move>/ [file @ reported]            302 403 404 303 303 303 404 404 404 404 404
GET desk/matters/<str:number>/follow-up/ [@ closed]                        302 403 404 200 200 200 200 404 403 403 403
POST desk/matters/<str:number>/follow-up/ [@ closed]                       302 403 404 303 303 303 403 404 403 403 403
GET desk/matters/<str:number>/follow-up/contact/ [@ closed]                302 403 404 303 303 303 303 404 403 403 403
POST desk/matters/<str:number>/follow-up/contact/ [@ closed]               302 403 404 200 200 200 403 404 403 403 403
GET desk/matters/<str:number>/follow-up/missed/ [@ closed]                 302 403 404 303 303 303 303 404 403 403 403
POST desk/matters/<str:number>/follow-up/missed/ [@ closed]                302 403 404 303 303 303 403 404 403 403 403
GET desk/rechecks/                                                         302 403 200 200 200 200 403 403 403 403 403
GET desk/rechecks/<uuid:id>/                                               302 403 404 404 404 200 403 403 403 403 403
POST desk/rechecks/<uuid:id>/                                              302 403 404 404 404 303 403 403 403 403 403
GET desk/figures/                                                          302 403 200 200 200 200 200 200 200 200 200
GET desk/who-does-what/                                                    302 403 200 200 200 200 200 200 403 200 200
GET desk/who-does-what/<slug:circulation>/<slug:function>/                 302 403 403 403 403 403 403 403 403 200 403
POST desk/who-does-what/<slug:circulation>/<slug:function>/                302 403 403 403 403 403 403 403 403 303 403
POST desk/who-does-what/<slug:circulation>/<slug:function>/back/           302 403 403 403 403 403 403 403 403 303 403
POST desk/matters/<str:number>/note/                                       302 403 404 303 303 303 404 404 403 403 403
POST desk/matters/<str:number>/contact/                                    302 403 404 200 200 200 404 404 403 403 403
POST desk/matters/<str:number>/contact/ [@ handling]                       302 403 404 200 200 200 200 404 403 403 403
POST desk/matters/<str:number>/contact/ [@ secret]                         302 403 404 200 200 200 403 404 403 403 403
GET desk/matters/<str:number>/photos/<uuid:id>/                            302 403 404 200 200 200 404 404 404 404 404
GET desk/matters/<str:number>/photos/<uuid:id>/ [@ handling]               302 403 404 404 404 404 404 404 404 404 404
GET desk/matters/<str:number>/photos/<uuid:id>/small/                      302 403 404 200 200 200 404 404 404 404 404
GET desk/matters/<str:number>/photos/<uuid:id>/small/ [@ handling]         302 403 404 404 404 404 404 404 404 404 404
POST desk/matters/<str:number>/files/                                      302 403 404 303 303 303 404 404 403 403 403
POST desk/matters/<str:number>/files/ [@ handling]                         302 403 404 303 303 303 303 404 403 403 403
GET desk/matters/<str:number>/files/<uuid:id>/                             302 403 404 200 200 200 404 404 404 404 404
GET desk/matters/<str:number>/files/<uuid:id>/ [@ handling]                302 403 404 404 404 404 404 404 404 404 404
GET desk/matters/<str:number>/files/<uuid:id>/small/                       302 403 404 404 404 404 404 404 404 404 404
POST desk/matters/<str:number>/files/<uuid:id>/remove/                     302 403 404 403 403 303 404 404 404 404 404
POST desk/matters/<str:number>/uploads/                                    302 403 404 201 201 201 404 404 403 403 403
GET desk/matters/<str:number>/uploads/<uuid:id>/                           302 403 405 405 405 405 405 405 403 403 403
GET desk/takes/                                                            302 403 200 200 200 200 200 200 403 200 200
GET desk/takes/list.xlsx                                                   302 403 200 200 200 200 200 200 403 200 200
GET desk/takes/<slug:key>/                                                 302 403 200 200 200 200 200 200 403 200 200
GET desk/takes/<slug:key>/paper.pdf                                        302 403 200 200 200 200 200 200 403 200 200
GET desk/matter-types/                                                     302 403 200 200 200 200 200 200 403 200 200
GET desk/matter-types/ladders/                                             302 403 200 200 200 200 200 200 403 200 200
GET desk/matter-types/ladders/<slug:which>/                                302 403 200 200 200 200 200 200 403 200 200
POST desk/matter-types/ladders/<slug:which>/add/                           302 403 403 403 403 403 403 403 403 303 403
POST desk/matter-types/ladders/<slug:which>/follow/                        302 403 403 403 403 403 403 403 403 303 403
POST desk/matter-types/ladders/<slug:which>/<slug:place>/change/           302 403 403 403 403 403 403 403 403 303 403
POST desk/matter-types/ladders/<slug:which>/<slug:place>/end/              302 403 403 403 403 403 403 403 403 303 403
GET desk/matter-types/<slug:code>/                                         302 403 200 200 200 200 200 200 403 200 200
POST desk/matter-types/<slug:code>/words/                                  302 403 403 403 403 403 403 403 403 303 403
POST desk/matter-types/<slug:code>/limits/<slug:clock>/                    302 403 403 403 403 403 403 403 403 303 403
GET desk/matter-types/temporary/                                           302 403 403 403 403 403 403 403 403 200 403
POST desk/matter-types/temporary/                                          302 403 403 403 403 403 403 403 403 303 403
POST desk/matter-types/<slug:code>/extend/                                 302 403 403 403 403 403 403 403 403 303 403
POST desk/matter-types/<slug:code>/close/                                  302 403 403 403 403 403 403 403 403 303 403
"""

MESSAGES = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/inbox/                                                            302 403 200 200 200 200 200 200 200 200 200
GET desk/inbox/stamp/                                                      302 403 200 200 200 200 200 200 200 200 200
POST desk/inbox/read/                                                      302 403 303 303 303 303 303 303 303 303 303
GET desk/inbox/choices/                                                    302 403 200 200 200 200 200 200 200 200 200
POST desk/inbox/choices/                                                   302 403 303 303 303 303 303 303 303 303 303
POST desk/inbox/<uuid:id>/open/ [own]                                      302 403 303 303 303 303 303 303 303 303 303
POST desk/inbox/<uuid:id>/read/ [own]                                      302 403 303 303 303 303 303 303 303 303 303
GET desk/messages/                                                         302 403 403 403 403 403 403 403 403 200 403
GET desk/messages/dry-run/                                                 302 403 403 403 403 403 403 403 403 200 403
GET desk/messages/<str:kind>/                                              302 403 403 403 403 403 403 403 403 200 403
POST desk/messages/<str:kind>/                                             302 403 403 403 403 403 403 403 403 303 403
POST desk/messages/<str:kind>/preview/                                     302 403 403 403 403 403 403 403 403 200 403
POST desk/messages/<str:kind>/default/                                     302 403 403 403 403 403 403 403 403 303 403
GET api/v1/jobs                                                            401 403 200 200 200 200 200 200 200 200 200
GET api/v1/jobs/<id>                                                       401 403 404 404 404 404 404 404 404 404 404
GET api/v1/jobs/<id> [own work]                                            401 403 200 200 200 200 200 200 200 200 200
GET api/v1/jobs/<id>/file                                                  401 403 404 404 404 404 404 404 404 404 404
GET api/v1/jobs/<id>/file [own work]                                       401 403 200 200 200 200 200 200 200 200 200
POST api/v1/jobs/<id>/stop                                                 401 403 404 404 404 404 404 404 404 404 404
POST api/v1/jobs/<id>/stop [own waiting work]                              401 403 200 200 200 200 200 200 200 200 200
GET api/v1/inbox                                                           401 200 200 200 200 200 200 200 200 200 200
POST api/v1/inbox/read                                                     401 200 200 200 200 200 200 200 200 200 200
POST api/v1/inbox/<id>/read [own]                                          401 200 200 200 200 200 200 200 200 200 200
"""

SECTIONS = {
    "everywhere": EVERYWHERE,
    "portal": PORTAL,
    "own pages": OWN_PAGES,
    "papers": PAPERS,
    "way in": WAY_IN,
    "desk": DESK,
    "people": PEOPLE,
    "matters": MATTERS,
    "leave": LEAVE,
    "paper": PAPER,
    "api": API,
    "messages": MESSAGES,
    "mail": MAIL,
    "house": HOUSE,
    "map": MAP,
    "records": RECORDS,
    "dossier": DOSSIER,
    "care": CARE,
    "privacy": PRIVACY,
    "own record": OWN_RECORD,
    "asked": ASKED,
    "publicity": PUBLICITY,
    "lists": LISTS,
    "intakes": INTAKES,
    "visits": VISITS,
}
