"""The journal as a Django app."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class JournalConfig(AppConfig):
    """The one append-only log of every room."""

    name = "mulin.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from mulin.journal import keeping
        from mulin.journal.checks import check_triggers

        keeping.declare()
        register(check_triggers, Tags.database)
