"""The operations on leave for programs: the same actions and query sets as the pages."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from mulin.kernel.refusals import Invalid
from mulin.kernel.shapes import Problem
from mulin.posts import actions, shapes_leave
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import Leave, Post, User
from mulin.posts.rules import Permission
from mulin.posts.shapes import Instant
from mulin.posts.views.base import one
from mulin.posts.views.leave import find_leave

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
MOST = 200
AHEAD = timedelta(days=90)


@router.get("/leaves", response={200: list[shapes_leave.LeaveOut], **FAILS})
@needs(Permission.POST_READ)
def leaves(request: HttpRequest, from_at: Instant | None = None, to_at: Instant | None = None) -> Any:
    """Who is away between two instants, the first 200; from now on for 90 days, where nothing is said."""
    who = who_asks(request)
    begin = from_at or who.now
    end = to_at or begin + AHEAD
    if end <= begin:
        raise Invalid(_("The end must come after the beginning."), code="ends_first", field="to_at")
    found = Leave.objects.visible_to(who).overlapping(begin, end).with_all().order_by("from_at", "id")
    return [shapes_leave.LeaveOut.of(leave) for leave in found[:MOST]]


@router.post("/leaves", response={201: shapes_leave.LeaveOut, **FAILS})
@needs(Permission.POST_READ)
def leave_add(request: HttpRequest, given: shapes_leave.LeaveIn) -> Any:
    """Enter leave, your own or somebody's whose seat you look after, and say who stands in."""
    who = who_asks(request)
    user = _person(request, given.person) if given.person else who.user
    assert user  # noqa: S101 - the gate lets nobody else in
    leave = actions.enter_leave(
        user,
        from_at=given.from_at or who.now,
        to_at=given.to_at,
        deputies={each.post: each.person for each in given.deputies},
        by=who,
        now=who.now,
    )
    return Status(201, _fresh(leave))


@router.get("/leaves/{id}", response={200: shapes_leave.LeaveOut, **FAILS})
@needs(Permission.POST_READ)
def leave(request: HttpRequest, id: UUID) -> Any:
    """One leave."""
    return shapes_leave.LeaveOut.of(find_leave(request, id))


@router.post("/leaves/{id}/deputy", response={200: shapes_leave.LeaveOut, **FAILS})
@needs(Permission.POST_READ)
def leave_deputy(request: HttpRequest, id: UUID, given: shapes_leave.DeputyIn) -> Any:
    """Let somebody else, or nobody but the level above, stand in at one seat from now on."""
    who, found = who_asks(request), find_leave(request, id)
    post = one(Post.objects.filter(user=found.user).with_all(), given.post)
    deputy = User.objects.active().filter(pk=given.person).first() if given.person else None
    if given.person and deputy is None:
        raise Invalid(_("There is no such person."), code="unknown_person", field="person")
    return _fresh(actions.set_deputy(found, post, deputy, by=who, now=who.now))


@router.post("/leaves/{id}/end", response={200: shapes_leave.LeaveOut, **FAILS})
@needs(Permission.POST_READ)
def leave_end(request: HttpRequest, id: UUID) -> Any:
    """Back already, or called off before it began; nobody stands in any more."""
    who = who_asks(request)
    return _fresh(actions.end_leave(find_leave(request, id), by=who, now=who.now))


def _person(request: HttpRequest, id: UUID) -> User:
    who = who_asks(request)
    if who.user and id == who.user.pk:
        return who.user
    return one(User.objects.visible_to(who), id)


def _fresh(leave: Leave) -> shapes_leave.LeaveOut:
    return shapes_leave.LeaveOut.of(Leave.objects.with_all().get(pk=leave.pk))
