"""Appointing people to seats, and ending posts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.places.face import Area
from mulin.posts.actions import ends
from mulin.posts.entries import person_entry, seat_facts
from mulin.posts.models import Organisation, Post, Seat, User
from mulin.posts.permits import require
from mulin.posts.rules import Permission, Role, exclusive_with
from mulin.posts.rules import role as role_named
from mulin.posts.seats import check_anchor, seat_for
from mulin.posts.who import Who


@transaction.atomic
def appoint(
    user: User,
    *,
    role: str,
    by: Who,
    now: datetime,
    area: Area | None = None,
    organisation: Organisation | None = None,
    from_at: datetime | None = None,
    to_at: datetime | None = None,
    deputy_for: Post | None = None,
) -> Post:
    """Put a person on a seat, from now or from a later instant. Who may do so stands in the role's line.

    The person's row is locked first, so that of two appointments which exclude each other one sees the other.
    """
    line, begins = role_named(role), from_at or now
    place = check_anchor(line, area=area, organisation=organisation)
    require(by, line.appointed_by, place, seen_by=Permission.POST_READ)
    if by.user and by.user.id == user.id:
        raise NotAllowed(_("Nobody appoints themselves: ask somebody else who may."), code="oneself")
    _check_dates(begins, to_at, now, by)
    user = User.objects.select_for_update().get(pk=user.pk)
    check_person(user, line, begins, to_at, place)
    seat = seat_for(role, area=area, organisation=organisation)
    if deputy_for:
        _check_deputy(deputy_for, seat, begins)
    post = Post.objects.create(user=user, seat=seat, from_at=begins, to_at=to_at, deputy_for=deputy_for)
    facts = {"post": post.id, "from": begins, "to": to_at, **seat_facts(seat)}
    person_entry("post.begun", user, facts, by=by, now=now)
    return post


@transaction.atomic
def end_post(post: Post, *, by: Who, now: datetime, at: datetime | None = None) -> Post:
    """End a post, now or at a later instant. What it allowed ends with it, from the next request on."""
    require(by, post.seat.line.appointed_by, post.seat, seen_by=Permission.POST_READ)
    if at is not None and at < now and not by.is_system:
        raise Invalid(_("A post cannot end in the past."), code="past", field="at")
    if at is not None and now < at < post.from_at:
        message = _("This post begins later than that. Leave the day empty, and it never begins.")
        raise Invalid(message, code="ends_first", field="at")
    if not ends.end(post, at=at or now, by=by, now=now):
        raise Conflict(_("This post has ended already."))
    return post


def _check_dates(begins: datetime, ends_at: datetime | None, now: datetime, by: Who) -> None:
    if begins < now and not by.is_system:
        raise Invalid(_("A post cannot begin in the past."), code="past", field="from_at")
    if ends_at is not None and ends_at <= begins:
        raise Invalid(_("A post must end after it begins."), code="ends_first", field="to_at")


def _check_deputy(deputy_for: Post, seat: Seat, begins: datetime) -> None:
    if deputy_for.seat_id != seat.id:
        raise Invalid(_("A deputy stands in on the same seat."), code="other_seat", field="deputy_for")
    check_not_deputy(deputy_for)
    if deputy_for.to_at is not None and deputy_for.to_at <= begins:
        raise Invalid(
            _("The post that they would stand in for is over by then."), code="over", field="deputy_for"
        )


def check_not_deputy(post: Post) -> None:
    """A deputy of a deputy is refused: nobody could say any more who answers."""
    if post.deputy_for_id:
        message = _(
            "This post is held by a deputy, and a deputy has no deputy. Name another deputy for whoever is away, "
            "or leave the seat to the level above."
        )
        raise Invalid(message, code="deputy_of_deputy", field="deputy_for")


def check_person(
    user: User, line: Role, begins: datetime, ends_at: datetime | None, place: Area | Organisation
) -> None:
    """Under the lock: what they hold at the same time, even for a moment."""
    if not user.is_active:
        raise Invalid(_("This account is closed."), code="closed_account", field="user")
    held = Post.objects.filter(user=user).overlapping(begins, ends_at)
    at_place = {"seat__area": place} if isinstance(place, Area) else {"seat__organisation": place}
    if held.filter(seat__role=line.code, **at_place).exists():
        raise Invalid(_("They hold this post already at that time."), code="held_already", field="user")
    if line.group and held.filter(seat__role__in=exclusive_with(line)).exists():
        message = _(
            "The system administrator, the security administrator and the auditor are never one person."
        )
        raise Invalid(message, code="exclusive", field="role")
