"""A key ring: a few random root keys in a file of their own, from which every other secret is derived.

The file lies outside the data folder, so that a stolen backup or disk copy of the data opens nothing. It is
created once, readable by its owner only. Old roots stay in the ring to open what they closed; the newest one
closes. `mulin.kernel.keysheet` prints the ring for the safe and reads it back, noticing every typing error.
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured

ROOT_BYTES = 32


class KeyMissing(ImproperlyConfigured):
    """A value was closed with a key that is not in this ring."""


@dataclass(frozen=True)
class KeyRing:
    """Root keys by number; the highest number is the current one."""

    roots: Mapping[int, bytes]

    @property
    def current(self) -> int:
        return max(self.roots)

    def secret(self, name: str, number: int | None = None) -> bytes:
        """Return 32 bytes that only this ring and `name` give, from root `number` (default: the current)."""
        return _derive(self._root(self.current if number is None else number), name)

    def _root(self, number: int) -> bytes:
        if number not in self.roots:
            raise KeyMissing(
                f"Key {number} is not in the key ring. Put back the key ring that belongs to this data "
                "(from its backup, or type in the key sheet from the safe)."
            )
        return self.roots[number]

    def rotated(self) -> "KeyRing":
        """Return this ring with one more root, which becomes the current one."""
        return KeyRing({**self.roots, self.current + 1: secrets.token_bytes(ROOT_BYTES)})


@lru_cache(maxsize=256)
def _derive(root: bytes, name: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"mulin:{name}".encode()).derive(root)


def new_ring() -> KeyRing:
    return KeyRing({1: secrets.token_bytes(ROOT_BYTES)})


def load(path: Path) -> KeyRing:
    """Read a ring; a file that is no key ring is a configuration error that says so."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        roots = {int(number): b64decode(root, validate=True) for number, root in held["roots"].items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise ImproperlyConfigured(f"{path} is not a Mulin key ring: {error}") from error
    if not roots or any(len(root) != ROOT_BYTES for root in roots.values()):
        raise ImproperlyConfigured(f"{path} is not a Mulin key ring: it holds no whole key")
    return KeyRing(roots)


def save(ring: KeyRing, path: Path) -> None:
    """Write a ring for its owner's eyes only; whole or not at all, never over another ring unless it grew."""
    if path.exists() and not load(path).roots.items() <= ring.roots.items():
        raise ImproperlyConfigured(f"{path} holds keys that the new ring lacks; it was left as it is")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = {
        "mulin": "key ring",
        "roots": {str(n): b64encode(root).decode() for n, root in sorted(ring.roots.items())},
    }
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(held, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load_or_make(path: Path, *, data: Path | None = None) -> KeyRing:
    """Return the ring at `path`, made at first need. A ring inside the data folder is refused."""
    if data is not None and path.resolve().is_relative_to(data.resolve()):
        raise ImproperlyConfigured(
            f"The key ring {path} lies inside the data folder {data}, so every copy of the data would "
            "carry its own keys. Set MULIN_KEYS to a folder elsewhere."
        )
    if not path.exists():
        _make(path)
    return load(path)


def _make(path: Path) -> None:
    """Create a ring unless another process just did: the first one to link it wins."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    save(new_ring(), draft)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
