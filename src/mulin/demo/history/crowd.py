"""The people who act in the history: how quick each of them is, and whether they are there."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from mulin.demo.chance import chance
from mulin.demo.settling import Settled
from mulin.journal.face import Actor, ByKind
from mulin.posts.face import Post, User

SPREAD = 0.35  # of how quick people are


class Crowd:
    """Everybody with a post, by id."""

    def __init__(self, settled: Settled, seed: int) -> None:
        self.users = {user.pk: user for user in settled.people.values()}
        self._pace = {
            user.pk: chance(seed, f"pace {user.username}").lognormvariate(0, SPREAD)
            for user in self.users.values()
        }
        self._terms: dict[UUID, list[tuple[datetime, datetime | None]]] = defaultdict(list)
        for user, begun, ended in Post.objects.values_list("user", "from_at", "to_at"):
            self._terms[user].append((begun, ended))

    def pace(self, person: UUID) -> float:
        """How long this person takes for what others do in one."""
        return self._pace[person]

    def is_there(self, person: UUID, at: datetime) -> bool:
        """Whether they held any post then."""
        return any(begun <= at and (ended is None or at < ended) for begun, ended in self._terms[person])

    def user(self, person: UUID) -> User:
        return self.users[person]


def acting(person: UUID) -> Actor:
    return Actor(ByKind.PERSON, person=person)
