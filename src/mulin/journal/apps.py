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
        from mulin.journal.queries import unopened_words
        from mulin.kernel import rotation

        keeping.declare()
        # Words are never written again: they stay under their keys, which never leave the ring.
        rotation.also("words of the journal", lambda _failed: 0, unopened_words)
        register(check_triggers, Tags.database)
