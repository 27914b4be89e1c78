"""The residents' door stands at the root."""

from django.urls import path

from mulin.doors.portal.views import following, home, known, public_map, reporting, sending, where

urlpatterns = [
    path("", home.home, name="home"),
    path("robots.txt", home.robots, name="robots"),
    path("report/", reporting.what, name="report"),
    path("report/danger/", reporting.danger, name="report-danger"),
    path("report/kind/", reporting.kind, name="report-kind"),
    path("report/where/", where.where, name="report-where"),
    path("report/known/", known.known, name="report-known"),
    path("report/me-too/", known.join, name="report-me-too"),
    path("report/send/", sending.check, name="report-send"),
    path("report/again/", reporting.start_again, name="report-again"),
    path("report/photos/<str:name>/", sending.draft_photo, name="report-photo"),
    path("report/receipt/<str:number>/", sending.receipt, name="receipt"),
    path("follow/", following.follow, name="follow"),
    path("follow/<str:number>/", following.one, name="follow-one"),
    path("follow/<str:number>/leave/", following.leave, name="follow-leave"),
    path("follow/<str:number>/photos/<uuid:id>/", following.photo, name="follow-photo"),
    path("follow/<str:number>/photos/<uuid:id>/small/", following.thumb, name="follow-thumb"),
    path("follow/<str:number>/<slug:code>/", following.move, name="follow-move"),
    path("map/", public_map.public_map, name="public-map"),
    path("map/matters.geojson", public_map.matters, name="public-matters"),
    path("map/areas.geojson", public_map.areas, name="public-areas"),
    path("map/buildings.geojson", public_map.buildings, name="public-buildings"),
    path("map/nearest.json", public_map.nearest, name="public-nearest"),
]
