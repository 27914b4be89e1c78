"""Second looks: which wait for somebody, and what they come to for an area and a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from mulin.kernel.refusals import NotAllowed
from mulin.matters.models import Matter, Recheck
from mulin.matters.rules.confirmed import Answer, Share
from mulin.matters.rules.states import Kind, of_kind
from mulin.places.face import Level, within
from mulin.posts.face import Who

NEXT_LEVEL = {
    Level.PROVINCE: Level.CITY,
    Level.CITY: Level.COUNTY,
    Level.COUNTY: Level.TOWN,
    Level.TOWN: Level.VILLAGE,
}


def rechecks_of(who: Who) -> QuerySet[Recheck]:
    """The open ones that wait for a seat of theirs."""
    return Recheck.objects.filter(seat__in=[seat.pk for seat in who.seats], answered_at=None)


def open_rechecks(who: Who) -> QuerySet[Recheck]:
    """The same, soonest due first, without those in which they had a part themselves."""
    rows = rechecks_of(who).exclude(matter__parts__person=who.user)
    return (
        rows.select_related("matter__type", "matter__taken_by")
        .defer("matter__taken_by__border")
        .order_by("due_at", "id")
    )


def blind_to(matter: Matter, who: Who) -> Recheck | None:
    """The second look that this person still owes: until then they do not see who handled it."""
    if matter.kind is not Kind.DONE:
        return None
    return rechecks_of(who).filter(matter=matter).first()


def not_blind(matter: Matter, who: Who) -> Matter:
    """The matter, unless this person still owes a second look at it."""
    if blind_to(matter, who):
        raise NotAllowed(
            _("You look at this again without knowing who handled it: first say what you found."),
            code="blind",
        )
    return matter


@dataclass(frozen=True)
class Solved:
    """For one area: of what was looked at again, how much was solved; beside it, how much was closed in time."""

    path: str
    confirmed: Share
    cannot_tell: int
    in_time: Share


def solved_figures(path: str, since: datetime, until: datetime) -> list[Solved]:
    """The area itself, then each area of the next level in it that has any; two statements."""
    below = NEXT_LEVEL.get(Level(len(path))) if len(path) in set(Level) else None
    rows = _answers(path, since, until, below or len(path))
    times = _times(path, since, until, below or len(path))
    paths = sorted({*rows, *times} - {path}) if below else []
    whole = _joined(path, rows.values(), times.values())
    return [whole, *(_joined(each, [rows.get(each, {})], [times.get(each, (0, 0))]) for each in paths)]


def _answers(path: str, since: datetime, until: datetime, length: int) -> dict[str, dict[str, int]]:
    low, high = within(path)
    found = (
        Recheck.objects.filter(drawn_at__gte=since, drawn_at__lte=until, place__gte=low, place__lt=high)
        .exclude(answer="")
        .values(area=Substr("place", 1, int(length)), said=F("answer"))
        .annotate(n=Count("id"))
    )
    counts: dict[str, dict[str, int]] = {}
    for row in found:
        counts.setdefault(row["area"], {})[row["said"]] = row["n"]
    return counts


def _times(path: str, since: datetime, until: datetime, length: int) -> dict[str, tuple[int, int]]:
    """How many were closed by the date first promised, of how many."""
    low, high = within(path)
    found = (
        Matter.objects.filter(
            state__in=of_kind(Kind.DONE), closed_at__gte=since, closed_at__lte=until,
            filed_place__gte=low, filed_place__lt=high,
        )
        .values(area=Substr("filed_place", 1, int(length)))
        .annotate(n=Count("id"), right=Count("id", filter=Q(closed_at__lte=F("first_promise_at"))))
    )  # fmt: skip
    return {row["area"]: (row["right"], row["n"]) for row in found}


def _joined(path: str, answers: Iterable[dict[str, int]], times: Iterable[tuple[int, int]]) -> Solved:
    answers, times = list(answers), list(times)
    solved = sum(each.get(Answer.SOLVED, 0) for each in answers)
    not_solved = sum(each.get(Answer.NOT_SOLVED, 0) for each in answers)
    return Solved(
        path,
        Share(solved, solved + not_solved),
        sum(each.get(Answer.CANNOT_TELL, 0) for each in answers),
        Share(sum(right for right, _n in times), sum(n for _right, n in times)),
    )
