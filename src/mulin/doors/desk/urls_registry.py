"""The registry at the desk, mounted at `desk/`: lists, one household one dossier, who answers for whom."""

from django.urls import path

from mulin.doors.desk.views import dossier, dossier_duties, dossier_print, registry

urlpatterns = [
    path("registry/", registry.registry, name="registry"),
    path("registry/doors/", registry.doors, name="registry-doors"),
    path("registry/households/", registry.households, name="registry-households"),
    path("registry/residents/", registry.residents, name="registry-residents"),
    path("registry/merchants/", registry.merchants, name="registry-merchants"),
    path("registry/households/duty/", dossier_duties.assign_many, name="households-duty"),
    path("dwellings/<uuid:id>/", dossier.dwelling, name="dwelling"),
    path("households/<uuid:id>/", dossier.household, name="household"),
    path("households/<uuid:id>/print/", dossier_print.household, name="household-print"),
    path("households/<uuid:id>/duty/", dossier_duties.assign, name="household-duty"),
    path("households/<uuid:id>/duty/<uuid:duty>/end/", dossier_duties.end, name="household-duty-end"),
    path("street-residents/<uuid:id>/", dossier.resident, name="street-resident"),
    path("merchants/<uuid:id>/", dossier.merchant, name="merchant"),
]
