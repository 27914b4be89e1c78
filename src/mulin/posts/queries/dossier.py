"""What a page shows about somebody: what they hold, held and will hold; and who did what about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mulin.journal.face import Line, Subject, timeline
from mulin.posts.models import Duty, Leave, Organisation, Post, Seat, User
from mulin.posts.permits import may
from mulin.posts.rules import Permission
from mulin.posts.who import Who

AHEAD = timedelta(days=366)  # how far ahead a page tells when somebody will be away


@dataclass(frozen=True)
class Held:
    """A post with what the reader may do about it."""

    post: Post
    state: str  # now, past or future
    may_end: bool


@dataclass(frozen=True)
class Dossier:
    """Everything about one person that this room knows."""

    posts: list[Held]
    duties: list[tuple[Duty, bool]]
    events: list[dict[str, object]]
    away: list[Leave]


def dossier(user: User, who: Who) -> Dossier:
    """Posts (latest first), duties that run, and the latest of their journal for those who manage them."""
    posts = Post.objects.filter(user=user).with_all().order_by("-from_at", "-id")[:100]
    duties = (
        Duty.objects.filter(user=user).open_at(who.now).select_related("area").defer("area__border")[:200]
    )
    away = Leave.objects.filter(user=user).overlapping(who.now, who.now + AHEAD).order_by("from_at", "id")
    manages = may(who, Permission.PERSON_MANAGE, user) or who.has(Permission.JOURNAL_READ)
    return Dossier(
        posts=[_held(post, who) for post in posts],
        duties=[(duty, bool(duty.area) and may(who, Permission.DUTY_ASSIGN, duty)) for duty in duties],
        events=_events(timeline(Subject("person", user.id))) if manages else [],
        away=list(away[:20]),
    )


def with_posts(people: Sequence[User], now: datetime) -> list[tuple[User, list[Post]]]:
    """People with the posts that they hold now, in one statement."""
    found: dict[object, list[Post]] = {}
    for post in Post.objects.open_at(now).filter(user__in=people).with_seats().order_by("from_at", "id"):
        found.setdefault(post.user_id, []).append(post)
    return [(user, found.get(user.id, [])) for user in people]


def with_holders(seats: Sequence[Seat], now: datetime) -> list[tuple[Seat, list[User]]]:
    """Seats with those who sit there now, in one statement."""
    found: dict[object, list[User]] = {}
    for post in (
        Post.objects.open_at(now).filter(seat__in=seats).select_related("user").order_by("from_at", "id")
    ):
        found.setdefault(post.seat_id, []).append(post.user)
    return [(seat, found.get(seat.id, [])) for seat in seats]


def body_events(body: Organisation) -> list[dict[str, object]]:
    return _events(timeline(Subject("organisation", body.id)))


def _held(post: Post, who: Who) -> Held:
    over = post.to_at is not None and post.to_at <= who.now
    state = "past" if over else "future" if post.from_at > who.now else "now"
    return Held(post, state, not over and may(who, post.seat.line.appointed_by, post.seat))


def _events(lines: list[Line]) -> list[dict[str, object]]:
    """The latest twenty, as the timeline of look wants them, with the names of who acted."""
    lines = lines[-20:][::-1]
    people = User.objects.filter(pk__in={line.by for line in lines if line.by}).only("name", "name_en")
    names = {user.id: user.label for user in people}
    return [
        {
            "title": line.label,
            "at": line.at,
            "who": names.get(line.by, "") if line.by else "",
            "icon": "point",
        }
        for line in lines
    ]
