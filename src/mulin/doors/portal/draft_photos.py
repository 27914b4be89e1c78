"""Photos of drafts: decoded and encoded anew on arrival, kept beside the town's photos until they are sent.

A draft's folder is removed when it is sent or thrown away; `sweep` takes what was left behind.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from mulin.doors.portal.draft import Draft, DraftPhoto
from mulin.kernel.ids import new_id
from mulin.kernel.images import SafePhoto
from mulin.kernel.refusals import Refusal
from mulin.matters.face import make_safe

KEPT_FOR = timedelta(hours=24)  # longer than a session lives


def add(draft: Draft, files: Iterable[UploadedFile[Any]]) -> list[str]:
    """Take what is a photo; return what to say about the rest. One bad file costs none of the good ones."""
    problems: list[str] = []
    for file in files:
        if len(draft.photos) >= settings.MULIN_PHOTOS_PER_REPORT:
            problems.append(
                _("At most %(most)d photos fit. The others were left out.")
                % {"most": settings.MULIN_PHOTOS_PER_REPORT}
            )
            break
        try:
            [photo] = make_safe([file])
        except Refusal as refusal:
            problems.append(f"{_short(file.name)}: {refusal.message}")
        else:
            draft.photos.append(_write(draft, photo))
    return problems


def remove(draft: Draft, name: str) -> None:
    """Take one out again; a name that is not the draft's own does nothing."""
    for photo in [each for each in draft.photos if each.name == name]:
        draft.photos.remove(photo)
        for file in (path(draft, photo), path(draft, photo, thumb=True)):
            file.unlink(missing_ok=True)


def safe_photos(draft: Draft) -> list[SafePhoto]:
    """As the matter takes them. What was swept meanwhile is left out."""
    there = [photo for photo in draft.photos if path(draft, photo).is_file()]
    return [
        SafePhoto(
            path(draft, photo).read_bytes(),
            photo.width,
            photo.height,
            path(draft, photo, thumb=True).read_bytes(),
        )
        for photo in there
    ]


def path(draft: Draft, photo: DraftPhoto, *, thumb: bool = False) -> Path:
    return _folder() / draft.id / f"{photo.name}{'.thumb' if thumb else ''}.jpg"


def throw_away(draft: Draft) -> None:
    shutil.rmtree(_folder() / draft.id, ignore_errors=True)


def sweep(now: datetime) -> int:
    """Remove what nobody sent; the worker calls this. Returns how many drafts went."""
    if not _folder().is_dir():
        return 0
    old = [each for each in _folder().iterdir() if now - _touched(each) > KEPT_FOR]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _touched(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def _folder() -> Path:
    return Path(settings.MULIN_DATA) / "drafts"


def _write(draft: Draft, photo: SafePhoto) -> DraftPhoto:
    made = DraftPhoto(str(new_id()), photo.width, photo.height)
    path(draft, made).parent.mkdir(parents=True, exist_ok=True)
    path(draft, made).write_bytes(photo.jpeg)
    path(draft, made, thumb=True).write_bytes(photo.thumb)
    return made


def _short(name: str | None) -> str:
    """A file's name as a person recognises it, short enough for a line."""
    plain = Path(name or "").name
    return plain if len(plain) <= 40 else f"{plain[:36]}…"
