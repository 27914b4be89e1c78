"""Open matters of the same kind near by: so that what is known already gets one more voice, not one more matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Q

from mulin.kernel.geo import box_around, distance_m
from mulin.matters.labels import state_label
from mulin.matters.models import Matter, MatterType
from mulin.matters.models.querysets import MatterQuerySet
from mulin.matters.queries.public import for_all, rounded
from mulin.matters.queries.tiles import tiles_over
from mulin.matters.rules.states import LIVE, kind_of
from mulin.places.face import Level, within
from mulin.posts.face import Who

MOST = 5
_LOOKED_AT = 300  # beside so many of one kind at one spot a few more make no difference
_ROUNDING_METRES = 20
_SALT = "matters.similar"
KEY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Spot:
    """Where the new one is: a pin, the smallest area known, or both."""

    place: str = ""  # path
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Similar:
    """One that is known already. To strangers it is what the public map shows; `number` and `title` are for staff."""

    id: UUID
    type_label: str
    kind: str
    state_label: str
    since: datetime
    voices: int
    metres: int | None  # none: at the same place, without a pin
    number: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        """What opens "me too" for whoever was shown it: for a day, and for nothing else."""
        return signing.dumps(self.id.hex, salt=_SALT)


class _Near(NamedTuple):
    id: UUID
    lon: float | None
    lat: float | None


def matter_of_key(key: str) -> UUID | None:
    """Back from the key; nothing where it is none of ours, or too old."""
    try:
        return UUID(signing.loads(key[:200], salt=_SALT, max_age=timedelta(seconds=KEY_SECONDS)))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def similar(
    kind: MatterType, spot: Spot, *, who: Who, public: bool = False, most: int = MOST
) -> list[Similar]:
    """The nearest first, then the newest. `public`: only what everybody may know of, as they may know it.

    Four statements at most, each a few short ranges of an index, however many matters there are.
    """
    near = _near(kind, spot, who.now, public)
    if not near:
        return []
    rows = _known(Matter.objects.filter(pk__in=near), who, public)
    return sorted((_similar(row, spot, public) for row in rows), key=_by_nearness)[:most]


def known_to(who: Who, id: UUID, *, public: bool) -> Matter | None:
    """The matter, if it may still get a voice of somebody who knows of it like this."""
    return _known(Matter.objects.filter(pk=id, state__in=LIVE), who, public).first()


def _known(rows: MatterQuerySet, who: Who, public: bool) -> MatterQuerySet:
    rows = rows.select_related("type")
    return for_all(rows).filter(type__public=True) if public else rows.visible_to(who).filter(_of_nobody())


def _of_nobody() -> Q:
    """Neither secret nor a complaint: a voice more would tell its owner that there is one."""
    return Q(secret=False, about_area=None, about_organisation=None)


def _near(kind: MatterType, spot: Spot, now: datetime, public: bool) -> list[UUID]:
    since = now - timedelta(hours=settings.MULIN_SIMILAR_HOURS)
    same = MatterType.objects.filter(parent=kind.parent_id, level=kind.level)
    types = list(same.values_list("pk", flat=True))
    found: dict[UUID, _Near] = {}
    for rows in (_by_pin(spot), _by_place(spot)):
        if rows is not None:
            rows = rows.filter(type__in=types, reported_at__gte=since)
            found |= {row[0]: _Near(*row) for row in rows.values_list("id", "lon", "lat")[:_LOOKED_AT]}
    return [each.id for each in found.values() if _within_reach(each, spot, public)]


def _by_pin(spot: Spot) -> MatterQuerySet | None:
    """On the few tiles around the pin: each is one range of the index of state and spot."""
    if spot.lon is None or spot.lat is None:
        return None
    near = Q(pk__in=[])
    for low, high in tiles_over(
        box_around(spot.lon, spot.lat, settings.MULIN_SIMILAR_METRES + _ROUNDING_METRES)
    ).ranges():
        near |= Q(state__in=LIVE, spot__gte=low, spot__lte=high)
    return Matter.objects.filter(near)


def _by_place(spot: Spot) -> MatterQuerySet | None:
    """In the same building, or for want of one at the very same place: a range of the index of kind and day."""
    if not spot.place:
        return None
    if len(spot.place) < Level.BUILDING and spot.lon is not None:
        return None  # a whole grid is not near by: the pin says it better
    rows = Matter.objects.filter(state__in=LIVE)
    if len(spot.place) < Level.BUILDING:
        return rows.filter(place=spot.place)
    low, high = within(spot.place[: Level.BUILDING])
    return rows.filter(place__gte=low, place__lt=high)


def _within_reach(near: _Near, spot: Spot, public: bool) -> bool:
    """Where both have a pin, these decide; else they are at the same place."""
    metres = _metres(near.lon, near.lat, spot, public)
    return metres is None or metres <= settings.MULIN_SIMILAR_METRES


def _metres(lon: float | None, lat: float | None, spot: Spot, public: bool) -> float | None:
    """To strangers from the rounded spot: asked from three sides, or at the edge, it gives no door away."""
    if lon is None or lat is None or spot.lon is None or spot.lat is None:
        return None
    if public:
        lon, lat = rounded(lon), rounded(lat)
    return distance_m(lon, lat, spot.lon, spot.lat)


def _similar(row: Matter, spot: Spot, public: bool) -> Similar:
    metres = _metres(row.lon, row.lat, spot, public)
    return Similar(
        id=row.pk,
        type_label=row.type.label,
        kind=str(kind_of(row.state)),
        state_label=state_label(row.state, resident=public),
        since=row.reported_at,
        voices=row.voices,
        metres=None if metres is None else int(round(metres, -1)) if public else round(metres),
        number="" if public else row.number,
        title="" if public else row.title,
    )


def _by_nearness(each: Similar) -> tuple[bool, int, float]:
    return each.metres is None, each.metres or 0, -each.since.timestamp()
