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

    file: tuple[int, int, int]  # inode, instant, length
    ring: KeyRing


_read: dict[str, _Read] = {}


def ring() -> KeyRing:
    """Return this installation's ring, made at first need, read again where the file is another one by now.

    So web and worker close with the new key from the moment on that it is there, without a restart; and nobody ever
    meets a value whose key they do not have yet.
    """
    at = os.path.join(
        settings.MULIN_KEYS, RING_FILE
    )  # called for each value: a Path would cost more than the look
    known = _read.get(at)
    try:
        file = _file(at)
    except FileNotFoundError:
        if known is not None:  # somebody took the file away: what this process knows goes on opening
            return known.ring
        load_or_make(Path(at), data=Path(settings.MULIN_DATA))
        file = _file(at)
    if known is None or known.file != file:
        known = _read[at] = _Read(file, load_or_make(Path(at), data=Path(settings.MULIN_DATA)))
    return known.ring


def _file(at: str) -> tuple[int, int, int]:
    seen = os.stat(at)
    return seen.st_ino, seen.st_mtime_ns, seen.st_size


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
