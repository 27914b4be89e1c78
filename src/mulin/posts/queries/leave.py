"""Reading who is away, and who could stand in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from mulin.kernel.stamps import StampedQuerySet
from mulin.posts.queries.filters import in_ranges, running
from mulin.posts.queries.seats import may_with_seat
from mulin.posts.rules import Permission
from mulin.posts.rules.leave import neighbourhood

if TYPE_CHECKING:
    from mulin.posts.models import Leave, Post, User  # noqa: F401 - named by the base class
    from mulin.posts.who import Who

MOST_CANDIDATES = 400


class LeaveQuerySet(StampedQuerySet["Leave"]):
    """Absences: running, over, to come. One that was called off before it began lasts no time at all."""

    def open_at(self, now: datetime) -> Self:
        return self.filter(running(now))

    def overlapping(self, from_at: datetime, to_at: datetime) -> Self:
        """Those that share at least one instant with [from, to)."""
        return self.filter(to_at__gt=from_at, from_at__lt=to_at).exclude(to_at=F("from_at"))

    def with_all(self) -> Self:
        """With the person, and each seat that somebody stands in at."""
        from mulin.posts.models import Post  # the model needs this module

        return self.select_related("user").prefetch_related(
            Prefetch("deputy_posts", Post.objects.with_all().order_by("from_at", "id"), to_attr="stand_ins")
        )

    def visible_to(self, who: Who) -> Self:
        """One's own, those in which one stands in, and those of whoever holds a seat that one may see."""
        from mulin.posts.models import Post  # the model needs this module

        seen = Post.objects.filter(
            may_with_seat(who, Permission.POST_READ, "seat__"),
            Q(to_at__isnull=True) | Q(to_at__gt=OuterRef("from_at")),
            user=OuterRef("user"),
            from_at__lt=OuterRef("to_at"),
        )
        if who.user is None:
            return self.filter(Exists(seen))
        mine = Post.objects.filter(leave=OuterRef("pk"), user=who.user)
        return self.filter(Q(user=who.user) | Q(Exists(mine)) | Q(Exists(seen)))


def candidates(post: Post, now: datetime) -> list[User]:
    """Who could stand in at the seat of a post: whoever holds a post of their own in the same town or body."""
    from mulin.posts.models import Post, User  # the models need this module

    seat = post.seat
    posts = Post.objects.open_at(now).filter(deputy_for=None)
    if seat.area:
        where = in_ranges([neighbourhood(seat.area.path)], "seat__area__path")
    else:
        where = Q(seat__organisation=seat.organisation_id)
    there = Post.objects.open_at(now).filter(seat=seat).values("user")
    people = User.objects.active().filter(pk__in=posts.filter(where).values("user"))
    return list(
        people.exclude(pk=post.user_id).exclude(pk__in=there).order_by("name", "id")[:MOST_CANDIDATES]
    )


def colleagues(post: Post, among: Iterable[User], now: datetime) -> set[UUID]:
    """Those of the candidates whom somebody may name for themselves: with the same role, or above their seat."""
    from mulin.posts.models import Post  # the model needs this module

    seat = post.seat
    if seat.line.group:
        return set()
    alike = Q(seat__role=seat.role)
    for role, path in seat.superiors():
        alike |= Q(seat__role=role, seat__area__path=path)
    rows = Post.objects.open_at(now).filter(alike, deputy_for=None, user__in=[user.pk for user in among])
    return set(rows.values_list("user", flat=True))
