"""Reading the sign-in log and what is open of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from mulin.posts.rules import Permission

if TYPE_CHECKING:
    from mulin.posts.models.person import User
    from mulin.posts.models.sign_in import SignIn
    from mulin.posts.who import Who


class SignInQuerySet(QuerySet["SignIn"]):
    """Tries to sign in, and sessions."""

    def visible_to(self, who: Who) -> Self:
        """One's own; whoever keeps watch over the installation sees all, of names that nobody has too."""
        if who.user is None:
            return self.none()
        return self if who.holds(Permission.SIGN_IN_READ) else self.own(who)

    def own(self, who: Who) -> Self:
        return self.filter(user=who.user) if who.user else self.none()

    def newest(self, after: tuple[datetime, UUID] | None = None) -> Self:
        """Newest first, from behind the one that was shown last."""
        found = self.select_related("user").order_by("-at", "-id")
        if after is None:
            return found
        at, id = after
        return found.filter(Q(at__lt=at) | Q(at=at, id__lt=id))

    def open_at(self, now: datetime) -> Self:
        """Sessions that still open something."""
        alive = Session.objects.filter(expire_date__gt=now).values("session_key")
        return self.filter(outcome="in", ended_at=None, session__in=alive)

    def named(self, words: str) -> Self:
        """Of people whose name or user name has every word."""
        from mulin.posts.models.person import User  # the model needs this module

        return self.filter(user__in=User.objects.named(words))

    def of_session(self, key: str | None) -> Self:
        return self.filter(session=key, ended_at=None) if key else self.none()

    def of(self, user: User) -> Self:
        return self.filter(user=user)


def key_of(line: SignIn) -> str:
    micros = (line.at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return f"{micros}.{line.pk}"


def read_key(key: str) -> tuple[datetime, UUID] | None:
    """The instant and id after which the list goes on; whatever else it says, the list begins anew."""
    micros, _dot, id = key.partition(".")
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros)), UUID(id)
    except (ValueError, OverflowError):
        return None
