"""What a thing says about where it belongs, and whether a post reaches it. Pure: no ORM, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from mulin.places.face import Level, contains, parents
from mulin.posts.rules.permissions import RECORDS, Permission
from mulin.posts.rules.roles import Reach, Role


def upwards(path: str) -> tuple[str, ...]:
    """The path itself and each prefix at which an area above it may lie, longest first."""
    return path, *parents(path)


@dataclass(frozen=True)
class Scope:
    """Where a thing belongs; any one match is enough.

    `paths`: areas it lies in, is taken by or is held at. `level`: the level that holds it (a path's length),
    for roles that reach only their own level; without one each path counts with its own length.
    `organisations` and `seats`: who has it. `once_organisations` and `once_seats`: who had it, and still may read
    it. `people`: whose own thing it is (its reporter), never staff who work on it: their sight comes from their
    seats and ends with them. `about_paths` and `about_organisations`: who is complained of; whoever sits there
    does not see it, whatever else they hold.
    """

    paths: tuple[str, ...] = ()
    organisations: tuple[UUID, ...] = ()
    people: tuple[UUID, ...] = ()
    level: int | None = None
    seats: tuple[UUID, ...] = ()
    about_paths: tuple[str, ...] = ()
    about_organisations: tuple[UUID, ...] = ()
    once_seats: tuple[UUID, ...] = ()
    once_organisations: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A seat as the rules see it: what somebody may is the sum of their standings."""

    role: Role
    seat: UUID
    path: str | None = None
    organisation: UUID | None = None

    def grants(self, permission: Permission, scope: Scope) -> bool:
        """Whether this seat allows that with a thing of this scope."""
        if permission not in self.role.permissions:
            return False
        return self.seat in scope.seats or self._had_it(permission, scope) or self._reaches(permission, scope)

    def _had_it(self, permission: Permission, scope: Scope) -> bool:
        """Whoever handed it on keeps sight of it, and nothing else."""
        if permission is not Permission.MATTER_READ:
            return False
        return self.seat in scope.once_seats or self.organisation in scope.once_organisations

    def _reaches(self, permission: Permission, scope: Scope) -> bool:
        if self.path is None:
            return self.organisation in scope.organisations
        if self.only_own_level(permission):
            return any(contains(self.path, path) and self._same_level(path, scope) for path in scope.paths)
        return any(contains(self.path, path) for path in scope.paths)

    def _same_level(self, path: str, scope: Scope) -> bool:
        return (scope.level or len(path)) == len(self.path or "")

    def only_own_level(self, permission: Permission) -> bool:
        if self.role.reach is Reach.LEVEL:
            return True
        return permission in RECORDS and len(self.path or "") < Level.COUNTY

    def is_concerned(self, scope: Scope) -> bool:
        """Whether the thing is a complaint about where this seat is."""
        if self.path is None:
            return self.organisation in scope.about_organisations
        return any(contains(about, self.path) for about in scope.about_paths)


def is_hidden(own: Iterable[Standing], scope: Scope) -> bool:
    """Whether somebody with these seats of their own is concerned by the thing, and so does not see it."""
    if not (scope.about_paths or scope.about_organisations):
        return False
    return any(standing.is_concerned(scope) for standing in own)


def minimal(paths: Iterable[str]) -> list[str]:
    """The same ground with as few ranges as possible: what lies within another is left out."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return kept
