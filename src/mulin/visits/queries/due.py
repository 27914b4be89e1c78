"""Where somebody should call: what nobody has confirmed for long, and whom one knows to be in need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, Subquery

from mulin.posts.face import Permission, Who
from mulin.registry.face import CareNeed, Household, Merchant, Residence
from mulin.visits.codes import Stage
from mulin.visits.models import Visit
from mulin.visits.queries.doors import DoorLine, Target, door_lines
from mulin.visits.rules.dates import today

PAGE, MOST = 50, 200
NEED_DAYS = 30  # without a call, where a need is known; a sample
Key = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Due:
    """A door to call at: since when nobody confirmed it, when somebody was met there last, what is planned."""

    target: Target
    door: DoorLine
    confirmed_at: datetime
    last_at: datetime | None
    planned_on: date | None

    @property
    def key(self) -> str:
        return f"{self.confirmed_at.isoformat()}~{self.target.pk}"


def due(
    who: Who, path: str, *, days: int, merchants: bool = False, after: str = "", limit: int = PAGE
) -> tuple[list[Due], str]:
    """The longest unconfirmed first, and the key of the next page ("" on the last); four statements."""
    limit = max(1, min(limit, MOST))
    before = who.now - timedelta(days=days)
    rows = _there(who, path, merchants).filter(confirmed_at__lt=before)
    key = _read_key(after)
    if key:
        rows = rows.filter(Q(confirmed_at__gt=key[0]) | Q(confirmed_at=key[0], id__gt=key[1]))
    found = list(_dressed(rows, merchants).order_by("confirmed_at", "id")[: limit + 1])
    lines = _lines(found[:limit], who)
    return lines, lines[-1].key if len(found) > limit else ""


def count_due(who: Who, path: str, *, days: int) -> int:
    """How many households of an area nobody has confirmed for so long."""
    count: int = _there(who, path, False).filter(confirmed_at__lt=who.now - timedelta(days=days)).count()
    return count


def in_need(who: Who, path: str, *, days: int = NEED_DAYS, limit: int = MOST) -> list[Due]:
    """Households of whoever has a care need that `who` may read, not called on for so long. The need is not named."""
    day = today(who.now)
    needs = CareNeed.objects.in_force(day).readable_by(who).filter(resident=OuterRef("resident"))
    homes = Residence.objects.there().filter(Exists(needs)).values("household")
    since = who.now - timedelta(days=days)
    called = Visit.objects.done_since(since).filter(household=OuterRef("pk"))
    rows = _there(who, path, False).filter(Q(pk__in=homes), ~Exists(called))
    return _lines(list(_dressed(rows, False).order_by("confirmed_at", "id")[:limit]), who)


def _there(who: Who, path: str, merchants: bool) -> Any:
    """Open households (or merchants) of an area that one visits."""
    rows: Any = Merchant.objects if merchants else Household.objects
    return rows.allowed(who, Permission.VISIT_RECORD).within(path).there()


def _dressed(rows: Any, merchants: bool) -> Any:
    """With the last call and the next."""
    here = Visit.objects.filter(**{"merchant" if merchants else "household": OuterRef("pk")})
    last = here.filter(stage=Stage.DONE).order_by("-visited_at").values("visited_at")[:1]
    planned = here.filter(stage=Stage.PLANNED).order_by("planned_on").values("planned_on")[:1]
    rows = rows.annotate(last_at=Subquery(last), planned_on=Subquery(planned))
    return rows.select_related("area").defer("area__border") if merchants else rows


def _lines(rows: Sequence[Any], who: Who) -> list[Due]:
    doors = door_lines(rows, who)
    return [Due(each, doors[each.pk], each.confirmed_at, each.last_at, each.planned_on) for each in rows]


def _read_key(text: str) -> Key | None:
    """Where the page before ended; a key that is broken starts the list again."""
    at, _mark, id = text[:100].partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return (moment.astimezone(UTC), UUID(id)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def last_calls(household_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When somebody was met last, by household; one statement."""
    rows = Visit.objects.filter(household__in=household_ids, stage=Stage.DONE).order_by()
    return dict(rows.values_list("household").annotate(at=Max("visited_at")))
