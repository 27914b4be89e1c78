"""Whom a matter complains of: those who look after an area it lies in, or a body that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.places.face import Area, Level, contains, parents
from mulin.posts.face import Organisation

MOST = 100
_OFFERED = (Level.GRID, Level.VILLAGE, Level.TOWN)


@dataclass(frozen=True)
class About:
    """What it complains of: an area, a body, or nobody."""

    area: Area | None = None
    organisation: Organisation | None = None

    def __bool__(self) -> bool:
        return bool(self.area or self.organisation)


Options = list[tuple[str, str]]


def about_choices(place: Area, now: datetime, words: str = "") -> list[tuple[str, Options]]:
    """Of whom one may complain there, in two groups; `words` narrow the bodies down. Two statements."""
    areas = Area.objects.plain().open().filter(path__in=(place.path, *parents(place.path)))
    looked_after = [
        (f"area:{area.pk}", _("Whoever looks after %(area)s") % {"area": area.label})
        for area in sorted(areas, key=lambda area: -area.level)
        if area.level in _OFFERED
    ]
    bodies = _serving(place, now, words).order_by("name", "id")[:MOST]
    return [
        (_("Staff of the grid, the community or the street"), looked_after),
        (
            _("Offices and companies that serve this place"),
            [(f"body:{body.pk}", body.label) for body in bodies],
        ),
    ]


def find_about(value: str, place: Area, now: datetime, field: str = "about") -> About:
    """Back from what a form sends ("area:…", "body:…"; programs may name an area by its path). Raises Invalid.

    Only what has to do with the place can be complained of there.
    """
    if not value:
        return About()
    kind, _colon, id = value.partition(":")
    key = _uuid(id)
    if kind == "area":
        area = _area(key, id)
        if area and area.level >= Level.COUNTY and contains(area.path, place.path):
            return About(area=area)
    if key and kind == "body":
        body = _serving(place, now).filter(pk=key).first()
        if body:
            return About(organisation=body)
    raise Invalid(
        _("They have nothing to do with this place. Please choose whom it is about from the list."),
        code="about",
        field=field,
    )


def check_settled(about: About, field: str = "about") -> None:
    """Nobody settles on the spot what is about staff: it goes above them first."""
    if about:
        raise Invalid(
            _(
                "What is about staff or an office cannot be settled on the spot: report it, and it goes above them."
            ),
            code="about_settled",
            field=field,
        )


def _serving(place: Area, now: datetime, words: str = "") -> QuerySet[Organisation]:
    """Bodies that serve the place, and those at home there or above."""
    serving = Organisation.objects.serving(place.path, now).values("pk")
    at_home = Q(home__path__in=(place.path, *parents(place.path)))
    return Organisation.objects.open().named(words).filter(at_home | Q(pk__in=serving))


def _area(key: UUID | None, path: str) -> Area | None:
    rows = Area.objects.plain().open()
    return (rows.filter(pk=key) if key else rows.filter(path=path[:24])).first()


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
