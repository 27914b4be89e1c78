"""Visits as a Django app."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Calls at the door, tasks for all grids, lists compared with the registry."""

    name = "mulin.visits"
    label = "visits"
    verbose_name = "Mulin visits"

    def ready(self) -> None:
        from mulin.visits import entries
        from mulin.visits.actions import keeping
        from mulin.visits.lists import forgetting as lists

        entries.declare()
        keeping.declare()
        lists.declare()
