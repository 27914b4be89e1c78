"""Addresses of the desk pages about matters."""

from django.urls import path

from mulin.matters.views import acting, figures, following, ladders, page, photos, raising, rechecks, types

urlpatterns = [
    path("matters/new/", raising.new, name="matter-new"),
    path("matters/new/nearest/", raising.nearest, name="matter-nearest"),
    path("matters/<str:number>/", page.matter, name="matter"),
    path("matters/<str:number>/me-too/", raising.voice, name="matter-voice"),
    path("matters/<str:number>/slip/", raising.slip, name="matter-slip"),
    path("matters/<str:number>/do/<slug:move>/", acting.do, name="matter-do"),
    path("matters/<str:number>/note/", acting.note, name="matter-note"),
    path("matters/<str:number>/contact/", acting.contact, name="matter-contact"),
    path("matters/<str:number>/photos/<uuid:id>/", photos.photo, name="matter-photo"),
    path("matters/<str:number>/photos/<uuid:id>/small/", photos.thumb, name="matter-thumb"),
    path("matters/<str:number>/follow-up/", following.follow_up, name="matter-follow-up"),
    path("matters/<str:number>/follow-up/contact/", following.contact, name="matter-follow-up-contact"),
    path("matters/<str:number>/follow-up/missed/", following.missed, name="matter-not-reached"),
    path("rechecks/", rechecks.rechecks, name="rechecks"),
    path("rechecks/<uuid:id>/", rechecks.recheck, name="recheck"),
    path("figures/", figures.figures, name="figures"),
    path("matter-types/", types.types, name="matter-types"),
    path("matter-types/ladders/", ladders.house, name="matter-ladders"),
    path("matter-types/ladders/<slug:which>/", ladders.ladder, name="matter-ladder"),
    path("matter-types/ladders/<slug:which>/add/", ladders.add, name="matter-rung-add"),
    path("matter-types/ladders/<slug:which>/follow/", ladders.follow, name="matter-ladder-follow"),
    path("matter-types/ladders/<slug:which>/<slug:place>/change/", ladders.change, name="matter-rung-change"),
    path("matter-types/ladders/<slug:which>/<slug:place>/end/", ladders.end, name="matter-rung-end"),
    path("matter-types/<slug:code>/", types.entry, name="matter-type"),
    path("matter-types/<slug:code>/words/", types.words, name="matter-type-words"),
    path("matter-types/<slug:code>/limits/<slug:clock>/", types.limit, name="matter-type-limit"),
    path("matter-types/<slug:code>/close/", types.close, name="matter-type-close"),
]
