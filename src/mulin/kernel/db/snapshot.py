"""Reading many things as they were at one instant, without keeping writers out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Within this block all reads see the database as it was at the first one. Nothing may be written in it.

    SQLite's transactions otherwise begin with the write lock, PostgreSQL's look anew at each statement.
    Inside a transaction that is already open the block changes nothing.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with _deferred(connection), transaction.atomic(using=using):
            yield


@contextmanager
def _deferred(sqlite: Any) -> Iterator[None]:
    sqlite.ensure_connection()  # which reads the mode from the settings
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = mode
