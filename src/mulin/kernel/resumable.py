"""Uploads that may stop half-way and go on later: what has arrived lies beside the data until somebody claims it.

How far one is, is the length of its file and nothing else: no crash and no lost answer can make the two differ.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from mulin.kernel import disk
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, Invalid, NotYours, Refusal, TooLarge, TooMany

KEPT_FOR = timedelta(days=1)  # after its last byte
MOST_OPEN = 20  # of one owner
CHUNK = 256 * 1024


class Busy(Refusal):
    """Another connection is writing this very upload."""

    status = 423
    default_code = "busy"


@dataclass(frozen=True)
class Upload:
    """Something on its way. `owner` is who may go on with it, and for what."""

    id: UUID
    owner: str
    name: str
    length: int

    @property
    def offset(self) -> int:
        """How many bytes are here."""
        try:
            return self._file.stat().st_size
        except FileNotFoundError:
            raise NotYours from None

    @property
    def is_here(self) -> bool:
        """Whether it was not dropped meanwhile."""
        return self._file.exists()

    @property
    def is_whole(self) -> bool:
        return self.offset == self.length

    @property
    def expires_at(self) -> datetime:
        return _touched(self._file) + KEPT_FOR

    @property
    def _file(self) -> Path:
        return folder() / str(self.id) / "content"

    def open(self) -> BinaryIO:
        """Its bytes, all of them there. Raises Invalid where some are missing."""
        if not self.is_whole:
            words = _("%(name)s has not arrived whole: choose it again, and it goes on where it stopped.")
            raise Invalid(words % {"name": self.name}, code="not_whole", field="files")
        return self._file.open("rb")


def folder() -> Path:
    return Path(settings.MULIN_DATA) / "uploads"


def begin(owner: str, name: str, length: int) -> Upload:
    """Make room for an upload. Raises TooMany, NoRoom."""
    disk.check_room(length)
    if sum(1 for each in _all() if each.owner == owner) >= MOST_OPEN:
        raise TooMany(_("Too many uploads are open at once: finish or drop some first."), retry_after=600)
    made = Upload(new_id(), owner, name, length)
    place = folder() / str(made.id)
    place.mkdir(parents=True, mode=0o700)
    (place / "content").touch(mode=0o600)
    facts = {"owner": owner, "name": name, "length": length}
    (place / "facts.new").write_bytes(orjson.dumps(facts))
    os.replace(place / "facts.new", place / "facts")
    return made


def find(id: UUID, owner: str) -> Upload:
    """The upload, if it is this owner's. Raises NotYours."""
    found = _read(folder() / str(id))
    if found is None or found.owner != owner:
        raise NotYours
    return found


def append(upload: Upload, at: int, read: Callable[[int], bytes], *, announced: int | None = None) -> int:
    """Write what comes, from byte `at` on; returns how far it is. What came before it broke off is kept.

    Raises Conflict where it stands elsewhere, Busy where somebody else is writing, TooLarge where more comes than
    was announced, NoRoom.
    """
    with _locked(upload) as out:
        if out.seek(0, os.SEEK_END) != at:
            raise Conflict(_("This upload stands elsewhere: ask how far it is."), code="offset")
        if announced is not None and at + announced > upload.length:
            raise TooLarge(_("This is more than was announced."))
        disk.check_room(min(announced or 0, upload.length - at))
        with disk.refusing():
            _copy(read, out, upload.length - at)
        return out.tell()


def _copy(read: Callable[[int], bytes], out: BinaryIO, left: int) -> None:
    """As much as is missing. A connection that breaks off ends it: what came is kept."""
    while left > 0:
        try:
            piece = read(min(CHUNK, left))
        except OSError:
            return
        if not piece:
            return
        rest = memoryview(piece)
        while rest:  # a disk that is nearly full takes a part of it
            rest = rest[out.write(rest) :]
        left -= len(piece)


@contextmanager
def _locked(upload: Upload) -> Iterator[BinaryIO]:
    """Its file, ours alone; the lock goes with the process, so that none is left behind by a crash."""
    try:
        file = upload._file.open("r+b", buffering=0)
    except FileNotFoundError:
        raise NotYours from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(
                _("This upload is being written by another connection. Try again in a moment.")
            ) from None
        yield file


def drop(upload: Upload) -> None:
    """It was claimed, or is not wanted any more."""
    shutil.rmtree(folder() / str(upload.id), ignore_errors=True)


def sweep(now: datetime) -> int:
    """Remove what nobody went on with; the worker calls this. Returns how many went."""
    old = [each for each in _places() if now - _newest(each) > KEPT_FOR]
    for each in old:
        shutil.rmtree(each, ignore_errors=True)
    return len(old)


def _newest(place: Path) -> datetime:
    return max(
        (_touched(each) for each in (place, place / "content")), default=datetime.min.replace(tzinfo=UTC)
    )


def _touched(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.min.replace(tzinfo=UTC)


def _places() -> list[Path]:
    return [each for each in folder().iterdir() if each.is_dir()] if folder().is_dir() else []


def _all() -> Iterator[Upload]:
    return (found for each in _places() if (found := _read(each)))


def _read(place: Path) -> Upload | None:
    try:
        facts = orjson.loads((place / "facts").read_bytes())
        return Upload(UUID(place.name), facts["owner"], facts["name"], facts["length"])
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError):
        return None
