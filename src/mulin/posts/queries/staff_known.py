"""What is known already of the people and places that a staff list names: read at once, whatever its length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from mulin.kernel.crypto import blind_all
from mulin.kernel.sheets import Row
from mulin.kernel.text import phone as one_form
from mulin.places.face import Area
from mulin.posts.models import Duty, Organisation, Post, User
from mulin.posts.models.person import PHONE_CONTEXT
from mulin.posts.queries.filters import area_filter
from mulin.posts.rules import Permission
from mulin.posts.rules.staff import MASKED, read_code, read_list, username_from
from mulin.posts.who import Who

SPARE = 9  # "wang.fang", "wang.fang2" … before it becomes "staff0001"


@dataclass
class Known:
    """Everything that planning a list needs to look up."""

    users: dict[str, User] = field(default_factory=dict)  # by user name
    managed: frozenset[UUID] = frozenset()
    names: dict[str, list[User]] = field(default_factory=dict)  # whoever is called so, among those one sees
    phones: dict[str, User] = field(default_factory=dict)
    posts: dict[UUID, list[Post]] = field(default_factory=dict)
    duties: set[tuple[UUID, UUID]] = field(default_factory=set)
    areas: dict[str, list[Area]] = field(default_factory=dict)  # by code, by either name
    bodies: dict[str, list[Organisation]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)  # user names that nobody else can have


def known_to(who: Who, rows: Sequence[Row]) -> Known:
    """In a dozen statements."""
    users = {user.username: user for user in _users(row["username"].strip().lower() for row in rows)}
    managed = User.objects.allowed(who, Permission.PERSON_MANAGE).filter(
        pk__in=[u.pk for u in users.values()]
    )
    known = Known(users=users, managed=frozenset(managed.values_list("pk", flat=True)))
    seen = User.objects.visible_to(who)
    for user in seen.active().filter(name__in={row["name"] for row in rows if not row["username"]}):
        known.names.setdefault(user.name, []).append(user)
    known.phones = _phones(seen, rows)
    for post in _posts(who, users.values()):
        known.posts.setdefault(post.user_id, []).append(post)
    duties = Duty.objects.filter(user__in=users.values(), area__isnull=False).open_at(who.now)
    known.duties = {(user, area) for user, area in duties.values_list("user", "area") if area}
    known.areas, known.bodies = _areas(who, rows), _bodies(who, rows)
    known.taken = set(users) | _taken(rows)
    return known


def _users(names: Iterable[str]) -> list[User]:
    found = User.objects.filter(username__in={name for name in names if name})
    return list(found.select_related("home").defer("home__border"))


def _phones(seen: object, rows: Sequence[Row]) -> dict[str, User]:
    given = {one_form(row["phone"]) for row in rows if row["phone"] and MASKED not in row["phone"]} - {""}
    index = {code: number for number in given for code in blind_all(number, context=PHONE_CONTEXT)}
    found = User.objects.filter(phone_index__in=index, pk__in=seen.values("pk"))  # type: ignore[attr-defined]  # a queryset of people
    return {index[user.phone_index]: user for user in found}


def _posts(who: Who, users: Iterable[User]) -> Iterable[Post]:
    return Post.objects.filter(user__in=list(users)).overlapping(who.now, None).with_seats()


def _areas(who: Who, rows: Sequence[Row]) -> dict[str, list[Area]]:
    said = {text for row in rows for text in (row["area"], row["home"], *read_list(row["answers"])) if text}
    codes = {code for text in said if (code := read_code(text))}
    open_here = (
        Area.objects.open().plain().filter(area_filter(who, Permission.POST_READ, path_fields=("path",)))
    )
    found: dict[str, list[Area]] = {}
    for area in open_here.filter(Q(path__in=codes) | Q(name__in=said) | Q(name_en__in=said)).order_by("path"):
        for key in {area.path, area.name, area.name_en} - {""}:
            found.setdefault(key, []).append(area)
    return found


def _bodies(who: Who, rows: Sequence[Row]) -> dict[str, list[Organisation]]:
    said = {row["organisation"] for row in rows if row["organisation"]}
    seen = Organisation.objects.visible_to(who).open().select_related("home").defer("home__border")
    found: dict[str, list[Organisation]] = {}
    for body in seen.filter(Q(name__in=said) | Q(name_en__in=said)).order_by("name", "id"):
        for key in {body.name, body.name_en} - {""}:
            found.setdefault(key, []).append(body)
    return found


def _taken(rows: Sequence[Row]) -> set[str]:
    """Of the user names that might be made up for this list, those that somebody has."""
    bases = {username_from(row["name_en"]) for row in rows if not row["username"]} - {""}
    wished = bases | {f"{base}{n}" for base in bases for n in range(2, SPARE + 1)}
    found = User.objects.filter(Q(username__in=wished) | Q(username__startswith="staff"))
    return set(found.values_list("username", flat=True))
