"""Mounted at `desk/`: people, posts and organisations, and the way in."""

from django.urls import path

from mulin.posts.views import chart, own, people, residents, seats, signing, slips, staff
from mulin.posts.views import organisations as bodies

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/as/", signing.sign_in_as, name="sign-in-as"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("password/", signing.password, name="password"),
    path("first/", slips.first, name="first-sign-in"),
    path("people/slips/", slips.slips, name="slips"),
    path("people/slips/print/", slips.slips_print, name="slips-print"),
    path("people/list/", staff.staff_list, name="staff-list"),
    path("people/list/staff.xlsx", staff.staff_workbook, name="staff-workbook"),
    path("people/list/phones/", staff.staff_phones, name="staff-phones"),
    path("people/list/<uuid:id>/", staff.staff_draft, name="staff-draft"),
    path("people/list/<uuid:id>/drop/", staff.staff_drop, name="staff-drop"),
    path("tokens/", own.tokens, name="tokens"),
    path("tokens/<uuid:id>/revoke/", own.token_revoke, name="token-revoke"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person-add"),
    path("people/<uuid:id>/", people.person, name="person"),
    path("people/<uuid:id>/change/", people.person_change, name="person-change"),
    path("people/<uuid:id>/password/", people.person_password, name="person-password"),
    path("people/<uuid:id>/phone/", people.person_phone, name="person-phone"),
    path("people/<uuid:id>/close/", people.person_deactivate, name="person-deactivate"),
    path("people/<uuid:id>/open/", people.person_reactivate, name="person-reactivate"),
    path("people/<uuid:id>/unlock/", people.person_unlock, name="person-unlock"),
    path("people/<uuid:id>/appoint/", seats.post_appoint, name="post-appoint"),
    path("people/<uuid:id>/duty/", seats.duty_assign, name="duty-assign"),
    path("posts/<uuid:id>/end/", seats.post_end, name="post-end"),
    path("duties/<uuid:id>/end/", seats.duty_end, name="duty-end"),
    path("residents/", residents.residents, name="residents"),
    path("residents/<uuid:id>/", residents.paper, name="resident-paper"),
    path("residents/<uuid:id>/code.pdf", residents.printed, name="resident-paper-pdf"),
    path("residents/<uuid:id>/withdraw/", residents.withdraw, name="resident-paper-withdraw"),
    path("chart/", chart.organisation_chart, name="chart"),
    path("seats/", seats.seats, name="seats"),
    path("roles/", seats.roles, name="roles"),
    path("organisations/", bodies.organisations, name="organisations"),
    path("organisations/add/", bodies.organisation_add, name="organisation-add"),
    path("organisations/<uuid:id>/", bodies.organisation, name="organisation"),
    path("organisations/<uuid:id>/change/", bodies.organisation_change, name="organisation-change"),
    path("organisations/<uuid:id>/close/", bodies.organisation_close, name="organisation-close"),
]
