"""Reads settings from the environment, strictly: a value that is not understood stops the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points at."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: say 1 or 0.")


def number(name: str, default: float, *, low: float, high: float) -> float:
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    try:
        value = float(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r}: say a number.") from None
    if not low <= value <= high:
        raise ImproperlyConfigured(f"{name}={raw!r}: say a number from {low:g} to {high:g}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def addresses(name: str) -> list[str]:
    """Addresses of machines, as they are compared. A network or a name would never fit, and nobody would notice."""
    found = words(name)
    for each in found:
        try:
            ip_address(each)
        except ValueError:
            said = f"{name}: {each!r} is no address of a machine. Networks and names are not understood here."
            raise ImproperlyConfigured(said) from None
    return [str(ip_address(each)) for each in found]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = os.environ.get(name) or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r}: say one of {', '.join(allowed)}.")
    return value


def read(name: str, reader: Callable[[str], T], default: str = "") -> T:
    """The variable as `reader` understands it; what it does not understand is told without quoting a secret."""
    try:
        return reader(text(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}.") from None


def choices(name: str, default: str, allowed: tuple[str, ...]) -> list[str]:
    """Several of these words, with commas."""
    given = words(name, default)
    wrong = [word for word in given if word not in allowed]
    if wrong:
        raise ImproperlyConfigured(f"{name}={','.join(given)!r}: say some of {', '.join(allowed)}.")
    return given


def issuer(name: str) -> str:
    """The address of a single sign-on. What it says is believed because it comes by HTTPS, so it must."""
    address = text(name).rstrip("/")
    parts = urlsplit(address)
    if address and parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ImproperlyConfigured(f"{name}={address!r}: say an address that begins with https://")
    return address


def tile_hosts(address: str) -> list[str]:
    """The one host that tiles come from, for the Content-Security-Policy; none of our own, none with {s} in it."""
    parts = urlsplit(address)
    if not parts.netloc or "{" in parts.netloc:
        return []
    if parts.scheme not in ("http", "https") or parts.username is not None or not parts.hostname:
        raise ImproperlyConfigured(
            "MULIN_TILES is an address of tiles: https://tiles.example.cn/{z}/{x}/{y}.png"
        )
    return [f"{parts.scheme}://{parts.netloc}"]


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def session_secret(keys: Path) -> str:
    """Signs sessions and forms. Made once beside the key ring; losing it only signs everyone out."""
    given = text("MULIN_SECRET_KEY")
    if given:
        return given
    file = keys / "session-secret"
    if not file.exists():
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(file, secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()


def _write_once(file: Path, value: str) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return
    with os.fdopen(handle, "w") as out:
        out.write(value)


def database(url: str, data: Path) -> dict[str, Any]:
    """SQLite in the data folder, or PostgreSQL by `postgresql://user:password@host:port/name?option=value`."""
    if not url:
        return sqlite(data / "mulin.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql:// or sqlite:///")
    return _postgresql(parts.path, parts.username, parts.password, parts.hostname, parts.port, parts.query)


def sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "mulin.kernel.db.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # a write transaction takes its lock at the start: a deferred one that reads first fails under load
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728"
            ),
        },
    }


def _postgresql(
    path: str, user: str | None, password: str | None, host: str | None, port: int | None, query: str
) -> dict[str, Any]:
    options: dict[str, Any] = dict(parse_qsl(query))
    host = options.pop("host", None) or host
    return {
        "ENGINE": "mulin.kernel.db.postgresql",
        "NAME": unquote(path.lstrip("/")),
        "USER": unquote(user or ""),
        "PASSWORD": unquote(password or ""),
        "HOST": host or "",
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}, **options},
    }
