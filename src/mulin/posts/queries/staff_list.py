"""The staff list as it goes out: one row for each post, in the columns in which it may come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel.masking import mask_phone
from mulin.kernel.sheets import Out
from mulin.places.face import Area, Level
from mulin.posts.models import Duty, Post, User
from mulin.posts.queries.seats import may_with_seat
from mulin.posts.rules import ROLES, Permission, Role
from mulin.posts.rules.staff import COLUMNS
from mulin.posts.who import Who

MOST_PEOPLE = 10_000
Line = dict[str, str]


def staff(who: Who) -> list[User]:
    """Everybody with a post now or to come whom one may see, by name."""
    posts = Post.objects.overlapping(who.now, None).filter(user__is_active=True)
    seen = User.objects.visible_to(who).active().filter(pk__in=posts.values("user"))
    return list(seen.select_related("home").defer("home__border").order_by("name", "id")[:MOST_PEOPLE])


def lines(people: Sequence[User], who: Who, *, phones: bool) -> Iterator[Line]:
    """The rows. Phones are masked unless they were asked for."""
    posts, duties = _posts(people, who), _duties(people, who)
    for user in people:
        held: list[Post | None] = [*posts.get(user.pk, [])] or [None]
        for place, post in enumerate(held):
            answers = "; ".join(_area(area) for area in duties.get(user.pk, [])) if place == 0 else ""
            yield {**_person(user, phones=phones), **_post(post), "answers": answers}


def sheets(rows: Iterator[Line]) -> list[Out]:
    """The list, and beside it what may stand in the column of roles."""
    title = [column.title for column in COLUMNS]
    body = ([row.get(column.key, "") for column in COLUMNS] for row in rows)
    roles = ([str(line.label), line.code, _sits(line)] for line in ROLES.values() if line.anchor != "self")
    return [
        Out(pgettext("sheet", "Staff"), title, body),
        Out(_("Roles"), [_("Role"), pgettext("of a role", "Code"), _("Sits at")], roles),
    ]


def _posts(people: Sequence[User], who: Who) -> dict[UUID, list[Post]]:
    seen = may_with_seat(who, Permission.POST_READ, "seat__")
    found: dict[UUID, list[Post]] = {}
    rows = Post.objects.filter(seen, user__in=people).overlapping(who.now, None).with_seats()
    for post in rows.order_by("from_at", "id"):
        found.setdefault(post.user_id, []).append(post)
    return found


def _duties(people: Sequence[User], who: Who) -> dict[UUID, list[Area]]:
    rows = Duty.objects.visible_to(who).filter(Q(area__isnull=False), user__in=people).open_at(who.now)
    found: dict[UUID, list[Area]] = {}
    for duty in rows.select_related("area").defer("area__border").order_by("area__path"):
        if duty.area:
            found.setdefault(duty.user_id, []).append(duty.area)
    return found


def _person(user: User, *, phones: bool) -> Line:
    phone = user.phone or ""
    return {
        "username": user.username,
        "name": user.name,
        "name_en": user.name_en,
        "phone": phone if phones else mask_phone(phone),
        "public_phone": user.public_phone,
        "language": "English" if user.language == "en" else "中文",
        "home": _area(user.home) if user.home else "",
    }


def _post(post: Post | None) -> Line:
    if post is None:
        return {}
    seat = post.seat
    last = timezone.localdate(post.to_at - timedelta(microseconds=1)) if post.to_at else None
    return {
        "role": str(seat.line.label),
        "area": _area(seat.area) if seat.area else "",
        "organisation": seat.organisation.name if seat.organisation else "",
        "from": timezone.localdate(post.from_at).isoformat(),
        "until": last.isoformat() if last else "",
    }


def _area(area: Area) -> str:
    """By name for people, by code for coming back."""
    return f"{area.label} ({area.path})"


def _sits(line: Role) -> str:
    if line.at_organisation:
        return _("an organisation")
    return ", ".join(str(Level(level).label) for level in sorted(line.levels))
