"""The desk pages of revealing, finding by a number, and opening what lies outside one's area."""

from django.urls import path

from mulin.registry.views import finding, glass, revealing

urlpatterns = [
    path("registry/reveal/<str:record>/<uuid:id>/<str:column>/", revealing.revealed, name="registry-reveal"),
    path("registry/find/", finding.find_person, name="registry-find"),
    path("registry/glass/", glass.break_glass, name="break-glass"),
    path("registry/glass/review/", glass.glasses, name="glasses"),
    path("registry/glass/review/<uuid:id>/", glass.glass_judge, name="glass-judge"),
]
