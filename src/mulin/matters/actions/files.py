"""Files of a matter: looked at, scanned and stored before any transaction opens; rows and journal in one."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.journal.face import Subject, record
from mulin.kernel import clamav, disk, firstpage, resumable, storage
from mulin.kernel.filekinds import WINDOW, Format, Kind, check_inside, format_of, plain_name, preview_in
from mulin.kernel.ids import new_id
from mulin.kernel.images import SafePhoto, safe_photo
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, Refusal, TooLarge
from mulin.kernel.resumable import Upload
from mulin.matters.actions.photos import attach, sweep_photos
from mulin.matters.actions.sweeping import KEPT_WITHOUT_ROW, sweep_unknown
from mulin.matters.models import Attachment, Matter
from mulin.matters.rules.states import Kind as StateKind
from mulin.posts.face import Permission, Who, may, require

FOLDER = "files"
OF_A_REPORTER = 20  # so many of one matter


@dataclass(frozen=True)
class Stored:
    """A file that is in the store and has no row yet; without one it is swept out after some days."""

    name: str
    format: Format
    file: str
    preview: str
    size: int
    sha256: str
    scanned: bool


Taken = Stored | SafePhoto
"""A picture becomes a photo as all others are: decoded, and encoded anew."""


def check_announced(name: str, size: int) -> Format:
    """Whether such a file would be taken at all: by its name and its length, before a byte of it is read."""
    shown = plain_name(name)
    found = format_of(shown)
    if size == 0:
        raise Invalid(_("%(name)s is empty.") % {"name": shown}, code="empty_file", field="files")
    most = settings.MULIN_FILE_MB[found.kind]
    if size > most * 1024**2:
        words = _("%(name)s is too large: of this kind at most %(most)d MB are taken.")
        raise TooLarge(words % {"name": shown, "most": most}, field="files")
    return found


def take_in(
    files: Iterable[UploadedFile[Any]], uploads: Sequence[Upload] = (), *, now: datetime
) -> list[Taken]:
    """Look at what was sent and store it; what is refused names the file, and nothing of any of them gets a row."""
    sent = list(files)
    if len(sent) + len(uploads) > settings.MULIN_FILES_AT_ONCE:
        words = _("At most %(most)d files at once, please.") % {"most": settings.MULIN_FILES_AT_ONCE}
        raise Invalid(words, code="too_many_files", field="files")
    for name, size in [(str(each.name), each.size or 0) for each in sent] + [
        (u.name, u.length) for u in uploads
    ]:
        check_announced(name, size)
    disk.check_room(sum(each.size or 0 for each in sent))
    taken = [_take(cast(BinaryIO, each), str(each.name), now) for each in sent]
    return taken + [_take_upload(each, now) for each in uploads]


def _take_upload(upload: Upload, now: datetime) -> Taken:
    """What is refused for what it is, is gone at once; what could not be looked at may be tried again."""
    with upload.open() as file:
        try:
            return _take(file, upload.name, now)
        except Invalid:
            resumable.drop(upload)
            raise


def _take(file: BinaryIO, given: str, now: datetime) -> Taken:
    name = plain_name(given)
    found = format_of(name)
    check_inside(file, name, found)
    scanned = _scan(file, name)
    if found.kind is Kind.PHOTO:
        file.seek(0)
        return safe_photo(file, max_bytes=settings.MULIN_PHOTO_BYTES)
    size, sha256 = _measure(file)
    stem = f"{FOLDER}/{now:%Y/%m}/{new_id()}"
    storage.shelf().lay(f"{stem}.{found.ext}", file)
    return Stored(name, found, f"{stem}.{found.ext}", _preview(file, found, stem), size, sha256, scanned)


def _scan(file: BinaryIO, name: str) -> bool:
    try:
        return clamav.check(file)
    except Refusal as refusal:
        refusal.message, refusal.field = f"{name}: {refusal.message}", "files"
        raise


def _measure(file: BinaryIO) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(WINDOW):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def _preview(file: BinaryIO, found: Format, stem: str) -> str:
    """A small picture of it where one can be had; else pages show an icon."""
    file.seek(0)
    held = file.read(firstpage.MOST + 1) if found.kind in (Kind.PDF, Kind.OFFICE) else b""
    if not held or len(held) > firstpage.MOST:
        return ""
    picture = firstpage.picture(held) if found.kind is Kind.PDF else preview_in(io.BytesIO(held))
    if not picture:
        return ""
    try:
        thumb = safe_photo(io.BytesIO(picture), max_bytes=settings.MULIN_PHOTO_BYTES).thumb
    except Refusal:  # it is only a preview
        return ""
    storage.shelf().lay(f"{stem}.thumb.jpg", io.BytesIO(thumb))
    return f"{stem}.thumb.jpg"


def add_files(
    matter: Matter, taken: Sequence[Taken], *, for_reporter: bool = False, as_reporter: bool = False, by: Who,
    now: datetime,
) -> list[Attachment]:  # fmt: skip
    """Add what was taken in. `as_reporter`: the door has made sure that it is whoever raised it.

    Of a matter that was withdrawn, declined or joined nothing more is taken from its reporter.
    """
    if not taken:
        raise Invalid(_("Choose a file first."), code="missing", field="files")
    if not as_reporter:
        require(by, Permission.MATTER_NOTE, matter)
    elif matter.kind is StateKind.VOID:
        raise Conflict(_("Nothing more can be added to this matter."), code="ended")
    photos = [each for each in taken if isinstance(each, SafePhoto)]
    stored = [each for each in taken if isinstance(each, Stored)]
    with transaction.atomic():
        _check_count(matter, len(stored), as_reporter=as_reporter)
        rows = [_row(matter, each, for_reporter or as_reporter, as_reporter, by, now) for each in stored]
        Attachment.objects.bulk_create(rows)
        shown = attach(
            matter, photos, when="before" if as_reporter else "after", by=by, now=now, by_reporter=as_reporter
        )
        _record(
            matter, rows, "matter.file_added" if for_reporter or as_reporter else "matter.file_kept", by, now
        )
        _record(matter, shown, "matter.photographed", by, now)
    return rows


def _check_count(matter: Matter, more: int, *, as_reporter: bool) -> None:
    there = Attachment.objects.filter(matter=matter, removed_at=None)
    most = settings.MULIN_FILES_PER_MATTER
    if as_reporter:
        there, most = there.filter(by_reporter=True), min(most, OF_A_REPORTER)
    if more and there.count() + more > most:
        words = _("A matter takes at most %(most)d files.") % {"most": most}
        raise Invalid(words, code="too_many_files", field="files")


def _row(
    matter: Matter, stored: Stored, for_reporter: bool, by_reporter: bool, by: Who, now: datetime
) -> Attachment:
    return Attachment(
        matter=matter, kind=stored.format.kind, name=stored.name, media=stored.format.media, file=stored.file,
        preview=stored.preview, size=stored.size, sha256=stored.sha256, scanned=stored.scanned,
        by_reporter=by_reporter, for_reporter=for_reporter, by=by.user, at=now,
    )  # fmt: skip


def _record(matter: Matter, rows: Sequence[Any], code: str, by: Who, now: datetime) -> None:
    """Which, and what they hold as a hash; their names stay with the rows."""
    if rows:
        facts = {"files": [{"id": str(row.pk), "sha256": row.sha256} for row in rows]}
        record(code, Subject("matter", matter.pk), by=by.actor(), at=now, facts=facts)


def may_remove(row: Attachment, who: Who, matter: Matter) -> bool:
    """Whoever added it, and the centre: else a handler could make away with what was sent about their work."""
    own = row.by_id is not None and who.user is not None and row.by_id == who.user.pk
    return (own and may(who, Permission.MATTER_NOTE, matter)) or may(who, Permission.MATTER_REFER, matter)


def remove_file(row: Attachment, *, as_reporter: bool = False, by: Who, now: datetime) -> None:
    """Take a file away again: nobody sees it from now on, and after seven days its bytes are gone."""
    if not (row.by_reporter if as_reporter else may_remove(row, by, row.matter)):
        raise NotAllowed(_("Only whoever added a file may remove it."))
    with transaction.atomic():
        if not Attachment.objects.filter(pk=row.pk, removed_at=None).update(removed_at=now, name=""):
            raise Conflict(_("This file was removed already."))
        _record(row.matter, [row], "matter.file_removed", by, now)


def sweep_stored(now: datetime) -> int:
    """Remove the bytes of what was removed, and of what never got a row; returns how many photos and files went."""
    return sweep_photos(now) + sweep_unknown(FOLDER, lambda month: _known(month, now), now)


def _known(month: str, now: datetime) -> Iterable[tuple[str, str]]:
    """What was removed is still known for some days, for a database restored from before."""
    kept = Q(removed_at=None) | Q(removed_at__gt=now - KEPT_WITHOUT_ROW)
    return Attachment.objects.filter(kept, file__startswith=month).values_list("file", "preview")


def claim(uploads: Sequence[Upload]) -> None:
    """They have become files of a matter: what arrived piece by piece is not needed any more."""
    for each in uploads:
        resumable.drop(each)
