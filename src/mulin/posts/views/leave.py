"""Who is away, who stands in, and entering leave: one's own, or for those whose seats one looks after."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import NotAllowed
from mulin.posts.actions import end_leave, enter_leave, set_deputy
from mulin.posts.actions.leave import may_arrange, may_enter_for, posts_during
from mulin.posts.forms import begins, ends, start_of
from mulin.posts.forms_leave import DeputiesForm, LeaveForm
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import Leave, Post, User
from mulin.posts.rules import Permission
from mulin.posts.rules.leave import LONGEST
from mulin.posts.views.base import done, one, page, sent, tried
from mulin.posts.views.people import find_person
from mulin.posts.who import Who

Desk = Permission.DESK_OPEN
MOST = 200
_COMING = timedelta(days=90)


@dataclass(frozen=True)
class Day:
    """A square of the month: how many are away; empty outside it."""

    day: date | None = None
    count: int = 0
    today: bool = False


@needs(Desk, Permission.POST_READ)
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away now and soon, and a month with how many are away each day."""
    who = who_asks(request)
    first = _month(request.GET.get("month", ""), who.now)
    seen = Leave.objects.visible_to(who)
    shown = list(seen.overlapping(*_span(first)).order_by("from_at", "id")[:MOST])
    soon = list(seen.overlapping(who.now, who.now + _COMING).with_all().order_by("from_at", "id")[:MOST])
    context = {
        "now_away": [leave for leave in soon if leave.from_at <= who.now],
        "to_come": [leave for leave in soon if leave.from_at > who.now],
        "weeks": _weeks(first, shown, timezone.localdate(who.now)),
        "heads": _heads(first),
        "month": date_format(first, "YEAR_MONTH_FORMAT"),
        "before": _link(first - timedelta(days=1)),
        "after": _link(_next(first)),
        "may_see_people": who.has(Permission.PERSON_READ),
        "has_posts": bool(who.posts),
    }
    return page(request, "leave_list.html", context)


@needs(Desk, Permission.POST_READ)
def leave_add(request: HttpRequest) -> HttpResponse:
    """One's own leave."""
    who = who_asks(request)
    assert who.user  # noqa: S101 - the gate lets nobody else in
    return _entering(request, who.user)


