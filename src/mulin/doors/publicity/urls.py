"""Mounted at the root."""

from django.urls import path

from mulin.doors.publicity.views import desk, public

urlpatterns = [
    path("grid/<str:path>/", public.grid_page, name="grid-page"),
    path("desk/publicity/", desk.publicity, name="publicity"),
    path("desk/publicity/<str:path>/signboard.pdf", desk.signboard, name="signboard"),
    path("desk/publicity/<str:path>/numbers/", desk.numbers, name="public-numbers"),
]
