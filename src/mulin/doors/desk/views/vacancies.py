"""Seats where nobody sits, or whoever sits there is away: who has their turns meanwhile, and how much waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mulin.matters.face import waiting_counts
from mulin.posts.face import (
    Directory,
    Permission,
    Post,
    Seat,
    SeatState,
    User,
    Who,
    away_from,
    may,
    may_arrange,
    needs,
    people_by_id,
    who_asks,
)

PAGE = 50


@dataclass(frozen=True)
class Vacancy:
    """One seat, why nobody is there, and what becomes of its turns."""

    seat: Seat
    away: tuple[User, ...]
    back_at: datetime | None
    since: datetime | None
    mine: bool
    above: tuple[User, ...]
    waits: int
    may_fill: bool
    may_move: bool


@needs(Permission.DESK_OPEN, Permission.POST_READ)
def vacancies(request: HttpRequest) -> HttpResponse:
    """From the top of one's area down; those whose turns are mine first say so."""
    who = who_asks(request)
    rows = list(_vacant(who, request.GET.get("after", ""))[: PAGE + 1])
    context = {
        "rows": _rows(rows[:PAGE], who),
        "page": _links(rows),
        "now": who.now,
        "may_see_people": who.has(Permission.PERSON_READ),
    }
    return render(request, "desk/vacancies.html", context)


def _vacant(who: Who, after: str) -> QuerySet[Seat]:
    path, _mark, role = after[:80].partition("~")
    rest = Q(area__path__gt=path) | Q(area__path=path, role__gt=role) if path.isdigit() else Q()
    seats = Seat.objects.visible_to(who).exclude(area=None).at_places().vacant_at(who.now)
    return seats.filter(rest).order_by("area__path", "role")


def _rows(seats: Sequence[Seat], who: Who) -> list[Vacancy]:
    mine = {seat.pk for seat in who.waiting_seats()}
    waits, directory = waiting_counts(seats), Directory(who.now)
    over = Post.objects.filter(seat__in=seats, to_at__lte=who.now).order_by()
    since = dict(over.values_list("seat").annotate(Max("to_at")))
    above = {seat.pk: directory.superior(_state(directory, seat)) for seat in seats}
    away = {seat.pk: away_from(seat.pk, who.now) for seat in seats}
    ids = {id for state in above.values() if state for id in state.holders}
    people = people_by_id(ids | {id for there in away.values() for id in there})
    return [
        Vacancy(
            seat=seat,
            away=tuple(people[id] for id in away[seat.pk] if id in people),
            back_at=min(away[seat.pk].values(), default=None),
            since=None if away[seat.pk] else since.get(seat.pk),
            mine=seat.pk in mine,
            above=_named(above[seat.pk], people),
            waits=waits.get(seat.pk, 0),
            may_fill=may(who, seat.line.appointed_by, seat),
            may_move=may_arrange(who, seat),
        )
        for seat in seats
    ]


def _state(directory: Directory, seat: Seat) -> SeatState:
    return directory.seat(seat.role, area=seat.area)


def _named(state: SeatState | None, people: dict[UUID, User]) -> tuple[User, ...]:
    return tuple(people[id] for id in state.holders if id in people) if state else ()


def _links(rows: Sequence[Seat]) -> dict[str, str]:
    if len(rows) <= PAGE:
        return {}
    last = rows[PAGE - 1]
    path = last.area.path if last.area else ""
    return {"next_url": "?" + urlencode({"after": f"{path}~{last.role}"}), "previous_url": ""}
