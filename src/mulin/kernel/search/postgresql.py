"""Search tables on PostgreSQL: a tsvector of grams and an array of tokens under one GIN index.

Vector and query are written out gram by gram instead of parsed, so both databases index the same; grams and
tokens hold only letters and digits, so quoting them is all there is to do.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

LAST_POSITION = 16_383
Place = tuple[int, UUID]  # where a row stands: newer rows higher


def create(table: str) -> list[str]:
    return [
        f'CREATE TABLE "{table}" (id uuid PRIMARY KEY, key bigint NOT NULL, grams tsvector NOT NULL, '
        "tokens text[] NOT NULL)",
        f'CREATE INDEX "{table}_key" ON "{table}" (key, id)',
        f'CREATE INDEX "{table}_words" ON "{table}" USING gin (grams, tokens)',
    ]


def write(table: str, rows: Sequence[tuple[int, UUID, list[str], list[str]]]) -> None:
    one = "(%s, %s, %s::tsvector, %s)"
    sql = (
        f'INSERT INTO "{table}" (id, key, grams, tokens) VALUES {", ".join([one] * len(rows))} '  # noqa: S608
        "ON CONFLICT (id) DO UPDATE SET key = excluded.key, grams = excluded.grams, tokens = excluded.tokens"
    )
    values = [value for key, id, grams, tokens in rows for value in (id, key, _vector(grams), tokens)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def write_new(table: str, rows: Sequence[tuple[int, UUID, list[str], list[str]]]) -> None:
    write(table, rows)


def _vector(grams: list[str]) -> str:
    return " ".join(f"'{gram}':{min(n, LAST_POSITION)}" for n, gram in enumerate(grams, 1))


def remove(table: str, _key: int, id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}" WHERE id = %s', [id])  # noqa: S608


# Common words are among the newest rows many times over; looked up by the words, all that ever had them would be read
# and sorted. Rare ones are not, and are looked up. So neither takes long, and no estimate has to be right.
NEWEST = 2000


def find(
    table: str, phrases: list[list[str]], tokens: list[str] | None, limit: int, before: Place | None
) -> list[Place]:
    fits = ["grams @@ %s::tsquery"]
    parameters: list[Any] = [_query(phrases)]
    if tokens is not None:
        fits.append("tokens && %s::text[]")
        parameters.append(tokens)
    older, place = (" WHERE (key, id) < (%s, %s)", list(before)) if before else ("", [])
    newest = f'(SELECT * FROM "{table}"{older} ORDER BY key DESC, id DESC LIMIT {NEWEST}) newest'  # noqa: S608
    found = _found(newest, fits, [*place, *parameters], limit)
    if len(found) == limit:
        return found
    if before:
        fits.append("(key, id) < (%s, %s)")
    return _found(f'"{table}"', fits, [*parameters, *place], limit)


def _found(rows: str, fits: list[str], parameters: list[Any], limit: int) -> list[Place]:
    where = " AND ".join(fits)
    sql = f"SELECT key, id FROM {rows} WHERE {where} ORDER BY key DESC, id DESC LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, limit])
        return list(cursor.fetchall())


def _query(phrases: list[list[str]]) -> str:
    return " & ".join("(" + " <-> ".join(map("'{}'".format, phrase)) + ":*)" for phrase in phrases)


def carrying(table: str, tokens: list[str]) -> list[tuple[int, UUID, list[str]]]:
    """Rows that carry one of the tokens, with all of theirs."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT key, id, tokens FROM "{table}" WHERE tokens && %s::text[]', [tokens])  # noqa: S608
        return list(cursor.fetchall())


def set_tokens(table: str, place: Place, tokens: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET tokens = %s WHERE id = %s', [tokens, place[1]])  # noqa: S608
