"""Closing again, with the newest key and the cipher of the setting, what older ones closed, while everybody works on.

Nothing says which columns those are but the models themselves. Values are read, closed again and put back on the
condition that they are still what was read, a few rows at a time: whoever writes meanwhile is never overwritten, and
whoever was killed begins again with what is left. An index beside its value (`phone` and `phone_index`) goes with it;
one without (a code that nobody keeps) stays under its key, by which it is still found: keys never leave the ring.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from mulin.kernel import crypto
from mulin.kernel.fields import BlindIndex, EncryptedText
from mulin.kernel.keyring import KeyMissing

BATCH = 200
BREATH = 0.005  # seconds between two batches in which others get SQLite's lock
GRACE = 25.0  # seconds after which nobody is still writing what they closed with the former key
OF = "_index"

Failed = Callable[[object], None]  # told the key of a row that no key opens
Again = Callable[[Failed], int]
Told = Callable[[str, int], None]
Row = tuple[Any, ...]


class Other(NamedTuple):
    """What a room closed where no column of ours is: how it closes it again, and how many of it no key opens."""

    again: Again
    unopened: Callable[[], int]


_others: dict[str, Other] = {}


def _none() -> int:
    return 0


def also(name: str, again: Again, unopened: Callable[[], int] = _none) -> None:
    """A room says at start how it closes again what lies in no column of ours; `again` returns how many it did."""
    _others[name] = Other(again, unopened)


@dataclass(frozen=True)
class Table:
    """One table with what is closed in it."""

    model: type[models.Model]
    values: tuple[EncryptedText[Any, Any], ...]

    @cached_property
    def indexes(self) -> dict[str, EncryptedText[Any, Any]]:
        """Each index column with the value that it is of."""
        apart = getattr(self.model, "INDEXED_ELSEWHERE", ())
        there = {field.name: field for field in self.model._meta.concrete_fields if field.name not in apart}
        return {
            str(there[value.name + OF].column): value
            for value in self.values
            if isinstance(there.get(value.name + OF), BlindIndex)
        }

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return (*(str(value.column) for value in self.values), *self.indexes)

    @property
    def batch(self) -> int:
        """A table of large values says how many of its rows are held at once."""
        return int(getattr(self.model, "CLOSED_AT_ONCE", BATCH))

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def label(self) -> str:
        """As people who run it call it: "registry.Resident"."""
        return str(self.model._meta.label)

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)


@dataclass
class Outcome:
    """What a run did, and what it could not."""

    done: int = 0
    unopened: set[tuple[str, Any]] = field(default_factory=set)  # rows that no key opens: their model and key
    twice: set[tuple[str, Any]] = field(default_factory=set)  # rows whose index another row has by now
    astray: set[tuple[str, Any]] = field(
        default_factory=set
    )  # rows whose index is not of the value beside it


def tables() -> list[Table]:
    """Every table in which something is closed: found by looking at the models."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        values = tuple(each for each in model._meta.concrete_fields if isinstance(each, EncryptedText))
        if values and model._meta.managed and not model._meta.proxy:
            found.append(Table(model, values))
    return found


def waiting() -> dict[str, int]:
    """How many rows of each model are not closed by the newest key and cipher: a scan, for whoever asks."""
    return {table.label: count for table in tables() if (count := _count(table))}


def unopened() -> dict[str, int]:
    """How many rows of each model hold a value that no key opens: tries every value there is, for whoever asks."""
    found = {table.label: sum(not _opens(table, row) for row in _all(table)) for table in tables()}
    found |= {name: other.unopened() for name, other in _others.items()}
    return {label: count for label, count in found.items() if count}


def _all(table: Table) -> Iterator[Row]:
    filled = " OR ".join(f"{_q(str(each.column))} <> ''" for each in table.values)
    for rows in _pages(table, filled, []):
        yield from rows


def _opens(table: Table, row: Row) -> bool:
    closed = dict(zip(table.columns, row[1:], strict=True))
    try:
        for value in table.values:
            if held := closed[str(value.column)]:
                crypto.decrypt(held, context=value.context)
    except (crypto.CannotOpen, KeyMissing):
        return False
    return True


def run(told: Told, *, pause: Callable[[float], None] = time.sleep) -> Outcome:
    """Close everything again; ends when a whole round finds nothing more, and nobody can still be writing otherwise."""
    outcome, rounds, began = Outcome(), 0, time.monotonic()
    while True:
        done = sum(_again(table, outcome, told, pause) for table in tables())
        done += sum(other.again(partial(_give_up, outcome, name)) for name, other in _others.items())
        outcome.done += done
        rounds += 1
        if done == 0 and (left := GRACE - (time.monotonic() - began)) <= 0:
            return outcome
        if done == 0:
            pause(left)


def _give_up(outcome: Outcome, name: str, key: object) -> None:
    outcome.unopened.add((name, key))


