"""The cadres of an area and where they were seen in a week: five statements, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from mulin.places.face import Level, calendar_at
from mulin.posts.face import Duty, Leave, Post, User, in_ranges
from mulin.visits.codes import Way
from mulin.visits.models import CheckIn, Visit
from mulin.visits.rules.dates import week_days
from mulin.visits.rules.presence import Cadre, Seen, Week, week_of

ROLES = ("cadre", "grid_instructor")


class Shown(NamedTuple):
    """A week with the people in it, by name."""

    week: Week
    people: Mapping[UUID, User]
    grounds: Mapping[UUID, list[str]]
    days: list[date]


def presence(path: str, first: date, *, now: datetime, only: UUID | None = None) -> Shown:
    """The week that begins on `first`, of the cadres whose seats lie in an area (or of one person)."""
    begin, end = span(first)
    posts = _posts(path, begin, min(end, max(now, begin) + timedelta(seconds=1)), only)
    people = {post.user_id: post.user for post in posts}
    labels: dict[UUID, list[str]] = defaultdict(list)
    grounds = _grounds(posts, people, now, labels)
    away = _away(people, begin, end)
    days = week_days(first)
    cadres = [
        Cadre(id, tuple(grounds[id]), frozenset(away[id] & set(days)))
        for id in sorted(people, key=lambda id: (people[id].label, id))
    ]
    working = [day for day in days if calendar_at(path).works_on(day)]
    week = week_of(cadres, _seen(people, begin, end, first), working, settings.MULIN_PRESENCE_DAYS)
    return Shown(week, people, labels, days)


def span(first: date) -> tuple[datetime, datetime]:
    """From the first moment of a Monday to that of the next."""
    last = first + timedelta(days=7)
    return timezone.make_aware(datetime.combine(first, time())), timezone.make_aware(
        datetime.combine(last, time())
    )


def _posts(path: str, begin: datetime, end: datetime, only: UUID | None) -> list[Post]:
    rows = Post.objects.overlapping(begin, end).filter(seat__role__in=ROLES, user__is_active=True)
    rows = rows.filter(user=only) if only else rows.filter(in_ranges([path], "seat__area__path"))
    return list(rows.with_all().order_by("id"))


def _grounds(
    posts: Iterable[Post], people: Mapping[UUID, User], now: datetime, labels: dict[UUID, list[str]]
) -> Mapping[UUID, list[str]]:
    """What they answer for by name (包片包户); without that, where their seat is."""
    found: dict[UUID, list[str]] = defaultdict(list)
    duties = Duty.objects.open_at(now).filter(user__in=people, area__level__gte=Level.VILLAGE)
    for duty in duties.select_related("area").defer("area__border").order_by("area__path"):
        if duty.area:
            found[duty.user_id].append(duty.area.path)
            labels[duty.user_id].append(duty.area.label)
    answered = set(found)
    for post in posts:
        if post.user_id not in answered and post.seat.area:
            found[post.user_id].append(post.seat.area.path)
            labels[post.user_id].append(post.seat.area.label)
    return found


def _away(people: Iterable[UUID], begin: datetime, end: datetime) -> Mapping[UUID, set[date]]:
    found: dict[UUID, set[date]] = defaultdict(set)
    for leave in Leave.objects.overlapping(begin, end).filter(user__in=list(people)):
        day, last = timezone.localdate(max(leave.from_at, begin)), timezone.localdate(leave.last_at)
        while day <= last and day < timezone.localdate(end):
            found[leave.user_id].add(day)
            day += timedelta(days=1)
    return found


def _seen(people: Iterable[UUID], begin: datetime, end: datetime, first: date) -> list[Seen]:
    """Calls at doors, met or not, and check-ins."""
    ids = list(people)
    calls = Visit.objects.over().filter(
        person__in=ids, way=Way.DOOR, visited_at__gte=begin, visited_at__lt=end
    )
    said = CheckIn.objects.filter(person__in=ids, day__gte=first, day__lt=first + timedelta(days=7))
    found = [
        Seen(person, place, timezone.localdate(at))
        for person, place, at in calls.values_list("person", "place", "visited_at")
    ]
    return found + [Seen(*row) for row in said.values_list("person", "place", "day")]
