"""Writing and reading search tables, whichever database holds them.

A row's key puts newer rows higher: microseconds since 2000, twelve bits of the id behind them. `at` is when
the thing began and never changes, so the key is found again from (at, id).
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import ModuleType
from uuid import UUID

from django.db import connection

from mulin.kernel.refusals import Invalid
from mulin.kernel.search import postgresql, sqlite
from mulin.kernel.search.grams import bigrams, phrases
from mulin.kernel.search.tokens import exact_token, moved

_TABLES: set[str] = set()
_START = datetime(2000, 1, 1, tzinfo=UTC)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to be found: its id, when it began, its text, and the tokens of who may find it."""

    id: UUID
    at: datetime
    text: str
    tokens: Collection[str]


class Found(list[UUID]):
    """Ids, newest first; `more` is what to pass as `before` for the next page, None where this is the last."""

    more: str | None = None


def declare(table: str) -> str:
    """Say that a room has this search table, so that redrawn borders reach its tokens too."""
    _TABLES.add(table)
    return table


def declared() -> Sequence[str]:
    return sorted(_TABLES)


def write(table: str, id: UUID, at: datetime, text: str, tokens: Collection[str]) -> None:
    """Put a row into the index, or put it there anew; in the transaction of the thing itself."""
    write_many(table, [Row(id, at, text, tokens)])


def write_many(table: str, rows: Iterable[Row]) -> None:
    """Put many rows into the index."""
    batch: list[Written] = []
    for row in rows:
        tokens = _checked(sorted(set(row.tokens))) or []
        batch.append((_key(row.at, row.id), row.id, bigrams(row.text), tokens))
        if len(batch) == BATCH:
            _dialect().write(_known(table), batch)
            batch = []
    if batch:
        _dialect().write(_known(table), batch)


def write_new(table: str, rows: Iterable[Row]) -> None:
    """The same for many rows that cannot be in the index yet, which need not be looked for."""
    batch = [
        (_key(row.at, row.id), row.id, bigrams(row.text), _checked(sorted(row.tokens)) or []) for row in rows
    ]
    for start in range(0, len(batch), BATCH):
        _dialect().write_new(_known(table), batch[start : start + BATCH])


def remove(table: str, id: UUID, at: datetime) -> None:
    """Take a row out of the index."""
    _dialect().remove(_known(table), _key(at, id), id)


def find(
    table: str,
    query: str,
    tokens_any: Collection[str] | None,
    limit: int = 20,
    before: str | None = None,
) -> Found:
    """Return the newest rows in which all of the query's words occur and that carry one of the tokens.

    `None` for tokens asks no permission; an empty collection finds nothing. Nothing is counted: a word that
    is in every row costs no more than one that is in twenty.
    """
    wanted = phrases(query)
    found = Found()
    if not wanted or (tokens_any is not None and not tokens_any) or limit < 1:
        return found
    tokens = None if tokens_any is None else sorted(set(tokens_any))
    rows = _dialect().find(_known(table), wanted, _checked(tokens), limit + 1, _place(before))
    found.extend(id for _, id in rows[:limit])
    if len(rows) > limit:
        found.more = "{}.{}".format(*rows[limit - 1])
    return found


def rebase_tokens(moves: Mapping[str, str]) -> int:
    """Give the rows at moved areas the tokens of their new paths, in every declared table; return how many."""
    count, old = 0, sorted(moves)
    for table in declared():
        changed: dict[tuple[int, UUID], set[str]] = {}
        for start in range(0, len(old), BATCH):
            some = [exact_token(path) for path in old[start : start + BATCH]]
            for key, id, carried in _dialect().carrying(table, some):
                changed[key, id] = moved(carried, moves)
        for place, tokens in changed.items():
            _dialect().set_tokens(table, place, sorted(tokens))
        count += len(changed)
    return count


Written = tuple[int, UUID, list[str], list[str]]  # key, id, grams, tokens


def _known(table: str) -> str:
    if table not in _TABLES:
        raise LookupError(f"nobody declared the search table {table!r}")
    return table


def _checked(tokens: list[str] | None) -> list[str] | None:
    """Refuse a token that could mean something in a query: they are made by programs only."""
    for token in tokens or ():
        if not (token.isascii() and token.isalnum()):
            raise ValueError(f"{token!r} is no search token")
    return tokens


def _place(before: str | None) -> tuple[int, UUID] | None:
    if before is None:
        return None
    key, _, id = before.partition(".")
    try:
        place = int(key), UUID(id)
    except ValueError as error:
        raise Invalid(code="no_page", field="before") from error
    if not 0 <= place[0] < 1 << 63:  # no key of ours, and more than a database counts to
        raise Invalid(code="no_page", field="before")
    return place


def _dialect() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite


def _key(at: datetime, id: UUID) -> int:
    micros = (at - _START) // timedelta(microseconds=1)
    return micros << 12 | int.from_bytes(hashlib.sha256(id.bytes).digest()[:2], "big") >> 4
