"""What there is to doubt about a matter that somebody settles by themselves, read when chance is asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from mulin.matters.actions.cases import Loaded
from mulin.matters.actions.photos import SafePhotos
from mulin.matters.actions.reporters import ReporterGiven
from mulin.matters.models import Matter, Part, PartKind, Photo
from mulin.matters.rules.moves import Move
from mulin.matters.rules.sample import Risk, share
from mulin.matters.rules.states import Circulation, State
from mulin.matters.rules.who import SeatKey
from mulin.places.face import Level
from mulin.posts.face import Seat


def birth_share(
    matter: Matter, move: Move, source: ReporterGiven, person: UUID | None, seat: SeatKey | None,
    photos: SafePhotos, now: datetime,
) -> float | None:  # fmt: skip
    """How likely one that is settled on the spot is checked; None where nothing is drawn."""
    if not move.drawn or seat is None or matter.held_at.level < Level.GRID:
        return None
    own = source.staff is not None and source.staff == person
    return _share(
        matter, own=own, photo=bool(photos), seat=Q(seat__role=seat.role, seat__area=seat.area), now=now
    )


def move_share(
    loaded: Loaded, move: Move, person: UUID | None, seat: Seat | None, photos: SafePhotos, now: datetime
) -> float | None:
    """How likely one that is handed in is checked; None where nothing is drawn."""
    matter = loaded.matter
    if not move.drawn or seat is None or matter.circulation is not Circulation.MICRO:
        return None
    own = loaded.case.reporter is not None and loaded.case.reporter == person
    shown = bool(photos) or Photo.objects.filter(matter=matter, when="after").exists()
    return _share(matter, own=own, photo=shown, seat=Q(seat=seat), now=now)


def _share(matter: Matter, *, own: bool, photo: bool, seat: Q, now: datetime) -> float:
    return share_of_risk(matter, own=own, photo=photo, settled_today=_settled_today(seat, now))


def share_of_risk(matter: Matter, *, own: bool, photo: bool, settled_today: int = 0) -> float:
    """How likely a matter with these doubts is drawn."""
    risk = Risk(
        photo=photo,
        own_report=own,
        danger=bool(matter.type.danger or matter.urgent),
        again=matter.recurrence,
        settled_today=settled_today,
        reworks=matter.rework_count,
    )
    return share(settings.MULIN_MICRO_CHECK_SHARE, risk)


def _settled_today(seat: Q, now: datetime) -> int:
    """By the same seat, today, and not closed yet: on the index of open parts."""
    morning = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Part.objects.filter(
        seat, kind=PartKind.LEAD, to_at=None, matter__state=State.HANDLED, matter__state_at__gte=morning
    ).count()
