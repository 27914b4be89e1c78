"""Moving codes inside one village: when grids are redrawn, everything in them gets its new path at once.

An area is known by its UUID; only the path says where it lies. So a rebase changes `Area.path`, and every column
of every room that holds today's path of an area (`PathField`). A column that holds a path of the past
(`PastPath`) stays: `area_as_of` finds what it meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from mulin.journal.face import Actor, Json, record
from mulin.kernel import search
from mulin.kernel.fields import PathField
from mulin.kernel.refusals import Conflict, Invalid
from mulin.places import entries
from mulin.places.actions.writing import again, begin, former
from mulin.places.models import Area, AreaVersion, RetiredPath
from mulin.places.rebase_rules import Node, complete
from mulin.places.rules import Level, building_code, within

AT_ONCE = 200  # moves in one statement


@dataclass(frozen=True, slots=True)
class Rebase:
    """Which paths of one village become which. What lies below a moved area goes with it."""

    village: Area
    moves: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rebased:
    """What a rebase did: all its moves, and how many rows of other rooms' columns and of search followed."""

    moves: Mapping[str, str]
    followed: Mapping[str, int]
    searched: int


@transaction.atomic
def rebase(plan: Rebase, *, by: Actor, now: datetime) -> Rebased:
    """Move the codes of one village, all or nothing. Costs statements per column, not per row."""
    begin()
    village = again(plan.village)
    if village.level != Level.VILLAGE:
        raise Invalid(_("Codes are moved within one village."), code="rebase_village")
    areas = {area.path: area for area in Area.objects.under(village.path).exclude(pk=village.pk)}
    moves, parents = _checked(village, plan.moves, areas)
    if not moves:
        return Rebased({}, {}, 0)
    _retire(moves, areas, now)
    # The areas first: on PostgreSQL their locks hold back whoever is about to refer to one of them.
    _move_areas(moves, parents, village, areas, now)
    rebased = Rebased(moves, _move_columns(moves), search.rebase_tokens(moves))
    facts: dict[str, Json] = {"path": village.path, "count": len(moves), "moves_sha256": _digest(moves)}
    record(entries.REBASED, entries.about(village), by=by, at=now, facts=facts)
    return rebased


def _checked(
    village: Area, asked: Mapping[str, str], areas: Mapping[str, Area]
) -> tuple[dict[str, str], dict[str, str]]:
    """Complete the plan, or refuse it with the first thing that is wrong."""
    nodes = [Node(area.pk, path, area.grid_kind, area.is_open) for path, area in areas.items()]
    low, high = within(village.path)
    retired = RetiredPath.objects.filter(path__gte=low, path__lt=high)
    owners: dict[str, UUID] = dict(retired.values_list("path", "area_id"))
    moves, parents, faults = complete(village.path, asked, nodes, owners)
    if faults:
        raise Conflict(faults[0].message, code=f"rebase_{faults[0].code}")
    return moves, parents


def _retire(moves: Mapping[str, str], areas: Mapping[str, Area], now: datetime) -> None:
    """Use the old codes up. One that an area had before, came back to and leaves again is there already."""
    known = set(RetiredPath.objects.filter(path__in=moves).values_list("path", flat=True))
    rows = [RetiredPath(path=old, area=areas[old], retired_at=now) for old in moves if old not in known]
    RetiredPath.objects.bulk_create(rows, batch_size=500)
    versions = [version for old in moves for version in former(areas[old], now)]
    AreaVersion.objects.bulk_create(versions, batch_size=200)


def _move_areas(
    moves: Mapping[str, str],
    parents: Mapping[str, str],
    village: Area,
    areas: Mapping[str, Area],
    now: datetime,
) -> None:
    after = {village.path: village} | {moves.get(path, path): area for path, area in areas.items()}
    moved = []
    for old, new in moves.items():
        area = areas[old]
        area.path, area.parent, area.changed_at = new, after[parents[new]], now
        if area.level < Level.BUILDING:
            area.code = building_code(new)
        moved.append(area)
    Area.objects.bulk_update(moved, ["path", "parent", "code", "changed_at"], batch_size=AT_ONCE)


def path_columns() -> Iterator[tuple[type[models.Model], PathField[str, str]]]:
    """Every column of another model that holds today's path of an area, found by looking at all models."""
    for model in apps.get_models(include_auto_created=True):
        if model is Area or not model._meta.managed or model._meta.proxy:
            continue
        for column in model._meta.local_concrete_fields:
            if isinstance(column, PathField):
                yield model, column


def _move_columns(moves: Mapping[str, str]) -> dict[str, int]:
    """Let every column follow. No new path is an old one of the plan, so the order of the parts is no matter."""
    return {
        f"{model._meta.label}.{column.name}": sum(_move_column(model, column, part) for part in _parts(moves))
        for model, column in path_columns()
    }


def _move_column(model: type[models.Model], column: PathField[str, str], moves: Mapping[str, str]) -> int:
    name = column.name
    cases = [When(**{name: old}, then=Value(new)) for old, new in moves.items()]
    rows = model._base_manager.filter(**{f"{name}__in": list(moves)})
    return rows.update(**{name: Case(*cases, output_field=PathField())})


def _parts(moves: Mapping[str, str]) -> Iterator[dict[str, str]]:
    pairs = list(moves.items())
    for start in range(0, len(pairs), AT_ONCE):
        yield dict(pairs[start : start + AT_ONCE])


def _digest(moves: Mapping[str, str]) -> str:
    return hashlib.sha256(";".join(f"{old}>{new}" for old, new in sorted(moves.items())).encode()).hexdigest()
