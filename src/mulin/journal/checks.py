"""The system check that the database guards the journal; `triggers.require` is the same at start."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from mulin.journal import triggers
from mulin.journal.models import Entry


def check_triggers(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """One error for each trigger that is not there; none before the first migration."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if Entry._meta.db_table in connection.introspection.table_names():
            found += [
                Error(f"{name} is missing", hint="Run `mulin migrate`.", id="journal.E001")
                for name in triggers.missing(connection)
            ]
    return found
