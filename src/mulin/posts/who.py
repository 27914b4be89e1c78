"""Who is asking: one person, with the posts they hold at this instant. Made once a request."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from mulin.journal.face import ANONYMOUS, SYSTEM, Actor, ByKind
from mulin.posts.book import book
from mulin.posts.models import Organisation, Post, Seat, Token, User
from mulin.posts.rules import (
    EVERYONE,
    RESIDENT,
    Permission,
    Standing,
    known,
    roles_with,
    subordinates,
)


class Kind(StrEnum):
    """Who acts: somebody with an account, somebody without, or the system itself."""

    PERSON = "person"
    ANONYMOUS = "anonymous"
    SYSTEM = "system"


class Who:
    """The one who asks, at one instant.

    Nothing here outlives a post: what one may is read from the posts that run at `now`. They come from memory
    (`posts.book`), which is made anew with the first request after any post has changed.
    """

    def __init__(
        self, kind: Kind, now: datetime, user: User | None = None, token: Token | None = None
    ) -> None:
        self.kind = kind
        self.now = now
        self.user = user if user and user.is_active else None
        self.token = token
        self.in_one_step = False  # came in by a password alone, at a browser

    @classmethod
    def of(cls, user: User, now: datetime, token: Token | None = None) -> Who:
        return cls(Kind.PERSON if user.is_active else Kind.ANONYMOUS, now, user, token)

    @classmethod
    def system(cls, now: datetime) -> Who:
        return cls(Kind.SYSTEM, now)

    @classmethod
    def anonymous(cls, now: datetime) -> Who:
        return cls(Kind.ANONYMOUS, now)

    @property
    def is_system(self) -> bool:
        return self.kind is Kind.SYSTEM

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    @property
    def is_staff(self) -> bool:
        """Whether they hold any post that opens the desk."""
        return any(Permission.DESK_OPEN in line.role.permissions for line in self.own)

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts that run now."""
        if self.user is None:
            return ()
        return tuple(post for post in book().posts_of(self.user.id) if _runs(post, self.now))

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """The seats of their own posts, each once."""
        return tuple({post.seat_id: post.seat for post in self.posts}.values())

    @cached_property
    def own(self) -> tuple[Standing, ...]:
        return tuple(seat.standing() for seat in self.seats)

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Where they hold posts."""
        return tuple(
            {seat.organisation.id: seat.organisation for seat in self.seats if seat.organisation}.values()
        )

    def waiting_seats(self) -> tuple[Seat, ...]:
        """The seats whose turn is this person's: their own, and vacant ones below."""
        return self.seats + self._vacant

    def standings(self) -> tuple[Standing, ...]:
        """What counts for a permission: every seat that waits for this person."""
        return self.own + tuple(seat.standing() for seat in self._vacant)

    @cached_property
    def _vacant(self) -> tuple[Seat, ...]:
        """Vacant seats below: those whose nearest held seat above is one of mine."""
        if not self._roles_below:
            return ()
        return book().vacant_below([(line.role.code, line.path) for line in self.own if line.path], self.now)

    @cached_property
    def _roles_below(self) -> frozenset[str]:
        return frozenset[str]().union(*(subordinates(line.role.code) for line in self.own if line.path))

    def has(self, permission: Permission) -> bool:
        """Whether they have it anywhere at all; about one thing ask `may`."""
        known(permission)
        if self.is_system or permission in EVERYONE:
            return True
        if self.is_signed_in and permission in RESIDENT.permissions:
            return True
        return self.holds(permission)

    def holds(self, permission: Permission) -> bool:
        """Whether a seat gives it: not merely because it is one's own."""
        if any(permission in line.role.permissions for line in self.own):
            return True
        return self.may_stand_in(permission) and any(
            permission in line.role.permissions for line in self.standings()
        )

    def may_stand_in(self, permission: Permission) -> bool:
        """Whether a vacant seat below could give it: if not, nothing has to be looked up."""
        return not self._roles_below.isdisjoint(roles_with(permission))

    def actor(self, seat: Seat | UUID | None = None) -> Actor:
        """As the journal writes it: the person, and the seat on which they act."""
        if self.is_system:
            return SYSTEM
        if self.user is None:
            return ANONYMOUS
        kind = ByKind.TOKEN if self.token else ByKind.PERSON
        return Actor(kind, person=self.user.id, seat=seat.id if isinstance(seat, Seat) else seat)


def _runs(post: Post, now: datetime) -> bool:
    return post.from_at <= now and (post.to_at is None or now < post.to_at)
