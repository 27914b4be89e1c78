"""Public places: put on the map, changed, taken off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Actor, record
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.places import entries
from mulin.places.actions.pinning import named, pinned_again, pinned_at
from mulin.places.actions.writing import begin
from mulin.places.landmark_models import Landmark
from mulin.places.landmark_rules import NOTE_LIMIT, LandmarkKind


@dataclass(frozen=True, slots=True)
class LandmarkGiven:
    """A public place as somebody describes it."""

    name: str
    kind: str
    lon: float
    lat: float
    name_en: str = ""
    note: str = ""
    note_en: str = ""


@transaction.atomic
def add_landmark(given: LandmarkGiven, *, by: Actor, now: datetime) -> Landmark:
    """Put a public place on the map. Whether one may, at that point, the door has asked."""
    begin()
    landmark = Landmark.objects.create(**_columns(given), added_at=now, changed_at=now)
    _journal(entries.LANDMARK_ADDED, landmark, by, now)
    return landmark


@transaction.atomic
def change_landmark(landmark: Landmark, given: LandmarkGiven, *, by: Actor, now: datetime) -> Landmark:
    """Describe it anew. The same again changes nothing."""
    begin()
    landmark = pinned_again(landmark)
    columns = _columns(given)
    changed = sorted(name for name, value in columns.items() if getattr(landmark, name) != value)
    if not changed:
        return landmark
    for name in changed:
        setattr(landmark, name, columns[name])
    landmark.changed_at = now
    landmark.save(update_fields=[*changed, "changed_at"])
    _journal(entries.LANDMARK_CHANGED, landmark, by, now, changed=changed)
    return landmark


@transaction.atomic
def close_landmark(landmark: Landmark, *, by: Actor, now: datetime) -> Landmark:
    """Take it off the map; the row stays."""
    begin()
    landmark = pinned_again(landmark)
    landmark.closed_at = landmark.changed_at = now
    landmark.save(update_fields=["closed_at", "changed_at"])
    _journal(entries.LANDMARK_CLOSED, landmark, by, now)
    return landmark


def _columns(given: LandmarkGiven) -> dict[str, Any]:
    if given.kind not in LandmarkKind.values:
        raise Invalid(_("Please choose what kind of place it is."), code="kind", field="kind")
    return {
        **named(given.name, given.name_en),
        **pinned_at(given.lon, given.lat),
        "kind": given.kind,
        "note": clean(given.note, NOTE_LIMIT, lines=False, field="note"),
        "note_en": clean(given.note_en, NOTE_LIMIT, lines=False, field="note_en"),
    }


def _journal(code: str, landmark: Landmark, by: Actor, now: datetime, **more: Any) -> None:
    facts = {"path": landmark.place, "kind": landmark.kind, **more}
    words = {"name": landmark.name}
    record(code, entries.about_pinned(landmark), by=by, at=now, facts=facts, words=words)
