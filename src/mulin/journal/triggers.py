"""The database itself refuses to change or remove what the journal keeps.

`install` puts the triggers there, whatever was there before; it runs after every migration, because SQLite
drops a table's triggers when Django rebuilds the table. `missing` names those that are not there or not as
they should be; the application does not start while there are any.

Entries and disclosures are never changed. A text of an entry may be emptied once, with when and by which
rule.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError

from mulin.journal import triggers_postgresql, triggers_sqlite


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in its place: all or none, as often as you like."""
    statements = _dialect(connection).statements()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let entries be deleted, within one transaction that also puts the guards back. Only the archive calls this."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("the guards are lifted and put back in one transaction")
    with connection.cursor() as cursor:
        for statement in _dialect(connection).lifting():
            cursor.execute(statement)
    yield
    install(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that are absent, switched off or altered."""
    dialect = _dialect(connection)
    with connection.cursor() as cursor:
        there = dialect.there(cursor)
    return sorted(name for name, body in dialect.wanted().items() if there.get(name) != body)


def require(connection: BaseDatabaseWrapper) -> None:
    """Stop the start of the application where a trigger is missing."""
    absent = missing(connection)
    if absent:
        raise ImproperlyConfigured(
            f"The database does not guard the journal: {', '.join(absent)} missing. Run `mulin migrate`; if "
            "nobody migrated just now, find out who removed them, and run `mulin verify`."
        )


def _dialect(connection: BaseDatabaseWrapper) -> "triggers_sqlite.Dialect | triggers_postgresql.Dialect":
    if connection.vendor == "postgresql":
        return triggers_postgresql.Dialect()
    return triggers_sqlite.Dialect()
