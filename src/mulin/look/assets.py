"""Where the built front end lies: reads the manifest that Vite writes.

Why not django-vite: it raises while rendering when nothing was built, and so every page test
of every room would need a node build first. This is all that we need of it.
"""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

DIST = "look/dist/"
MANIFEST_PATH = Path(__file__).parent / "static" / "look" / "dist" / "manifest.json"
ICON_SPRITE = "icons.svg"


@lru_cache(maxsize=4)
def _read(_mtime: float) -> dict[str, dict[str, Any]]:
    """Parse the manifest; keyed by its time, so that a rebuild is seen without a restart."""
    found: dict[str, dict[str, Any]] = json.loads(MANIFEST_PATH.read_text(encoding="utf-8"))
    return found


def manifest() -> dict[str, dict[str, Any]]:
    """The manifest, or nothing when the front end was not built."""
    try:
        return _read(
            os.stat(MANIFEST_PATH).st_mtime
        )  # asked for at every icon: without the detour over a path's methods
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=256)
def _url(file: str) -> str:
    """Where a file of the front end is served; its name carries its hash."""
    return static(DIST + file)


def _walk(entry: str, seen: dict[str, None]) -> None:
    """Collect an entry and everything it imports statically, the imports first."""
    if entry in seen:
        return
    for needed in manifest().get(entry, {}).get("imports", []):
        _walk(needed, seen)
    seen[entry] = None


def script_url(entry: str) -> str:
    """The URL of an entry's script; empty when it was not built."""
    file = manifest().get(entry, {}).get("file", "")
    return _url(file) if file else ""


def style_urls(entry: str) -> list[str]:
    """The style sheets of an entry and of all it imports, each once."""
    seen: dict[str, None] = {}
    _walk(entry, seen)
    known = manifest()
    files = dict.fromkeys(css for key in seen for css in known.get(key, {}).get("css", []))
    if entry in known and entry.endswith(".scss"):
        files[known[entry]["file"]] = None
    return [_url(file) for file in files]


def own_style_urls(entry: str) -> list[str]:
    """The style sheets of an entry itself, for a page that has those of its imports."""
    return [_url(file) for file in manifest().get(entry, {}).get("css", [])]


def preload_urls(entry: str) -> list[str]:
    """The scripts that an entry imports, for `modulepreload`."""
    seen: dict[str, None] = {}
    _walk(entry, seen)
    return [script_url(key) for key in seen if key != entry]


def sprite_url() -> str:
    """The URL of the icon sprite; empty when it was not built."""
    return script_url(ICON_SPRITE)
