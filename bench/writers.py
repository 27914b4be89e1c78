"""Two ways of writing very many rows at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

SEARCH = "matters_search"


class Writer:
    """Gathers rows by table, as the database writes them, and sends them when told."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[Any]] = {}

    def add(self, table: str, row: list[Any]) -> None:
        self.waiting.setdefault(table, []).append(row)

    def flush(self) -> None:
        for table, rows in self.waiting.items():
            if rows:
                self.write(table, rows)
            rows.clear()

    def native(self, value: Any) -> Any:
        """A value as it goes into the row."""
        raise NotImplementedError

    def grams(self, grams: list[str]) -> str:
        """What is found of a text, but for the three grams of its number."""
        raise NotImplementedError

    def tokens(self, tokens: list[str]) -> str:
        raise NotImplementedError

    def search(self, id: UUID, at: datetime, number: list[str], grams: str, tokens: str) -> None:
        raise NotImplementedError

    def write(self, table: str, rows: list[Any]) -> None:
        raise NotImplementedError


@contextmanager
def writer() -> Iterator[Writer]:
    """With indexes and constraints gone meanwhile, and put back at the end."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for setting in _QUICK_POSTGRES if postgres else _QUICK_SQLITE:
            cursor.execute(setting)
        cursor.execute(_GONE_POSTGRES if postgres else _GONE_SQLITE)
        gone = cursor.fetchall()
        for drop, _again in gone:
            cursor.execute(drop)
    yield CopyWriter() if postgres else ManyWriter()
    with connection.cursor() as cursor:
        for _drop, again in reversed(gone):
            cursor.execute(again)
        for statement in _AFTER_POSTGRES if postgres else _AFTER_SQLITE:
            cursor.execute(statement)


# References first, so that what they refer to may go; put back in the opposite order, each is checked again.
_GONE_POSTGRES = r"""
    SELECT drop, again FROM (
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            AS again, CASE contype WHEN 'f' THEN 1 ELSE 3 END AS rank, conname AS name
        FROM pg_constraint WHERE contype IN ('f', 'p', 'u', 'c')
        AND (conrelid::regclass::text ~ '^(matters|journal)_' OR confrelid::regclass::text ~ '^(matters|journal)_')
        UNION ALL
        SELECT format('DROP INDEX %I', indexname), indexdef, 2, indexname FROM pg_indexes
        WHERE tablename ~ '^(matters|journal)_' AND schemaname = 'public'
        AND indexname NOT IN (SELECT conname FROM pg_constraint)
    ) AS gone ORDER BY rank, name
"""
_GONE_SQLITE = """
    SELECT 'DROP INDEX "' || name || '"', sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
    AND (tbl_name LIKE 'matters_%' OR tbl_name LIKE 'journal_%')
"""
# Of this session only: what is lost is filled again.
_QUICK_POSTGRES = (
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '512MB'",
    "SET work_mem = '256MB'",
)
_QUICK_SQLITE = ("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -512000")
_AFTER_POSTGRES = ("VACUUM (ANALYZE)", "CHECKPOINT")
_AFTER_SQLITE = ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)")


class CopyWriter(Writer):
    """PostgreSQL's COPY, as text."""

    def native(self, value: Any) -> str:
        if isinstance(value, str):
            return _escaped(value)
        if value is None:
            return "\\N"
        if isinstance(value, bool):
            return "t" if value else "f"
        return _escaped(json.dumps(value)) if isinstance(value, dict | list) else str(value)

    def grams(self, grams: list[str]) -> str:
        from mulin.kernel.search.postgresql import _vector

        whole = _vector(["0", "0", "0", *grams])
        return whole.split(" ", 3)[3]

    def tokens(self, tokens: list[str]) -> str:
        return "{" + ",".join(tokens) + "}"

    def search(self, id: UUID, at: datetime, number: list[str], grams: str, tokens: str) -> None:
        from mulin.kernel.search.table import _key

        mine = " ".join(f"'{gram}':{n}" for n, gram in enumerate(number, 1))
        self.add(SEARCH, [str(id), str(_key(at, id)), f"{mine} {grams}", tokens])

    def write(self, table: str, rows: list[Any]) -> None:
        into = f'COPY "{table}" ({_columns(table)}) FROM STDIN'
        with connection.cursor() as cursor, cursor.copy(into) as copy:
            copy.write("\n".join(map("\t".join, rows)) + "\n")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _columns(table: str) -> str:
    from django.apps import apps

    model = next((each for each in apps.get_models() if each._meta.db_table == table), None)
    names = (
        [each.column for each in model._meta.concrete_fields] if model else ["id", "key", "grams", "tokens"]
    )
    return ", ".join(f'"{name}"' for name in names)


class ManyWriter(Writer):
    """SQLite's executemany."""

    def native(self, value: Any) -> Any:
        if isinstance(value, UUID):
            return value.hex
        if isinstance(value, datetime):
            return str(value.astimezone(UTC).replace(tzinfo=None))
        if isinstance(value, dict | list):
            return json.dumps(value)
        plain = value is None or type(value) in (int, float, str, bool)
        return value if plain else str(value)

    def grams(self, grams: list[str]) -> str:
        return " ".join(grams)

    def tokens(self, tokens: list[str]) -> str:
        return " ".join(tokens)

    def search(self, id: UUID, at: datetime, number: list[str], grams: str, tokens: str) -> None:
        self.add(SEARCH, [self._place(id, at), f"{' '.join(number)} {grams}", tokens, id.hex])

    def _place(self, id: UUID, at: datetime) -> int:
        """The first free one from the key on, as the search table itself finds it."""
        from mulin.kernel.search.table import _key

        place = _key(at, id)
        while place in self._taken:
            place += 1
        self._taken.add(place)
        return place

    @cached_property
    def _taken(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT rowid FROM "{SEARCH}"')
            return {place for (place,) in cursor.fetchall()}

    def write(self, table: str, rows: list[Any]) -> None:
        columns = '"rowid", "grams", "tokens", "id"' if table == SEARCH else _columns(table)
        connection.ensure_connection()
        plain = connection.connection
        assert plain is not None
        if not plain.in_transaction:
            plain.execute("BEGIN IMMEDIATE")
        holes = ", ".join("?" * len(rows[0]))
        plain.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({holes})', rows)

    def flush(self) -> None:
        super().flush()
        assert connection.connection is not None
        connection.connection.commit()
