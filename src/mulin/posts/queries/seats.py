"""Reading seats and posts. Vacancy is never stored: it is the absence of a running post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from mulin.kernel.stamps import StampedQuerySet
from mulin.posts.queries.filters import area_filter, in_ranges, running
from mulin.posts.rules import Permission

if TYPE_CHECKING:
    from mulin.posts.models.seat import Post, Seat  # noqa: F401 - named by the base class
    from mulin.posts.who import Who


class SeatQuerySet(StampedQuerySet["Seat"]):
    """Seats: made or waiting, held or vacant."""

    def at_places(self) -> Self:
        """With the area or organisation they are at."""
        return self.select_related("area", "organisation__home").defer(
            "area__border", "organisation__home__border"
        )

    def vacant_at(self, now: datetime) -> Self:
        """Held by nobody, or only by people who are away and have no deputy."""
        return self.filter(~Exists(_present_posts(now))).select_related("area").defer("area__border")

    def in_areas(self, paths: Iterable[str]) -> Self:
        """Seats at these areas or anywhere in them."""
        return self.filter(in_ranges(paths, "area__path"))

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.POST_READ, seat)`."""
        return self.filter(may_with_seat(who, Permission.POST_READ))


class PostQuerySet(StampedQuerySet["Post"]):
    """Posts: running, over, to come."""

    def open_at(self, now: datetime) -> Self:
        """Running at this instant, of people who may sign in: the one meaning of "has a post"."""
        return self.filter(running(now), user__is_active=True)

    def present_at(self, now: datetime) -> Self:
        """The same without those who are away: whom a turn or a word reaches."""
        from mulin.posts.models import Leave  # the model needs this module

        return self.open_at(now).filter(~Exists(Leave.objects.open_at(now).filter(user=OuterRef("user"))))

    def with_seats(self) -> Self:
        """With where they are; borders are large and nobody needs them here."""
        return self.select_related("seat__area", "seat__organisation__home").defer(
            "seat__area__border", "seat__organisation__home__border"
        )

    def with_all(self) -> Self:
        return self.with_seats().select_related("user")

    def overlapping(self, from_at: datetime, to_at: datetime | None) -> Self:
        """Posts that share at least one instant with [from, to)."""
        later = Q(to_at__isnull=True) | Q(to_at__gt=from_at)
        return self.filter(later) if to_at is None else self.filter(later, from_at__lt=to_at)

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.POST_READ, post)`."""
        return self.filter(may_with_seat(who, Permission.POST_READ, "seat__"))


def may_with_seat(who: Who, permission: Permission, prefix: str = "") -> Q:
    """Where a seat is decides: in an area, or at an organisation and so where that has its home."""
    return area_filter(
        who,
        permission,
        path_fields=(f"{prefix}area__path", f"{prefix}organisation__home__path"),
        organisations=(f"{prefix}organisation",),
    )


def _present_posts(now: datetime) -> QuerySet[Post]:
    from mulin.posts.models import Post  # the model needs this module

    return Post.objects.present_at(now).filter(seat=OuterRef("pk"))
