"""Reading people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q

from mulin.kernel.stamps import StampedQuerySet
from mulin.posts.queries.filters import area_filter, by_key, running, words_of
from mulin.posts.queries.seats import may_with_seat
from mulin.posts.rules import Permission

if TYPE_CHECKING:
    from mulin.posts.models.person import User
    from mulin.posts.who import Who


class PersonQuerySet(StampedQuerySet["User"]):
    """People with an account."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def named(self, words: str) -> Self:
        """Whose name, in either script, or user name has every word."""
        found = self
        for word in words_of(words):
            found = found.filter(
                Q(name__icontains=word) | Q(name_en__icontains=word) | Q(username__icontains=word)
            )
        return found

    def without_way_in(self, now: datetime) -> Self:
        """Who hold a post, or will, and have no password: nobody ever signed in as them."""
        from mulin.posts.models import Post  # the model needs this module

        posts = Post.objects.filter(user=OuterRef("pk")).overlapping(now, None)
        return self.filter(Exists(posts), password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def page(self, last: tuple[str, UUID] | None = None) -> Self:
        """By name, from after the last one of the page before."""
        return self.filter(by_key("name", last)).order_by("name", "id")

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.PERSON_READ, person)`."""
        return self.allowed(who, Permission.PERSON_READ)

    def allowed(self, who: Who, permission: Permission) -> Self:
        """Included if and only if `may(who, permission, person)`: by home or by post."""
        from mulin.posts.models import Post  # the model needs this module

        posts = Post.objects.filter(
            may_with_seat(who, permission, "seat__"), running(who.now), user=OuterRef("pk")
        )
        return self.filter(area_filter(who, permission, path_fields=("home__path",)) | Q(Exists(posts)))

    def get_by_natural_key(self, username: str | None) -> User:
        """For Django's sign-in: capitals make no difference."""
        return self.get(username=(username or "").strip().lower())
