"""Channels as a Django app."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """How word gets in and out."""

    name = "mulin.channels"
    label = "channels"
    verbose_name = "Mulin channels"

    def ready(self) -> None:
        from mulin.channels import entries, forgetting

        entries.declare()
        forgetting.declare()
