"""The desk pages of lists taken into the registry and out of it. Mounted at `desk/`."""

from django.urls import path

from mulin.registry.views import exporting, importing

urlpatterns = [
    path("registry/intakes/", importing.lists_in, name="registry-lists"),
    path("registry/intakes/template/<str:name>", importing.list_template, name="registry-list-template"),
    path("registry/intakes/<uuid:id>/", importing.list_in, name="registry-list"),
    path("registry/intakes/<uuid:id>/choices/", importing.list_choices, name="registry-list-choices"),
    path("registry/intakes/<uuid:id>/start/", importing.list_start, name="registry-list-start"),
    path("registry/intakes/<uuid:id>/undo/", importing.list_undo, name="registry-list-undo"),
    path("registry/intakes/<uuid:id>/drop/", importing.list_drop, name="registry-list-drop"),
    path("registry/intakes/<uuid:id>/faults.xlsx", importing.list_faults, name="registry-list-faults"),
    path("registry/take-out/<str:by>/", exporting.take_out, name="registry-take-out"),
    path("registry/exports/", exporting.exports, name="registry-exports"),
    path("registry/exports/<uuid:id>/", exporting.export, name="registry-export"),
    path("registry/exports/<uuid:id>/decide/", exporting.export_decide, name="registry-export-decide"),
]
