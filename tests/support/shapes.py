"""Which templates there are, and what in the source shapes each: a template serves until that changes."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SOURCE = ROOT / "src" / "mulin"
# What these say never reaches a template.
_PAGES_ONLY = {"views", "forms.py", "endpoints", "endpoints.py", "views.py", "urls.py", "static", "templates"}
_DATA_KINDS = {".py", ".json", ".csv", ".toml", ".tsv", ".txt", ".sql"}
# What makes the tables: an edit elsewhere costs no new migration run.
_TABLES = {"migrations", "models", "models.py", "apps.py", "kernel", "journal", "config", "start.py"}
_HARNESS = ("shapes", "template", "tiny", "clock", "passwords")


class Shape(StrEnum):
    """What a template holds."""

    BARE = "bare"  # tables, and nothing in them
    TOWN = "town"  # the tiny town, at the frozen moment
    LIVE = "live"  # the tiny town as of today, for a Mulin that runs on its own
    FULL = "full"  # the whole demo as of today, for what is slow anyway


def remember_keys() -> None:
    """Fix the keys for this run; xdist's workers take the controller's, whatever is edited meanwhile."""
    for shape in Shape:
        os.environ.setdefault(f"MULIN_TEST_KEY_{shape.name}", _key(shape))


def template_name(engine: str, shape: Shape) -> str:
    return f"{engine}-{shape}-{os.environ[f'MULIN_TEST_KEY_{shape.name}']}"


def _key(shape: Shape) -> str:
    today = str(datetime.now(UTC).date()) if shape in (Shape.LIVE, Shape.FULL) else ""
    digest = hashlib.sha256(today.encode())
    for file in sorted(_files(shape)):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _files(shape: Shape) -> list[Path]:
    harness = [ROOT / "tests" / "support" / f"{name}.py" for name in _HARNESS]
    source = (file for file in _SOURCE.rglob("*") if file.suffix in _DATA_KINDS)
    wanted = [file for file in source if _shapes(shape, set(file.relative_to(_SOURCE).parts))]
    return [*wanted, ROOT / "requirements" / "base.txt", *harness]


def _shapes(shape: Shape, parts: set[str]) -> bool:
    return bool(parts & _TABLES) if shape is Shape.BARE else not parts & _PAGES_ONLY
