"""The registry as a Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Dwellings, households, residents and merchants."""

    name = "mulin.registry"
    label = "registry"
    verbose_name = "Mulin registry"

    def ready(self) -> None:
        from mulin.places.face import on_redrawn
        from mulin.registry import entries, entries_asked, entries_lists, forgetting, forgetting_asked
        from mulin.registry.actions import care, overlays

        entries.declare()
        entries_asked.declare()
        forgetting_asked.declare()
        entries_lists.declare()
        care.declare()
        forgetting.declare()
        on_redrawn("registry", overlays.follow_borders)
