"""Search tables on SQLite: FTS5. The row id is the key, so newest first needs no sorting.

The tokenizer "ascii" takes everything beyond ASCII for a letter; what is one gram was decided before, and
gram and token alike hold only letters and digits, so nothing in them means anything to FTS5.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction

Place = tuple[int, UUID]  # where a row stands: newer rows higher
ROOM = 64  # places after a key in which rows of the same microsecond and the same twelve bits are put


def create(table: str) -> list[str]:
    return [
        f'CREATE VIRTUAL TABLE "{table}" USING fts5'
        "(grams, tokens, id UNINDEXED, tokenize = 'ascii', columnsize = 0)"
    ]


def write(table: str, rows: Sequence[tuple[int, UUID, list[str], list[str]]]) -> None:
    insert = f'INSERT INTO "{table}" (rowid, grams, tokens, id) VALUES (%s, %s, %s, %s)'  # noqa: S608
    update = f'UPDATE "{table}" SET grams = %s, tokens = %s WHERE rowid = %s'  # noqa: S608
    with connection.cursor() as cursor:
        for key, id, grams, tokens in rows:
            place, there = _place(table, key, id)
            if there:
                cursor.execute(update, [" ".join(grams), " ".join(tokens), place])
            else:
                cursor.execute(insert, [place, " ".join(grams), " ".join(tokens), id.hex])


def write_new(table: str, rows: Sequence[tuple[int, UUID, list[str], list[str]]]) -> None:
    """Each at its own key; where one of these is taken, all of them look for the next free place."""
    insert = f'INSERT INTO "{table}" (rowid, grams, tokens, id) VALUES (%s, %s, %s, %s)'  # noqa: S608
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                insert, [(key, " ".join(grams), " ".join(tokens), id.hex) for key, id, grams, tokens in rows]
            )
    except IntegrityError:
        write(table, rows)


def _place(table: str, key: int, id: UUID) -> tuple[int, bool]:
    """Where a row is or, if it is nowhere yet, the first free place from its key on."""
    near = f'SELECT rowid, id FROM "{table}" WHERE rowid BETWEEN %s AND %s'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(near, [key, key + ROOM])
        taken = dict(cursor.fetchall())
    for place, other in taken.items():
        if other == id.hex:
            return place, True
    return next(place for place in range(key, key + ROOM + 1) if place not in taken), False


def remove(table: str, key: int, id: UUID) -> None:
    place, there = _place(table, key, id)
    if there:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}" WHERE rowid = %s', [place])  # noqa: S608


def find(
    table: str, phrases: list[list[str]], tokens: list[str] | None, limit: int, before: Place | None
) -> list[Place]:
    words = " AND ".join(f'"{" ".join(phrase)}" *' for phrase in phrases)
    match = f"{{grams}} : ({words})"
    if tokens is not None:
        match += f" AND {{tokens}} : ({_any(tokens)})"
    older, parameters = ("AND rowid < %s", [before[0]]) if before is not None else ("", [])
    sql = f'SELECT rowid, id FROM "{table}" WHERE "{table}" MATCH %s {older} ORDER BY rowid DESC LIMIT %s'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, *parameters, limit])
        return [(key, UUID(id)) for key, id in cursor.fetchall()]


def carrying(table: str, tokens: list[str]) -> list[tuple[int, UUID, list[str]]]:
    """Rows that carry one of the tokens, with all of theirs."""
    sql = f'SELECT rowid, id, tokens FROM "{table}" WHERE "{table}" MATCH %s'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{{tokens}} : ({_any(tokens)})"])
        return [(key, UUID(id), held.split()) for key, id, held in cursor.fetchall()]


def set_tokens(table: str, place: Place, tokens: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET tokens = %s WHERE rowid = %s', [" ".join(tokens), place[0]])  # noqa: S608


def _any(tokens: list[str]) -> str:
    return " OR ".join(f'"{token}"' for token in tokens)
