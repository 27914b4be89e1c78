"""Closing again, with the newest key and the cipher of the setting, what older ones closed, while everybody works on.

Nothing says which columns those are but the models themselves. Values are read, closed again and put back on the
condition that they are still what was read, a few rows at a time: whoever writes meanwhile is never overwritten, and
whoever was killed begins again with what is left. An index beside its value (`phone` and `phone_index`) goes with it;
one without (a code that nobody keeps) stays under its key, by which it is still found: keys never leave the ring.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from mulin.kernel import crypto
from mulin.kernel.fields import BlindIndex, EncryptedText
from mulin.kernel.keyring import KeyMissing

BATCH = 200
BREATH = 0.005  # seconds between two batches in which others get SQLite's lock
GRACE = 25.0  # seconds after which nobody is still writing what they closed with the former key
OF = "_index"

Again = Callable[[], int]
Told = Callable[[str, int], None]
Row = tuple[Any, ...]

_others: dict[str, Again] = {}


def also(name: str, again: Again) -> None:
    """A room says at start how it closes again what lies in no column of ours; `again` returns how many it did."""
    _others[name] = again


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
    def key(self) -> str:
        return str(self.model._meta.pk.column)


@dataclass
class Outcome:
    """What a run did, and what it could not."""

    done: int = 0
    unopened: set[tuple[str, Any]] = field(default_factory=set)  # rows that no key opens: their table and key
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
    """How many rows of each table are not closed by the newest key and cipher: a scan, for whoever asks."""
    return {table.name: count for table in tables() if (count := _count(table))}


def run(told: Told, *, pause: Callable[[float], None] = time.sleep) -> Outcome:
    """Close everything again; ends when a whole round finds nothing more, and nobody can still be writing otherwise."""
    outcome, rounds, began = Outcome(), 0, time.monotonic()
    while True:
        done = sum(_again(table, outcome, told, pause) for table in tables())
        done += sum(again() for again in _others.values())
        outcome.done += done
        rounds += 1
        if done == 0 and (left := GRACE - (time.monotonic() - began)) <= 0:
            return outcome
        if done == 0:
            pause(left)


def _again(table: Table, outcome: Outcome, told: Told, pause: Callable[[float], None]) -> int:
    done = 0
    for rows in _batches(table, outcome):
        changed = [(row, new) for row in rows if (new := _closed_again(table, row, outcome))]
        done += _put_back(table, changed, outcome)
        told(table.name, done)
        pause(BREATH)
    return done


def _batches(table: Table, outcome: Outcome) -> Iterator[Sequence[Row]]:
    """Rows with something stale in them, by their key; those that were given up before are left out."""
    after: Any = None
    given_up = outcome.unopened | outcome.twice | outcome.astray
    condition, parameters = _stale(table)
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
        yield [row for row in rows if (table.name, row[0]) not in given_up]
        after = rows[-1][0]


def _closed_again(table: Table, row: Row, outcome: Outcome) -> dict[str, str]:
    """The columns of this row that change, with what they become."""
    held = dict(zip(table.columns, row[1:], strict=True))
    try:
        new = {
            str(value.column): crypto.encrypt(
                crypto.decrypt(held[str(value.column)], context=value.context), context=value.context
            )
            for value in table.values
            if _is_stale(held[str(value.column)], crypto.mark())
        }
        for column, value in table.indexes.items():
            entry, closed = held[column], held[str(value.column)]
            if closed and _is_stale(entry, crypto.blind_mark()):
                plain = crypto.decrypt(closed, context=value.context)
                if crypto.is_blind_of(entry, plain, context=value.context):
                    new[column] = crypto.blind(plain, context=value.context)
                else:  # never spoilt: it stays as it is, and is said
                    outcome.astray.add((table.name, row[0]))
    except (crypto.CannotOpen, KeyMissing):
        outcome.unopened.add((table.name, row[0]))
        return {}
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
        outcome.twice.add((table.name, row[0]))
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
