"""What was there then? Paths of the past, resolved by the versions of areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulin.places.models import Area, AreaVersion, RetiredPath


@dataclass(frozen=True, slots=True)
class AreaThen:
    """An area as it was at an instant. `area` is what became of it since."""

    area: Area
    path: str
    parent_id: UUID | None
    name: str
    name_en: str
    border: bytes | None


def area_as_of(path: str, at: datetime) -> AreaThen | None:
    """Return the area that had this path, as it was at `at`; None where no area ever had it, or not yet.

    A path belongs to one area for ever, so one that was written down before or after its time still finds it.
    """
    area = owner_of(path)
    if area is None or at < area.from_at:
        return None
    return version_of(area, at)


def owner_of(path: str) -> Area | None:
    """Return the area whose path this is or once was."""
    area = Area.objects.filter(path=path).first()
    if area is None:
        retired = RetiredPath.objects.filter(path=path).select_related("area").first()
        area = retired.area if retired else None
    return area


def version_of(area: Area, at: datetime) -> AreaThen:
    """Return what an area was at an instant; before its first version, what it was at first."""
    if at >= area.changed_at:
        return _then(area, area)
    version = AreaVersion.objects.filter(area=area, to_at__gt=at).order_by("from_at").first()
    return _then(area, version or area)


def _then(area: Area, row: Area | AreaVersion) -> AreaThen:
    border = bytes(row.border) if row.border is not None else None
    return AreaThen(area, row.path, row.parent_id, row.name, row.name_en, border)
