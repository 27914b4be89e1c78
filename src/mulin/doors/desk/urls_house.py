"""The house's own care, mounted at `desk/`."""

from django.urls import path

from mulin.doors.desk.views import keeping, readings, seals

urlpatterns = [
    path("retention/", keeping.retention, name="retention"),
    path("retention/<slug:rule>/", keeping.decide, name="retention-decide"),
    path("retention/<slug:rule>/erase/", keeping.erase, name="retention-erase"),
    path("readings/", readings.readings, name="readings"),
    path("seals/", seals.seals, name="seals"),
    path("seals/<int:seal>/file/", seals.file, name="seal-file"),
    path("seals/<int:seal>/sheet/", seals.sheet, name="seal-sheet"),
]
