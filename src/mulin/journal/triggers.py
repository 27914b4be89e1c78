"""The database itself refuses to change or remove what the journal keeps.

`install` puts the triggers there, whatever was there before; it runs after every migration, because SQLite
drops a table's triggers when Django rebuilds the table. `missing` names those that are not there or not as
they should be; the application does not start while there are any.

Entries and disclosures are never changed. A text of an entry may be emptied once, with when and by which
rule.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from mulin.journal import triggers_postgresql, triggers_sqlite


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in its place: all or none, as often as you like."""
    statements = _dialect(connection).statements()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


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