def _again(table: Table, outcome: Outcome, told: Told, pause: Callable[[float], None]) -> int:
    done = 0
    for rows in _batches(table, outcome):
        changed = [(row, new) for row in rows if (new := _closed_again(table, row, outcome))]
        done += _put_back(table, changed, outcome)
        told(table.label, done)
        pause(BREATH)
    return done


def _batches(table: Table, outcome: Outcome) -> Iterator[Sequence[Row]]:
    """Rows with something stale in them, by their key; those that were given up before are left out."""
    given_up = outcome.unopened | outcome.twice | outcome.astray
    for rows in _pages(table, *_stale(table)):
        yield [row for row in rows if (table.label, row[0]) not in given_up]


def _pages(table: Table, condition: str, parameters: list[str]) -> Iterator[Sequence[Row]]:
    """The rows of a condition by their key, a batch at a time."""
    after: Any = None
    while True:
        further = "" if after is None else f"{_q(table.key)} > %s AND "
        statement = (
            f"SELECT {_q(table.key)}, {', '.join(map(_q, table.columns))} FROM {_q(table.name)} "  # noqa: S608 - names of our own columns
            f"WHERE {further}({condition}) ORDER BY {_q(table.key)} LIMIT {table.batch}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters if after is None else [after, *parameters])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _closed_again(table: Table, row: Row, outcome: Outcome) -> dict[str, str]:
    """The columns of this row that change, with what they become. One that no key opens keeps back no other."""
    held = dict(zip(table.columns, row[1:], strict=True))
    new: dict[str, str] = {}
    for value in table.values:
        try:
            new |= _value_again(table, value, row[0], held, outcome)
        except (crypto.CannotOpen, KeyMissing):
            outcome.unopened.add((table.label, row[0]))
    return new


def _value_again(
    table: Table, value: EncryptedText[Any, Any], key: Any, held: Mapping[str, str | None], outcome: Outcome
) -> dict[str, str]:
    """A value with the indexes of it; each only where it is not of the newest key."""
    closed = held[str(value.column)]
    indexes = [column for column, of in table.indexes.items() if of is value]
    stale = [column for column in indexes if _is_stale(held[column], crypto.blind_mark())]
    if not closed or not (stale or _is_stale(closed, crypto.mark())):
        return {}
    plain = crypto.decrypt(closed, context=value.context)
    new = {}
    if _is_stale(closed, crypto.mark()):
        new[str(value.column)] = crypto.encrypt(plain, context=value.context)
    for column in stale:
        if crypto.is_blind_of(str(held[column]), plain, context=value.context):
            new[column] = crypto.blind(plain, context=value.context)
        else:  # never spoilt: it stays as it is, and is said
            outcome.astray.add((table.label, key))
    return new


def _is_stale(text: str | None, mark: str) -> bool:
    return bool(text) and not str(text).startswith(mark)


def _put_back(table: Table, changed: Sequence[tuple[Row, dict[str, str]]], outcome: Outcome) -> int:
    """All of a batch in one transaction; where an index is taken by now, each row by itself."""
    try:
        with transaction.atomic():
            return sum(_put(table, row, new) for row, new in changed)
    except IntegrityError:
        return sum(_put_alone(table, row, new, outcome) for row, new in changed)


def _put_alone(table: Table, row: Row, new: dict[str, str], outcome: Outcome) -> int:
    try:
        with transaction.atomic():
            return _put(table, row, new)
    except IntegrityError:
        outcome.twice.add((table.label, row[0]))
        return 0


def _put(table: Table, row: Row, new: dict[str, str]) -> int:
    """On the condition that each column is still what was read: whoever wrote meanwhile closed it anew themselves."""
    held = dict(zip(table.columns, row[1:], strict=True))
    sets = ", ".join(f"{_q(column)} = %s" for column in new)
    same = " AND ".join(f"{_q(column)} = %s" for column in new)
    statement = f"UPDATE {_q(table.name)} SET {sets} WHERE {_q(table.key)} = %s AND {same}"  # noqa: S608 - names of our own columns
    with connection.cursor() as cursor:
        cursor.execute(statement, [*new.values(), row[0], *(held[column] for column in new)])
        return int(cursor.rowcount)


def _count(table: Table) -> int:
    condition, parameters = _stale(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {_q(table.name)} WHERE {condition}", parameters)  # noqa: S608 - names of our own columns
        return int(cursor.fetchone()[0])


def _stale(table: Table) -> tuple[str, list[str]]:
    """Rows in which a value, or an index beside its value, is not of the newest key."""
    values = [
        f"({_q(str(each.column))} <> '' AND {_q(str(each.column))} NOT LIKE %s)" for each in table.values
    ]
    indexes = [
        f"({_q(column)} <> '' AND {_q(str(value.column))} <> '' AND {_q(column)} NOT LIKE %s)"
        for column, value in table.indexes.items()
    ]
    marks = [f"{crypto.mark()}%"] * len(values) + [f"{crypto.blind_mark()}%"] * len(indexes)
    return " OR ".join([*values, *indexes]), marks


def _q(name: str) -> str:
    return connection.ops.quote_name(name)
