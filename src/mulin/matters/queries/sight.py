"""May this person still be told of this matter? Answered for many people and matters at once, as `may` would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from mulin.journal.face import Entry
from mulin.matters.models import Matter, Part, Reporter
from mulin.matters.queries.sitters import Sitters
from mulin.posts.face import Permission, Post, Scope, Seat


@dataclass
class Sight:
    """What people hold, where matters belong, and who acted last; read once for a batch."""

    scopes: Mapping[UUID, Scope]
    seats: dict[UUID, list[Seat]] = field(default_factory=dict)
    acted: dict[tuple[UUID, UUID], int] = field(default_factory=dict)

    def sees(self, user: UUID, matter: UUID, seat: Seat | None, sitters: Sitters) -> bool:
        """Whether they may read it: by a seat of their own, as its reporter, or standing in for a vacant seat."""
        scope = self.scopes[matter]
        own = [each.standing() for each in self.seats.get(user, ())]
        if user in scope.people:
            return True
        if any(standing.is_concerned(scope) for standing in own):
            return False
        if seat is not None and user in sitters.of(seat):
            own.append(seat.standing())
        return any(standing.grants(Permission.MATTER_READ, scope) for standing in own)

    def knows(self, user: UUID, matter: UUID, seq: int) -> bool:
        """Whether they did it themselves, or have acted on the matter since."""
        return self.acted.get((matter, user), 0) >= seq


def read_sight(matters: Iterable[Matter], people: Iterable[UUID], now: datetime) -> Sight:
    """Four statements, however many they are; the matters come with their areas."""
    matters, people = list(matters), list(set(people))
    sight = Sight(scopes_of(matters))
    posts = Post.objects.open_at(now).filter(user__in=people).with_seats()
    for post in posts:
        sight.seats.setdefault(post.user_id, []).append(post.seat)
    lines = Entry.objects.filter(subject__in=[matter.pk for matter in matters], by__in=people)
    for subject, by, seq in lines.values_list("subject", "by").annotate(last=Max("seq")):
        sight.acted[subject, by] = seq
    return sight


def scopes_of(matters: Iterable[Matter]) -> dict[UUID, Scope]:
    """Where each belongs; two statements."""
    found = {matter.pk: matter for matter in matters}
    parts: dict[UUID, list[Part]] = {}
    for part in Part.objects.filter(matter__in=list(found)).select_related("seat"):
        parts.setdefault(part.matter_id, []).append(part)
    people: dict[UUID, list[UUID]] = {}
    named = Reporter.objects.filter(~Q(user=None), matter__in=list(found), first=True)
    for matter, user in named.values_list("matter", "user"):
        people.setdefault(matter, []).append(user)
    return {id: matter.scope_of(parts.get(id, ()), tuple(people.get(id, ()))) for id, matter in found.items()}
