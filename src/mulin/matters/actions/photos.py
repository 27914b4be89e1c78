"""Photos of a matter: decoded, encoded again without their metadata, and stored."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Subject, record
from mulin.kernel import disk, storage
from mulin.kernel.ids import new_id
from mulin.kernel.images import SafePhoto, safe_photo
from mulin.kernel.refusals import Invalid
from mulin.matters.actions.sweeping import sweep_unknown
from mulin.matters.models import Matter, Photo
from mulin.posts.face import Permission, Who, require

SafePhotos = Sequence[SafePhoto]
FOLDER = "photos"


def make_safe(files: Iterable[UploadedFile[Any]]) -> list[SafePhoto]:
    """Decode what was uploaded, before any transaction opens. Raises Invalid or TooLarge, naming the file."""
    given = list(files)
    most = settings.MULIN_PHOTOS_PER_REPORT
    if len(given) > most:
        raise Invalid(
            _("At most %(most)d photos, please.") % {"most": most}, code="too_many_photos", field="photos"
        )
    if given:
        disk.check_room()
    return [safe_photo(cast(BinaryIO, file), max_bytes=settings.MULIN_PHOTO_BYTES) for file in given]


def add_photos(matter: Matter, photos: SafePhotos, *, by: Who, now: datetime) -> list[Photo]:
    """Add photos of how it looks now, apart from any move."""
    require(by, Permission.MATTER_HANDLE, matter)
    with transaction.atomic():
        rows = attach(matter, photos, when="after", by=by, now=now)
        facts = {"photos": [{"id": str(row.pk), "sha256": row.sha256} for row in rows]}
        record("matter.photographed", Subject("matter", matter.pk), by=by.actor(), at=now, facts=facts)
    return rows


def attach(
    matter: Matter, photos: SafePhotos, *, when: str, by: Who, now: datetime, by_reporter: bool = False
) -> list[Photo]:
    """Store photos with their rows. A file without a row is harmless; a row without a file never happens."""
    rows = [_row(matter, photo, when, by, now, by_reporter) for photo in photos]
    return Photo.objects.bulk_create(rows)


def _row(matter: Matter, photo: SafePhoto, when: str, by: Who, now: datetime, by_reporter: bool) -> Photo:
    name = f"{FOLDER}/{now:%Y/%m}/{new_id()}"
    _write(f"{name}.jpg", photo.jpeg)
    _write(f"{name}.thumb.jpg", photo.thumb)
    return Photo(
        matter=matter,
        when=when,
        file=f"{name}.jpg",
        thumb=f"{name}.thumb.jpg",
        width=photo.width,
        height=photo.height,
        size=len(photo.jpeg),
        sha256=hashlib.sha256(photo.jpeg).hexdigest(),
        by_reporter=by_reporter,
        by=by.user,
        at=now,
    )


def sweep_photos(now: datetime) -> int:
    """Remove files that have lain without a row for so long; returns how many photos went."""
    return sweep_unknown(FOLDER, _known, now)


def _known(folder: str) -> Iterable[tuple[str, str]]:
    return Photo.objects.filter(file__startswith=folder).values_list("file", "thumb")


def path_of(name: str) -> Path:
    """Where it lies in the data folder, unless a bucket holds it."""
    return Path(settings.MULIN_DATA) / name


def _write(name: str, content: bytes) -> None:
    # Not durable: the row may be lost with the power, too, and nobody is to wait for the disk in a transaction.
    storage.shelf().lay(name, io.BytesIO(content), durable=False)
