"""Django's entry for the look."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Registers templates, tags, static files and the check that the front end was built."""

    name = "mulin.look"
    label = "look"
    verbose_name = "Look"

    def ready(self) -> None:
        """Register the system check."""
        from mulin.look import checks  # noqa: F401  (registers itself on import)
