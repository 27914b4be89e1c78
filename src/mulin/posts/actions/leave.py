"""Leave: somebody is away from one day to another, and others stand in for them (AB 岗)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Entry, Json, OutboxDraft, Subject, outbox_add_many
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.posts.actions import ends
from mulin.posts.actions.appointments import check_not_deputy, check_person
from mulin.posts.directory import Directory
from mulin.posts.entries import person_entry, seat_facts
from mulin.posts.models import Leave, Post, Seat, User
from mulin.posts.permits import may
from mulin.posts.queries.leave import candidates, colleagues
from mulin.posts.rules import Permission
from mulin.posts.rules.leave import LONGEST
from mulin.posts.who import Who

Deputies = Mapping[UUID, UUID | None]
"""By the id of a post, who stands in there; None or left out: the level above does."""


def may_arrange(who: Who, seat: Seat) -> bool:
    """Whether somebody may say who stands in at this seat: whoever fills it, or sits above it."""
    if may(who, seat.line.appointed_by, seat):
        return True
    if seat.line.group or not may(who, Permission.LEAVE_ARRANGE, seat):
        return False
    return seat.area is None or not {(line.role.code, line.path) for line in who.own}.isdisjoint(
        seat.superiors()
    )


def may_enter_for(who: Who, user: User, posts: list[Post]) -> bool:
    """Oneself, or whoever may arrange one of the posts."""
    is_self = who.user is not None and who.user.pk == user.pk
    return is_self or who.is_system or any(may_arrange(who, post.seat) for post in posts)


def posts_during(user: User, from_at: datetime, to_at: datetime) -> list[Post]:
    """The posts that somebody holds at any time in between, as the page of a leave lists them."""
    posts = Post.objects.filter(user=user).overlapping(from_at, to_at).with_all()
    return [post for post in posts.order_by("from_at", "id") if post.to_at != post.from_at]


@transaction.atomic
def enter_leave(
    user: User, *, from_at: datetime, to_at: datetime, deputies: Deputies, by: Who, now: datetime
) -> Leave:
    """Somebody is away, from an instant up to another. Everybody concerned is locked first, always in one order."""
    _check_dates(from_at, to_at, now, by)
    posts = posts_during(user, from_at, to_at)
    if not may_enter_for(by, user, posts):
        raise NotAllowed
    people = _locked(user.pk, *(deputy for deputy in deputies.values() if deputy))
    user = people[user.pk]
    _check_absent(user, posts, deputies, from_at, to_at)
    leave = Leave.objects.create(user=user, from_at=from_at, to_at=to_at, created_at=now)
    facts: dict[str, Json] = {"leave": leave.id, "from": from_at, "to": to_at}
    entry = person_entry("leave.entered", user, facts, by=by, now=now)
    if by.user and by.user.pk != user.pk:
        _tell("leave.entered", entry, [user.pk], now)
    for post in posts:
        deputy = deputies.get(post.pk)
        if deputy:
            _stand_in(leave, post, people[deputy], by=by, now=now)
        elif post.deputy_for_id is None:
            _uncovered(leave, post, by=by, now=now)
    return leave


@transaction.atomic
def set_deputy(leave: Leave, post: Post, deputy: User | None, *, by: Who, now: datetime) -> Leave:
    """Let somebody else, or nobody but the level above, stand in at one seat from now on."""
    people = _locked(leave.user_id, *([deputy.pk] if deputy else []))
    leave = _running(leave, now)
    if post.user_id != leave.user_id or post not in posts_during(leave.user, leave.from_at, leave.to_at):
        raise Invalid(_("They do not hold this post while they are away."), code="other_post", field="post")
    _require_for(leave.user, post, by)
    for stand_in in leave.deputy_posts.filter(deputy_for=post).overlapping(now, None).with_all():
        if deputy and stand_in.user_id == deputy.pk:
            return leave
        ends.end(stand_in, at=now, by=by, now=now)
    if deputy:
        _stand_in(leave, post, people[deputy.pk], by=by, now=now)
    else:
        _uncovered(leave, post, by=by, now=now)
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, by: Who, now: datetime) -> Leave:
    """Back already, or called off before it began; whoever stands in does so no longer."""
    _locked(leave.user_id)
    leave = _running(leave, now)
    if not may_enter_for(by, leave.user, posts_during(leave.user, leave.from_at, leave.to_at)):
        raise NotAllowed
    until = max(now, leave.from_at)
    Leave.objects.filter(pk=leave.pk).update(to_at=until)
    leave.to_at = until
    stand_ins = list(leave.deputy_posts.overlapping(now, None).with_all())
    for post in stand_ins:
        ends.end(post, at=until, by=by, now=now)
    facts: dict[str, Json] = {"leave": leave.id, "from": leave.from_at, "to": until}
    entry = person_entry("leave.ended", leave.user, facts, by=by, now=now)
    told = {post.user_id for post in stand_ins} | {leave.user_id}
    _tell("leave.ended", entry, sorted(told - {by.user.pk if by.user else None}), now)
    return leave


def _check_dates(from_at: datetime, to_at: datetime, now: datetime, by: Who) -> None:
    if from_at < now and not by.is_system:
        raise Invalid(_("Leave cannot begin in the past."), code="past", field="from_at")
    if to_at <= from_at:
        raise Invalid(_("The leave must end after it begins."), code="ends_first", field="to_at")
    if to_at - from_at > LONGEST:
        message = _("That is longer than a year. End the post instead: somebody else has to be appointed.")
        raise Invalid(message, code="too_long", field="to_at")


def _locked(*ids: UUID) -> dict[UUID, User]:
    rows = User.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    found = {user.pk: user for user in rows}
    if len(found) != len(set(ids)):
        raise Invalid(_("There is no such person."), code="unknown_person", field="deputies")
    return found


def _check_absent(
    user: User, posts: list[Post], deputies: Deputies, from_at: datetime, to_at: datetime
) -> None:
    if not posts:
        message = _("They hold no post in these days, so nobody has to stand in for them.")
        raise Invalid(message, code="no_post", field="from_at")
    if not {post for post, deputy in deputies.items() if deputy} <= {post.pk for post in posts}:
        raise Invalid(
            _("They do not hold this post while they are away."), code="other_post", field="deputies"
        )
    if Leave.objects.filter(user=user).overlapping(from_at, to_at).exists():
        message = _("They are away in these days already. End or call off that leave first.")
        raise Invalid(message, code="away_already", field="from_at")


def _running(leave: Leave, now: datetime) -> Leave:
    leave = Leave.objects.select_related("user").get(pk=leave.pk)
    if leave.to_at <= max(now, leave.from_at):
        raise Conflict(_("This leave is over already."))
    return leave


def _require_for(user: User, post: Post, by: Who) -> None:
    is_self = by.user is not None and by.user.pk == user.pk
    if not (is_self or may_arrange(by, post.seat)):
        raise NotAllowed(_("Who stands in at this seat is not yours to say."))


def _stand_in(leave: Leave, post: Post, deputy: User, *, by: Who, now: datetime) -> None:
    """The deputy holds the seat too, no longer than the leave and the post last."""
    _require_for(leave.user, post, by)
    check_not_deputy(post)
    begins = max(leave.from_at, post.from_at, now)
    until = min(leave.to_at, post.to_at or leave.to_at)
    _check_deputy(post, deputy, begins, until, by, now)
    made = Post.objects.create(
        user=deputy, seat=post.seat, from_at=begins, to_at=until, deputy_for=post, leave=leave
    )
    facts = {"post": made.id, "deputy_for": post.id, "from": begins, "to": until, **seat_facts(post.seat)}
    entry = person_entry("post.begun", deputy, facts, by=by, now=now)
    _tell("leave.stand_in", entry, [deputy.pk], now)


def _check_deputy(
    post: Post, deputy: User, begins: datetime, until: datetime, by: Who, now: datetime
) -> None:
    if deputy.pk == post.user_id or (by.user and deputy.pk == by.user.pk):
        message = _("Nobody names themselves. Without a deputy the seat comes to the level above anyway.")
        raise Invalid(message, code="oneself", field="deputies")
    if Leave.objects.filter(user=deputy).overlapping(begins, until).exists():
        away = _("%(name)s is away in these days too: name somebody else.")
        raise Invalid(away % {"name": deputy.label}, code="deputy_away", field="deputies")
    seat, place = post.seat, post.seat.place
    check_person(deputy, seat.line, begins, until, place)
    among = candidates(post, now)
    if deputy not in among or not (may_arrange(by, post.seat) or deputy.pk in colleagues(post, among, now)):
        message = _(
            "%(name)s cannot stand in here: name somebody with the same work in this town, or somebody above the seat."
        )
        raise Invalid(message % {"name": deputy.label}, code="no_colleague", field="deputies")


def _uncovered(leave: Leave, post: Post, *, by: Who, now: datetime) -> None:
    """Nobody stands in: whoever is above is told that the turns of this seat come to them."""
    facts = {"leave": leave.id, "from": leave.from_at, "to": leave.to_at, **seat_facts(post.seat)}
    entry = person_entry("leave.uncovered", leave.user, facts, by=by, now=now)
    seat, directory = post.seat, Directory(now)
    state = directory.seat(seat.role, area=seat.area, organisation=seat.organisation)
    above = directory.superior(state)
    if above and not set(state.holders) - {leave.user_id}:
        _tell("leave.uncovered", entry, above.holders, now)


def _tell(kind: str, entry: Entry, people: list[UUID] | tuple[UUID, ...], now: datetime) -> None:
    subject = Subject(entry.subject_kind, entry.subject)
    outbox_add_many(OutboxDraft(kind, subject, entry, now, person) for person in people)
