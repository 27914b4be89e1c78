"""What was opened outside one's area: for whoever reviews it, by weeks, and for the page of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from mulin.journal.face import Disclosure
from mulin.posts.face import Seat, User, Who, people_by_id, seats_by_id
from mulin.registry.models import BreakGlass
from mulin.registry.queries.places import places_named

PAGE = 30
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Opened:
    """One glass, with who, on which seat, where, and how often they looked meanwhile."""

    glass: BreakGlass
    user: User | None
    seat: Seat | None
    where: str
    readings: int
    judged_by: User | None

    @property
    def week(self) -> date:
        """The Monday of its week: by weeks it is gone through."""
        day = timezone.localdate(self.glass.opened_at)
        return day - timedelta(days=day.weekday())


def opened_for(who: Who, *, judged: bool, after: str = "") -> tuple[list[Opened], str]:
    """One page of those that one may review, the newest first, and the key after which it goes on."""
    rows = BreakGlass.objects.visible_to(who).order_by("-opened_at", "-id")
    rows = rows.exclude(judged="") if judged else rows.to_review()
    found = list(rows.filter(_before(after))[: PAGE + 1])
    more = f"{found[PAGE - 1].opened_at.isoformat()} {found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return dressed(found[:PAGE]), more


def _before(key: str) -> Q:
    at, _blank, id = key.partition(" ")
    try:
        read, row = datetime.fromisoformat(at), UUID(id)
        if read.tzinfo is None:
            return Q()
        instant = read.astimezone(UTC)
    except (ValueError, OverflowError):
        return Q()
    return Q(opened_at__lt=instant) | Q(opened_at=instant, pk__lt=row)


def dressed(rows: Sequence[BreakGlass]) -> list[Opened]:
    """With names and places, in as many statements for many as for one."""
    people = people_by_id({id for row in rows for id in (row.user_id, row.judged_by_id) if id})
    seats = seats_by_id({row.seat for row in rows if row.seat})
    where, read = places_named(row.place for row in rows), _readings(rows)
    return [
        Opened(
            row, people.get(row.user_id), seats.get(row.seat) if row.seat else None, where.get(row.place, ""),
            read.get(row.pk, 0), people.get(row.judged_by_id) if row.judged_by_id else None,
        )
        for row in rows
    ]  # fmt: skip


def _readings(rows: Sequence[BreakGlass]) -> Mapping[UUID, int]:
    """How many readings each of them wrote on their chain while the glass was open, of whatever it was."""
    if not rows:
        return {}
    spans = Q()
    for row in rows:
        spans |= Q(reader=row.user_id, at__gte=row.opened_at, at__lt=row.until_at)
    said = list(Disclosure.objects.filter(spans).values_list("reader", "at"))
    return {
        row.pk: sum(reader == row.user_id and row.opened_at <= at < row.until_at for reader, at in said)
        for row in rows
    }


def overdue(now: datetime) -> int:
    """How many nobody has looked at again within a week."""
    return BreakGlass.objects.to_review().filter(opened_at__lt=now - WEEK).count()
