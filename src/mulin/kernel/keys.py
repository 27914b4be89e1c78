"""This installation's keys: where they are, and their way onto paper and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from mulin.kernel import keysheet
from mulin.kernel.keyring import KeyRing, load_or_make

RING_FILE = "ring.json"


class _Read(NamedTuple):
    """A ring, and which file it was read from: a rotation puts another file in its place."""

    at: str
    inode: int
    instant: int
    ring: KeyRing


_read: dict[Path | str, _Read] = {}


def ring() -> KeyRing:
    """Return this installation's ring, made at first need, read again where the file is another one by now.

    So web and worker close with the new key from the moment on that it is there, without a restart; and nobody ever
    meets a value whose key they do not have yet. Asked for each value: it costs one look at the file.
    """
    known = _read.get(settings.MULIN_KEYS)
    if known is None:
        return _read_again()
    try:
        seen = os.stat(known.at)
    except FileNotFoundError:  # somebody took the file away: what this process knows goes on opening
        return known.ring
    if seen.st_mtime_ns == known.instant and seen.st_ino == known.inode:
        return known.ring
    return _read_again()


def _read_again() -> KeyRing:
    """What lies there now; what is put there while it is read is noticed with the next look."""
    file = path()
    if not file.exists():
        load_or_make(file, data=Path(settings.MULIN_DATA))
    seen = os.stat(file)
    known = _Read(
        str(file), seen.st_ino, seen.st_mtime_ns, load_or_make(file, data=Path(settings.MULIN_DATA))
    )
    _read[settings.MULIN_KEYS] = known
    return known.ring


def path() -> Path:
    """Return the file the ring lies in: in the folder of the setting MULIN_KEYS."""
    return Path(settings.MULIN_KEYS) / RING_FILE


def forget() -> None:
    """Read the ring again at next need: after one was brought back, and in tests."""
    _read.clear()


def fingerprints(of: KeyRing) -> dict[str, str]:
    """Names each root key by its number without telling anything of it: a backup says which keys open it."""
    return {str(number): of.secret("fingerprint", number).hex()[:16] for number in sorted(of.roots)}


def mark_printed() -> None:
    """Remember that the keys that are there now lie on paper."""
    _mark_file().write_text(_mark(), encoding="ascii")


def was_printed() -> bool:
    """Whether the keys that are there now were ever printed."""
    mark = _mark_file()
    return mark.exists() and mark.read_text(encoding="ascii").strip() == _mark()


def is_rotated() -> bool:
    """Whether everything that can be was closed again with the newest key."""
    return ring().current <= _rotated()


def mark_rotated() -> None:
    """Remember that it was, so that a rotation that was cut off is known from one that is over."""
    _rotated_file().write_text(f"{ring().current}\n", encoding="ascii")


def _rotated() -> int:
    try:
        return int(_rotated_file().read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 1  # the first key of all: nothing was ever closed by an older one


def _rotated_file() -> Path:
    return path().parent / "rotated"


def _mark_file() -> Path:
    return path().parent / "sheet-printed"


def _mark() -> str:
    return " ".join(fingerprints(ring()).values())


def secret(name: str) -> bytes:
    """Return the 32 bytes known under `name` in this installation."""
    return ring().secret(name)


def sheet() -> str:
    """Return this installation's ring as text to print for the safe."""
    return keysheet.sheet(ring())


def restore_from_sheet(text: str) -> KeyRing:
    """Return the ring a printed sheet describes; `kernel.keyring.save` writes it to its file."""
    return keysheet.restore_from_sheet(text)
