"""This installation's keys: where they are, and their way onto paper and back."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from mulin.kernel import keysheet
from mulin.kernel.keyring import KeyRing, load_or_make

RING_FILE = "ring.json"


@lru_cache(maxsize=8)
def _ring_at(keys: Path | str, data: Path | str) -> KeyRing:
    return load_or_make(Path(keys) / RING_FILE, data=Path(data))


def ring() -> KeyRing:
    """Return this installation's ring, made at first need, read once per process."""
    return _ring_at(settings.MULIN_KEYS, settings.MULIN_DATA)


def path() -> Path:
    """Return the file the ring lies in: in the folder of the setting MULIN_KEYS."""
    return Path(settings.MULIN_KEYS) / RING_FILE


def forget() -> None:
    """Read the ring again at next need: after a rotation, and in tests."""
    _ring_at.cache_clear()


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
