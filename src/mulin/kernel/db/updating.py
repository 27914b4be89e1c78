"""Reading and writing very many rows, each with values of its own, without what a model would cost.

For passes over a whole table. Values are those of Python but for keys, which stay as the database gives them (so a
key that was read goes back as it came).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def read_rows(query: models.QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The rows of a `values_list`, with instants and lengths of time as Python has them."""
    sql, parameters = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if connection.vendor == "postgresql":
        return rows
    makers = [_READERS.get(each.target.get_internal_type()) for each in query.query.select]  # type: ignore[attr-defined]  # plain columns only
    at = [(n, make) for n, make in enumerate(makers) if make]
    return [_read(row, at) for row in rows]


def native_key(key: Any) -> Any:
    """A key as `read_rows` gives it."""
    return key if connection.vendor == "postgresql" else key.hex


def python_key(text: Any) -> Any:
    """A key that was read, as a UUID again."""
    from uuid import UUID

    return UUID(text) if isinstance(text, str) else text


def update_rows(
    model: type[models.Model], values: Sequence[str], where: Sequence[str], rows: Sequence[Row]
) -> int:
    """Set the columns `values` where the columns `where` are as given; a row has both, in this order.

    Returns how many rows were found: whoever was faster, and made one of the conditions untrue, has won. Django's
    own bulk_update spells a CASE for every value, which costs more than the update.
    """
    table, fields = model._meta.db_table, _fields(model, (*values, *where))
    count = len(values)
    if connection.vendor == "postgresql":
        sets = ", ".join(f'"{each.column}" = v.c{n}' for n, each in enumerate(fields[:count]))
        tests = " AND ".join(f't."{each.column}" = v.c{n}' for n, each in enumerate(fields[count:], count))
        return _many(f'UPDATE "{table}" t SET {sets} FROM {_source(fields)} WHERE {tests}', fields, rows)  # noqa: S608 - names of columns
    sets = ", ".join(f'"{each.column}" = %s' for each in fields[:count])
    tests = " AND ".join(f'"{each.column}" = %s' for each in fields[count:])
    return _many(f'UPDATE "{table}" SET {sets} WHERE {tests}', fields, rows)  # noqa: S608 - names of columns


def insert_new(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows; one whose key is there already is left as it is."""
    if not rows:
        return
    fields = _fields(model, columns)
    names = ", ".join(f'"{each.column}"' for each in fields)
    source = f"VALUES ({', '.join('%s' for _ in fields)})"
    if connection.vendor == "postgresql":  # as Django's bulk_create does it, from lists and no other table
        source = f"SELECT * FROM {_source(fields)}"  # noqa: S608 - types of columns
    _many(f'INSERT INTO "{model._meta.db_table}" ({names}) {source} ON CONFLICT DO NOTHING', fields, rows)


def _fields(model: type[models.Model], names: Iterable[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def _many(statement: str, fields: Sequence[Any], rows: Sequence[Row]) -> int:
    """One statement with an array a column on PostgreSQL; a prepared one, again and again, on SQLite."""
    if not rows:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(statement, _plain(fields, rows))
        return int(cursor.rowcount)


def _plain(fields: Sequence[Any], rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """The rows as the driver takes them."""
    if connection.vendor == "postgresql":
        return [tuple(row) for row in rows]
    writers = [_WRITERS.get(each.get_internal_type()) for each in fields]
    at = [(n, make) for n, make in enumerate(writers) if make]
    return [_read(row, at) for row in rows]


def _source(fields: Sequence[Any]) -> str:
    arrays = ", ".join(f"%s::{each.rel_db_type(connection)}[]" for each in fields)
    return f"unnest({arrays}) AS v({', '.join(f'c{n}' for n in range(len(fields)))})"


def _read(row: Row, at: Sequence[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    values = list(row)
    for n, make in at:
        if values[n] is not None:
            values[n] = make(values[n])
    return tuple(values)


def _instant(naive: datetime) -> datetime:
    return naive.replace(tzinfo=UTC)


def _length(micros: int) -> timedelta:
    return timedelta(microseconds=micros)


def _written(instant: datetime) -> str:
    return str(
        instant.replace(tzinfo=None)
        if instant.tzinfo is UTC
        else instant.astimezone(UTC).replace(tzinfo=None)
    )


# How SQLite keeps what it has no type for; the same as Django's backend does it.
_READERS: dict[str, Callable[[Any], Any]] = {"DateTimeField": _instant, "DurationField": _length}
_WRITERS: dict[str, Callable[[Any], Any]] = {"DateTimeField": _written}
