"""A batch in which many records are brought up to date is cut: nobody else is to wait for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from mulin.registry.importing.reading import Read, packed
from mulin.registry.models import HomeImport, HomeImportPart
from mulin.registry.models.importing import Choice

UPDATED = 50  # rows for which the acts of every day are done: they take as long as thousands of new ones


def cut(
    source: HomeImport, part: HomeImportPart, rows: list[Read], choices: Mapping[tuple[str, int], str]
) -> list[Read]:
    """What is to be stored now; the rest are parts of their own that come after it."""
    pieces = _pieces(rows, _to_update(source, rows, choices))
    between = Q(number__gt=part.number, number__lt=part.number + len(rows))
    if len(pieces) < 2 or source.parts.filter(between, raw=False).exists():  # numbered before parts were cut
        return rows
    with transaction.atomic():
        number = part.number
        for before, piece in pairwise(pieces):
            number += len(before)
            HomeImportPart.objects.create(source=source, number=number, content=packed(piece))
        part.content = packed(pieces[0])
        part.save(update_fields=["content"])
    return pieces[0]


def same_door(row: Read, other: Read) -> bool:
    """Whoever lives together comes in together, where the file keeps them together."""
    return (row.area, row.door) == (other.area, other.door)


def _pieces(rows: Sequence[Read], updated: set[tuple[str, int]]) -> list[list[Read]]:
    pieces: list[list[Read]] = [[]]
    many = 0
    for row in rows:
        here = pieces[-1]
        if many >= 2 * UPDATED or (many >= UPDATED and not same_door(row, here[-1])):
            pieces.append([])
            many = 0
        pieces[-1].append(row)
        many += (row.sheet, row.number) in updated
    return pieces


def _to_update(
    source: HomeImport, rows: Sequence[Read], choices: Mapping[tuple[str, int], str]
) -> set[tuple[str, int]]:
    """Which of these rows bring a record up to date: as far as the dry run could name those who are known."""
    every = source.repeats == Choice.UPDATE
    if not every and Choice.UPDATE not in choices.values():
        return set()
    named = source.findings.filter(record__isnull=False)
    if every and named.count() < source.known:
        return {(row.sheet, row.number) for row in rows}
    known = set(named.filter(row__in=[row.number for row in rows]).values_list("sheet", "row"))
    return {at for at in known if (choices.get(at) or source.repeats) == Choice.UPDATE}