@needs(Desk, Permission.PERSON_READ)
def leave_add_for(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody else's: they are ill, and cannot enter it themselves."""
    who, user = who_asks(request), find_person(request, id)
    if not may_enter_for(who, user, posts_during(user, who.now, who.now + LONGEST)):
        raise NotAllowed
    return _entering(request, user)


@needs(Desk, Permission.POST_READ)
def leave(request: HttpRequest, id: UUID) -> HttpResponse:
    """One leave: each seat with who stands in there, and what may be done about it."""
    who, found = who_asks(request), find_leave(request, id)
    posts = posts_during(found.user, found.from_at, found.to_at)
    mine = is_mine(who, found)
    running = found.to_at > max(who.now, found.from_at)
    form = _deputies_form(request, found, posts, who) if running else None
    if request.method == "POST":
        if form is None:
            raise NotAllowed
        answer, status = tried(form, lambda _given: _changed(request, found, posts, form))
        if answer:
            return answer
    else:
        status = 200
    context = {
        "leave": found,
        "rows": _rows(found, posts),
        "form": form,
        "running": running,
        "may_end": running and (mine or may_enter_for(who, found.user, posts)),
        "may_see_people": who.has(Permission.PERSON_READ),
    }
    return page(request, "leave.html", context, status)


@needs(Desk, Permission.POST_READ)
@require_POST
def leave_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """Back already, or called off."""
    who = who_asks(request)
    end_leave(find_leave(request, id), by=who, now=who.now)
    messages.success(request, _("The leave is over. Nobody stands in any more."))
    return done(reverse("absences"))


def find_leave(request: HttpRequest, id: UUID) -> Leave:
    return one(Leave.objects.visible_to(who_asks(request)).with_all(), id)


def is_mine(who: Who, leave: Leave) -> bool:
    return who.user is not None and who.user.pk == leave.user_id


def may_name_at(who: Who, leave: Leave, post: Post) -> bool:
    """Whether somebody may say who stands in at one of the seats of a leave."""
    return post.deputy_for_id is None and (is_mine(who, leave) or may_arrange(who, post.seat))


def stand_in_at(leave: Leave, post: Post, now: datetime) -> Post | None:
    """Who stands in at a seat now, or will."""
    found = [each for each in leave.stand_ins if each.deputy_for_id == post.pk]
    return next((each for each in found if each.to_at and each.to_at > max(now, each.from_at)), None)


def _entering(request: HttpRequest, user: User) -> HttpResponse:
    who, status = who_asks(request), 200
    posts = posts_during(user, who.now, who.now + LONGEST)
    mine = who.user is not None and who.user.pk == user.pk
    named = [post for post in posts if mine or may_arrange(who, post.seat)]
    form = LeaveForm(sent(request), posts=named, who=who)
    form.order_fields(["from_day", "last_day"])
    if request.method == "POST":
        answer, status = tried(form, lambda given: _entered(request, user, form, given))
        if answer:
            return answer
    context = {
        "form": form,
        "person": user,
        "mine": mine,
        "stands_in": [post for post in posts if post.deputy_for_id],
    }
    return page(request, "leave_form.html", context, status)


def _entered(request: HttpRequest, user: User, form: LeaveForm, given: dict[str, Any]) -> HttpResponse:
    who, until = who_asks(request), ends(given["last_day"])
    assert until  # noqa: S101 - the field is required
    deputies = form.deputies
    from_at = begins(given["from_day"], who.now)
    during = {post.pk for post in posts_during(user, from_at, until)}
    found = enter_leave(
        user,
        from_at=from_at,
        to_at=until,
        deputies={post: deputy for post, deputy in deputies.items() if post in during},
        by=who,
        now=who.now,
    )
    messages.success(request, _("The leave is entered. Whoever stands in is told."))
    return done(reverse("leave", args=[found.pk]))


def _deputies_form(request: HttpRequest, found: Leave, posts: list[Post], who: Who) -> DeputiesForm | None:
    named = [post for post in posts if may_name_at(who, found, post)]
    if not named:
        return None
    form = DeputiesForm(sent(request), posts=named, who=who)
    for field in form.fields.values():
        standing = stand_in_at(found, field.post, who.now)  # type: ignore[attr-defined]  # the form itself declared this kind of field
        field.initial = standing.user_id if standing else None
        known = {value for value, _label in field.choices}  # type: ignore[attr-defined]  # as above
        if standing and str(standing.user_id) not in known:  # whoever sits there now is no candidate any more
            field.choices = [*field.choices, (str(standing.user_id), standing.user.label)]  # type: ignore[attr-defined]  # as above
    return form


def _changed(request: HttpRequest, found: Leave, posts: list[Post], form: DeputiesForm) -> HttpResponse:
    who, by_id = who_asks(request), {post.pk: post for post in posts}
    for id, deputy in form.deputies.items():
        standing = stand_in_at(found, by_id[id], who.now)
        if (standing.user_id if standing else None) != deputy:
            user = User.objects.get(pk=deputy) if deputy else None
            set_deputy(found, by_id[id], user, by=who, now=who.now)
    messages.success(request, _("Saved. Whoever stands in is told."))
    return done(reverse("leave", args=[found.pk]))


def _rows(found: Leave, posts: Sequence[Post]) -> list[dict[str, Any]]:
    """Each seat with all who stand in there during this leave, one after the other."""
    return [
        {
            "post": post,
            "stand_ins": [
                each for each in found.stand_ins
                if each.deputy_for_id == post.pk and each.to_at != each.from_at
            ],
        }
        for post in posts
    ]  # fmt: skip


def _month(text: str, now: datetime) -> date:
    """The first day of the month that the address names, else of this one."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = timezone.localdate(now).replace(day=1)
    return found if 2000 <= found.year <= 2200 else timezone.localdate(now).replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _link(day: date) -> str:
    return f"?month={day:%Y-%m}#month"


def _span(first: date) -> tuple[datetime, datetime]:
    return start_of(first), start_of(_next(first))


def _weeks(first: date, shown: Sequence[Leave], today: date) -> list[list[Day]]:
    spans = [(timezone.localdate(leave.from_at), _last(leave)) for leave in shown]
    return [
        [
            Day(day, sum(begin <= day <= last for begin, last in spans), day == today)
            if day.month == first.month
            else Day()
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


def _last(leave: Leave) -> date:
    return timezone.localdate(leave.to_at - timedelta(microseconds=1))


def _heads(first: date) -> list[str]:
    monday = first - timedelta(days=first.weekday())
    return [date_format(monday + timedelta(days=day), "D") for day in range(7)]
