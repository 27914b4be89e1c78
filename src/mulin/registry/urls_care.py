"""Care needs, mounted at `desk/`."""

from django.urls import path

from mulin.registry.views import care

urlpatterns = [
    path("care/", care.care_needs, name="care-needs"),
    path("care/<uuid:id>/", care.care_need, name="care-need"),
    path("care/<uuid:id>/change/", care.care_change, name="care-change"),
    path("care/<uuid:id>/end/", care.care_end, name="care-end"),
    path("street-residents/<uuid:id>/care/", care.care_grant, name="care-grant"),
]
