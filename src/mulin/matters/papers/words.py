"""What all sheets about a matter have in common: times, rows of facts, the address behind the QR code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

from mulin.look import timewords
from mulin.matters.models import Matter
from mulin.places.face import Level, areas_at

Words = str | Promise
Row = dict[str, str]


def day(at: datetime | None) -> str:
    """The exact time, as people say it."""
    return timewords.exact(at) if at else ""


def stamp(at: datetime | None) -> str:
    """The exact time, as it stands in a narrow column."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def facts(rows: Iterable[tuple[Words, Any]]) -> list[Row]:
    """Rows of a sheet; what is empty has no row."""
    return [{"key": str(key), "value": str(value)} for key, value in rows if value not in (None, "")]


def town_of(path: str) -> str:
    """Whose sheet it is: the town in which the place lies."""
    found = areas_at([path[: Level.TOWN]]).get(path[: Level.TOWN])
    return found.label if found else ""


def where(matter: Matter) -> str:
    """The way down from the town, and the address as it was given."""
    paths = [matter.place[:length] for length in map(int, Level) if Level.TOWN < length <= len(matter.place)]
    known = areas_at(paths)
    way = " › ".join(known[path].label for path in paths if path in known)
    return "\n".join(filter(None, (way, matter.address)))


def address(path: str, start: str) -> str:
    """A page of ours as a phone opens it that scans the sheet; `start` is where the desk itself was asked."""
    return f"{settings.MULIN_PUBLIC_URL or start.rstrip('/')}{path}"
