"""Panoramas: a picture all around, pinned to a point; described anew; taken off the map with its file."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mulin.journal.face import Actor, record
from mulin.kernel import disk, storage
from mulin.kernel.ids import new_id
from mulin.kernel.images import SafePhoto
from mulin.kernel.panorama import safe_panorama
from mulin.kernel.refusals import Invalid
from mulin.places import entries
from mulin.places.actions.pinning import named, pinned_again, pinned_at
from mulin.places.actions.writing import begin
from mulin.places.landmark_models import Panorama
from mulin.places.landmark_rules import FULL_TURN

FOLDER = "panoramas"
KEPT_WITHOUT_ROW = timedelta(days=7)  # so that a database restored from before still finds its files


@dataclass(frozen=True, slots=True)
class PanoramaGiven:
    """What is said of a panorama, beside its picture."""

    name: str
    lon: float
    lat: float
    name_en: str = ""
    heading: int = 0
    taken_on: date | None = None


def read_panorama(file: BinaryIO) -> SafePhoto:
    """Decode what was uploaded, before any transaction opens. Raises Invalid or TooLarge."""
    disk.check_room()
    return safe_panorama(file, max_bytes=settings.MULIN_PANORAMA_BYTES)


def add_panorama(given: PanoramaGiven, picture: SafePhoto, *, by: Actor, now: datetime) -> Panorama:
    """Pin a picture to its point. A file without a row is harmless; a row without a file never happens."""
    columns = _columns(given, now)
    stored = _stored(picture, now)
    with transaction.atomic():
        begin()
        panorama = Panorama.objects.create(**columns, **stored, added_at=now, changed_at=now)
        _journal(entries.PANORAMA_ADDED, panorama, by, now, sha256=panorama.sha256)
    return panorama


@transaction.atomic
def change_panorama(panorama: Panorama, given: PanoramaGiven, *, by: Actor, now: datetime) -> Panorama:
    """Say anew what it is called, where it was taken and which way it looks; the picture stays."""
    begin()
    panorama = pinned_again(panorama)
    columns = _columns(given, now)
    changed = sorted(name for name, value in columns.items() if getattr(panorama, name) != value)
    if not changed:
        return panorama
    for name in changed:
        setattr(panorama, name, columns[name])
    panorama.changed_at = now
    panorama.save(update_fields=[*changed, "changed_at"])
    _journal(entries.PANORAMA_CHANGED, panorama, by, now, changed=changed)
    return panorama


@transaction.atomic
def close_panorama(panorama: Panorama, *, by: Actor, now: datetime) -> Panorama:
    """Take it off the map at once; its files go a week later, with the nightly sweep."""
    begin()
    panorama = pinned_again(panorama)
    panorama.closed_at = panorama.changed_at = now
    panorama.save(update_fields=["closed_at", "changed_at"])
    _journal(entries.PANORAMA_CLOSED, panorama, by, now)
    return panorama


def sweep_panoramas(now: datetime) -> int:
    """Remove files that no panorama on the map has held for a week; returns how many went."""
    shelf = storage.shelf()
    old = [each.name for each in shelf.things(FOLDER) if now - each.written_at > KEPT_WITHOUT_ROW]
    if not old:
        return 0
    held = _held(now)
    gone = [name for name in old if name not in held]
    for name in gone:
        shelf.discard(name)
    return len(gone)


def _held(now: datetime) -> set[str]:
    rows = Panorama.objects.exclude(closed_at__lt=now - KEPT_WITHOUT_ROW).values_list("file", "thumb")
    return {name for names in rows for name in names}


def _columns(given: PanoramaGiven, now: datetime) -> dict[str, Any]:
    if not 0 <= given.heading < FULL_TURN:
        raise Invalid(_("A direction is 0 to 359 degrees; north is 0."), code="heading", field="heading")
    if given.taken_on and given.taken_on > localtime(now).date():
        raise Invalid(_("This day is still to come."), code="future", field="taken_on")
    return {
        **named(given.name, given.name_en),
        **pinned_at(given.lon, given.lat),
        "heading": given.heading,
        "taken_on": given.taken_on,
    }


def _stored(picture: SafePhoto, now: datetime) -> dict[str, Any]:
    name = f"{FOLDER}/{now:%Y/%m}/{new_id()}"
    for ending, content in ((".jpg", picture.jpeg), (".thumb.jpg", picture.thumb)):
        storage.shelf().lay(f"{name}{ending}", io.BytesIO(content))
    return {
        "file": f"{name}.jpg", "thumb": f"{name}.thumb.jpg", "width": picture.width, "height": picture.height,
        "size": len(picture.jpeg), "sha256": hashlib.sha256(picture.jpeg).hexdigest(),
    }  # fmt: skip


def _journal(code: str, panorama: Panorama, by: Actor, now: datetime, **more: Any) -> None:
    facts = {"path": panorama.place, "heading": panorama.heading, **more}
    words = {"name": panorama.name}
    record(code, entries.about_pinned(panorama), by=by, at=now, facts=facts, words=words)
