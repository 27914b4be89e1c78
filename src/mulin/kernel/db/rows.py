"""Rows of our models by statements that are made once: for the paths that everybody walks all day.

The ORM works out the SQL of each query anew, which for the dozen statements of a report costs more than running them.
Here the text of a statement is made from the model's own columns the first time and kept; values go through the same
preparation and conversion as the ORM's. Only plain statements: a row in, a row by its key, columns of one row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any, Any, Any], Any]
Prepare = Callable[[Any], Any]
MICROSECOND = timedelta(microseconds=1)


def cursor() -> CursorWrapper:
    """On PostgreSQL with plans that are kept: the text of a statement is the same each time."""
    prepared: Callable[[], CursorWrapper] = getattr(connection, "prepared_cursor", connection.cursor)
    return prepared()


def insert(*rows: models.Model) -> None:
    """Store new rows of one model: one statement. Fails where one is there already."""
    if rows:
        _insert(rows, "")


def claim(row: models.Model) -> bool:
    """Store a row unless one is there that excludes it; whether it was stored."""
    return _insert([row], " ON CONFLICT DO NOTHING") == 1


def _insert(rows: Sequence[models.Model], more: str) -> int:
    columns, head = insertion(type(rows[0]), connection.vendor)
    one = f"({', '.join(['%s'] * len(columns))})"
    values = [prepare(getattr(row, name)) for row in rows for name, prepare in columns]
    with cursor() as open_cursor:
        open_cursor.execute(f"{head} VALUES {', '.join([one] * len(rows))}{more}", values)
        count: int = open_cursor.rowcount
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return count


@cache
def insertion(model: type[models.Model], vendor: str) -> tuple[list[tuple[str, Prepare]], str]:
    """The stored columns by attribute name, each with how its value is given to the driver; and INSERT INTO them."""
    fields = [each for each in model._meta.concrete_fields if not each.generated]
    columns = ", ".join(f'"{each.column}"' for each in fields)
    prepared = [(each.attname, _preparing(each, vendor)) for each in fields]
    return prepared, f'INSERT INTO "{model._meta.db_table}" ({columns})'


def _preparing(field: Any, vendor: str) -> Prepare:
    """How a value of this column is given to the driver.

    Plain columns, which are nearly all, need next to nothing; whatever has a way of its own is asked for it.
    """
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    own = type(field).get_prep_value, type(field).get_db_prep_value, type(field).get_db_prep_save
    for plain, ways in _PLAIN.items():
        same = (plain.get_prep_value, plain.get_db_prep_value, plain.get_db_prep_save)
        if isinstance(field, plain) and own == same:
            return ways.get(vendor, as_it_is)
    return lambda value: field.get_db_prep_save(value, connection)


def as_it_is(value: Any) -> Any:
    return value


def _number(value: Any) -> Any:
    """A member of an enumeration is a number like any other."""
    return value if value is None or type(value) is int else int(value)


@lru_cache(maxsize=16_384)  # a row, what hangs on it and its entries have one instant; writing it is slow
def _instant(value: Any) -> Any:
    """As SQLite keeps it: in UTC, without saying so."""
    if value is None:
        return None
    return str((value if value.tzinfo is UTC else value.astimezone(UTC)).replace(tzinfo=None))


def _day(value: Any) -> Any:
    return None if value is None else str(value)[:10]


_PLAIN: dict[type[Any], dict[str, Prepare]] = {
    models.TextField: {},
    models.BooleanField: {},
    models.FloatField: {},
    models.IntegerField: {"sqlite": _number, "postgresql": _number},
    models.UUIDField: {"sqlite": lambda value: f"{value.int:032x}" if isinstance(value, UUID) else value},
    models.DateField: {"sqlite": _day},
    models.DateTimeField: {"sqlite": _instant},
    models.DurationField: {"sqlite": lambda value: None if value is None else value // MICROSECOND},
}


def select(model: type[M], where: str, values: Sequence[Any], *, order: str = "") -> list[M]:
    """The rows of a condition written in SQL (columns by name, `%s` for values)."""
    names = _names(model)
    tail = f"{where} ORDER BY {order}" if order else where
    return [model.from_db(connection.alias, names, row) for row in pick(model, names, tail, values)]


def pick(
    model: type[models.Model], names: tuple[str, ...], where: str, values: Sequence[Any]
) -> list[Sequence[Any]]:
    """The same, of some columns only (by attribute name)."""
    head, converts = _selection(model, names, connection.vendor)
    with cursor() as open_cursor:
        open_cursor.execute(f"{head} WHERE {where}", [_plain(value) for value in values])
        return [_converted(row, converts) for row in open_cursor.fetchall()]


def pick_any(
    model: type[models.Model], names: tuple[str, ...], arms: Sequence[tuple[str, Sequence[Any]]]
) -> list[Sequence[Any]]:
    """Rows of any of several conditions, in one statement; each is looked up by an index of its own.

    A row that fits several comes several times.
    """
    head, converts = _selection(model, names, connection.vendor)
    text = " UNION ALL ".join(f"{head} WHERE {where}" for where, _values in arms)
    with cursor() as open_cursor:
        open_cursor.execute(text, [_plain(value) for _where, values in arms for value in values])
        return [_converted(row, converts) for row in open_cursor.fetchall()]


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(each.attname for each in model._meta.concrete_fields)


@cache
def _selection(
    model: type[models.Model], names: tuple[str, ...], _vendor: str
) -> tuple[str, list[tuple[int, Any, Convert]]]:
    fields = [_field(model, name) for name in names]
    columns = ", ".join(f'"{each.column}"' for each in fields)
    converts: list[tuple[int, Any, Convert]] = []
    for index, each in enumerate(fields):
        column = each.get_col(model._meta.db_table)
        own = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        converts += [(index, column, convert) for convert in own]
    return f'SELECT {columns} FROM "{model._meta.db_table}"', converts  # noqa: S608 - names of our own


def _converted(row: Sequence[Any], converts: Sequence[tuple[int, Any, Convert]]) -> Sequence[Any]:
    if not converts:
        return row
    made = list(row)
    for index, column, convert in converts:
        made[index] = convert(made[index], column, connection)
    return made


def change(
    model: type[models.Model],
    where: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    plus_one: Sequence[str] = (),
) -> int:
    """Set columns of the rows where all of `where` (by attribute name) holds; how many there were."""
    fields = [_field(model, name) for name in (*values, *where)]
    prepared = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, (*values.values(), *where.values()), strict=True)
    ]
    with cursor() as open_cursor:
        open_cursor.execute(_change(model, tuple(values), tuple(where), tuple(plus_one)), prepared)
        count: int = open_cursor.rowcount
    return count


@cache
def _change(
    model: type[models.Model], values: tuple[str, ...], where: tuple[str, ...], plus_one: tuple[str, ...]
) -> str:
    column = {name: f'"{_field(model, name).column}"' for name in (*values, *where, *plus_one)}
    sets = [f"{column[name]} = %s" for name in values] + [
        f"{column[name]} = {column[name]} + 1" for name in plus_one
    ]
    same = " AND ".join(f"{column[name]} = %s" for name in where)
    return f'UPDATE "{model._meta.db_table}" SET {", ".join(sets)} WHERE {same}'  # noqa: S608 - names of our own


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return next(each for each in model._meta.concrete_fields if name in (each.attname, each.name))


def _plain(value: Any) -> Any:
    """As the driver takes it: SQLite has neither UUIDs nor instants."""
    if connection.vendor == "sqlite":
        if isinstance(value, UUID):
            return value.hex
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
    return value
