"""The matter list: loaded from a file, changed at the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.kernel.worktime import Limit
from mulin.matters.actions.recompute import ask_recompute
from mulin.matters.models import MatterLimit, MatterType
from mulin.matters.rules.limits import Clock
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Scope, Who, may, require

SEED = Path(__file__).resolve().parents[1] / "data" / "matter_types.json"
LEVELS = {"grid": 15, "village": 12, "town": 9, "county": 6}
_TEXTS = {
    "name": "name_zh", "name_en": "name_en", "hint": "hint_zh", "hint_en": "hint_en", "filing": "filing_zh",
    "filing_en": "filing_en", "closing": "closing_zh", "closing_en": "closing_en",
}  # fmt: skip


def load_matter_list(file: Path = SEED, *, by: Who, now: datetime) -> int:
    """Add the entries of a list file that are not there yet; returns how many.

    Entries that are there stay as the town set them.
    """
    rows = json.loads(file.read_text(encoding="utf-8"))["types"]
    known = dict(MatterType.objects.values_list("code", "id"))
    fresh = [row for row in rows if row["code"] not in known]
    with transaction.atomic():
        for level in (1, 2, 3):
            _add_level([row for row in fresh if row["level"] == level], now)
        if fresh:
            first = MatterType.objects.get(code=fresh[0]["code"])
            record(
                "matter_list.loaded", Subject("matter_list", first.pk), by=by.actor(), at=now,
                facts={"count": len(fresh), "file": file.name},
            )  # fmt: skip
    return len(fresh)


def _add_level(rows: list[Mapping[str, Any]], now: datetime) -> None:
    parents = dict(MatterType.objects.values_list("code", "id"))
    types = [_type(row, parents) for row in rows]
    MatterType.objects.bulk_create(types)
    MatterLimit.objects.bulk_create(
        MatterLimit(type=kind, clock=Clock(clock), amount=amount, unit=unit, from_at=now)
        for kind, row in zip(types, rows, strict=True)
        for clock, (amount, unit) in row.get("limits", {}).items()
    )


def _type(row: Mapping[str, Any], parents: Mapping[str, Any]) -> MatterType:
    plain = ("family", "network", "urgent", "public", "to_grids", "handlers", "words", "recurrence_days")
    values = {name: row[name] for name in plain if name in row}
    values |= {name: row.get(key) or "" for name, key in _TEXTS.items()}
    return MatterType(
        code=row["code"],
        parent_id=parents.get(row["parent"]),
        level=row["level"],
        start_level=LEVELS[row.get("start_level", "grid")],
        danger=row.get("danger") or "",
        **values,
    )


def may_edit_list(who: Who) -> bool:
    """The list is one for all: whoever directs every town there is may change it, not one town's alone."""
    if not may(who, Permission.MATTER_TYPE_EDIT):
        return False
    towns = Area.objects.open().at_level(Level.TOWN).values_list("path", flat=True)
    return all(may(who, Permission.MATTER_TYPE_EDIT, Scope(paths=(path,))) for path in towns)


def require_edit(by: Who) -> None:
    """Raise NotAllowed for whoever may not change the list."""
    require(by, Permission.MATTER_TYPE_EDIT)
    if not may_edit_list(by):
        raise NotAllowed(_("The matter list is the same for every town: it is changed above them."))


def set_limit(kind: MatterType, *, clock: Clock, limit: Limit, by: Who, now: datetime) -> MatterLimit:
    """Give a type another limit from now on; the former one keeps its dates. What it moves is worked out anew."""
    require_edit(by)
    if not 1 <= limit.amount <= 365:
        raise Invalid(_("A limit is a number from 1 to 365."), code="limit", field="amount")
    with transaction.atomic():
        MatterType.objects.select_for_update().get(pk=kind.pk)  # two at once: the later one stands
        MatterLimit.objects.filter(type=kind, clock=clock, to_at=None).update(to_at=now)
        row = MatterLimit.objects.create(
            type=kind, clock=clock, amount=limit.amount, unit=limit.unit, from_at=now
        )  # fmt: skip
        MatterType.objects.filter(pk=kind.pk).update(sample=False)
        ask_recompute(now)
        _record_change(kind, {"clock": str(clock), "amount": limit.amount, "unit": str(limit.unit)}, by, now)
    return row


EDITABLE = (
    "name", "name_en", "hint", "hint_en", "filing", "filing_en", "closing", "closing_en", "public",
    "to_grids",
)  # fmt: skip


def change_type(kind: MatterType, *, values: Mapping[str, Any], by: Who, now: datetime) -> MatterType:
    """Change the words of an entry or whether it shows on the public map."""
    require_edit(by)
    changed = {
        name: values[name] for name in EDITABLE if name in values and values[name] != getattr(kind, name)
    }
    if not changed:
        return kind
    if not changed.get("name", kind.name).strip():
        raise Invalid(_("An entry needs a name."), code="missing", field="name")
    with transaction.atomic():
        MatterType.objects.filter(pk=kind.pk).update(**changed)
        _record_change(kind, {"fields": sorted(changed)}, by, now)
    kind.refresh_from_db()
    return kind


def close_type(kind: MatterType, *, by: Who, now: datetime) -> MatterType:
    """Take an entry off the list. Matters of it stay as they are."""
    require_edit(by)
    with transaction.atomic():
        if MatterType.objects.filter(pk=kind.pk, closed_at=None).update(closed_at=now) == 1:
            _record_change(kind, {"closed": True}, by, now)
    kind.refresh_from_db()
    return kind


def _record_change(kind: MatterType, facts: dict[str, Any], by: Who, now: datetime) -> None:
    record("matter_list.changed", Subject("matter_type", kind.pk), by=by.actor(), at=now, facts=facts)
