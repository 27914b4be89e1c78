"""Which rows an act locks, and in which order. Only PostgreSQL locks rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection

TABLE = re.compile(r'(?:^UPDATE|^INSERT INTO|^COPY|FROM) "(\w+)"')
LOCKS = re.compile(r" FOR (?:NO KEY )?(?:UPDATE|SHARE).*$", re.S)


class _Watch:
    """Sees every statement before it runs, and asks which rows it is about to lock that are not held yet."""

    def __init__(self, order: Sequence[str]) -> None:
        self.found: list[str] = []
        self._order, self._held = order, defaultdict[str, set[object]](set)
        self._asking = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        where = TABLE.search(sql)
        if not self._asking and where and where[1] in self._order:
            self._look(where[1], sql, list(params or ()))
        return execute(sql, params, many, context)

    def _look(self, table: str, sql: str, params: list[Any]) -> None:
        if sql.startswith("INSERT"):  # one's own: nobody else sees them
            self._held[table] |= {each for each in params if isinstance(each, UUID)}
        elif (rows := self._rows(table, sql, params)) - self._held[table]:
            self._held[table] |= rows
            self.found.append(table)

    def _rows(self, table: str, sql: str, params: list[Any]) -> set[object]:
        if table == "places_stamp":
            return {table}
        if sql.startswith("UPDATE"):
            begin, rest = sql.split(" WHERE ", 1)
            given, rest = params[begin.count("%s") :], f'FROM "{table}" WHERE {rest}'
        elif LOCKS.search(sql):
            at = sql.index(" FROM ")
            given, rest = params[sql[:at].count("%s") :], LOCKS.sub("", sql[at:])
        else:
            return set()
        self._asking = True
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{table}".* {rest}', given)
            names = [column.name for column in cursor.description]
            key = names.index("id") if "id" in names else 0
            found = {row[key] for row in cursor.fetchall()}
        self._asking = False
        return found


@contextmanager
def _watched(order: Sequence[str]) -> Iterator[_Watch]:
    watch = _Watch(order)
    with connection.execute_wrapper(watch):
        yield watch


def locked(act: Callable[[], object], order: Sequence[str]) -> list[str]:
    """The tables in which this locks rows that it does not hold yet, in the order in which it does."""
    with _watched(order) as watch:
        act()
    return watch.found
