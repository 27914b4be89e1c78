"""What taking in a staff list would do, worked out before anything is done; and everything that is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from mulin.kernel.sheets import CellProblem, Row, Table
from mulin.places.face import Area
from mulin.posts.models import Organisation, Post, User
from mulin.posts.rules import ROLES
from mulin.posts.rules.staff import TITLES
from mulin.posts.who import Who


@dataclass(frozen=True)
class NewPost:
    """Somebody is to be appointed."""

    row: int
    role: str
    area: Area | None
    organisation: Organisation | None
    from_at: datetime | None
    to_at: datetime | None

    @property
    def place(self) -> Area | Organisation | None:
        return self.area or self.organisation


@dataclass(frozen=True)
class EndOfPost:
    """A post that runs is to end on a day."""

    row: int
    post: Post
    at: datetime


@dataclass
class Step:
    """Everything that happens to one person."""

    row: int
    username: str
    user: User | None
    details: dict[str, str]
    home: Area | None = None
    posts: list[NewPost] = field(default_factory=list)
    ends: list[EndOfPost] = field(default_factory=list)
    duties: list[Area] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.details.get("name") or (self.user.name if self.user else "")

    @property
    def is_new(self) -> bool:
        return self.user is None

    @property
    def changes(self) -> list[str]:
        """Which details change; of somebody new all are."""
        return [] if self.is_new else sorted([*self.details, *(["home"] if self.home else [])])

    @property
    def says(self) -> list[str]:
        """What happens, in words: for whoever says yes to it."""
        said = [_("Belongs to %(place)s") % {"place": self.home.label}] if self.home and self.is_new else []
        if self.changes:
            titles = ", ".join(TITLES[key].title for key in self.changes)
            said.append(_("Changes: %(titles)s") % {"titles": titles})
        for post in self.posts:
            seat = {"role": ROLES[post.role].label, "place": post.place.label if post.place else ""}
            said.append(_("Appointed: %(role)s, %(place)s") % seat)
        said += [_("Gets an end: %(post)s") % {"post": end.post.seat.label} for end in self.ends]
        return said + [_("Answers for %(place)s") % {"place": area.label} for area in self.duties]

    @property
    def does_nothing(self) -> bool:
        return not (self.is_new or self.changes or self.posts or self.ends or self.duties)


@dataclass
class Plan:
    """The whole list."""

    table: Table
    who: Who
    steps: list[Step] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[CellProblem] = field(default_factory=list)

    def wrong(self, row: Row, key: str, words: object) -> None:
        self.problems.append(self.table.problem(row, key, str(words)))

    def note(self, row: Row, key: str, words: object) -> None:
        self.notes.append(self.table.problem(row, key, str(words)))

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new_people": sum(step.is_new for step in self.steps),
            "changed_people": sum(bool(step.changes) for step in self.steps),
            "new_posts": sum(len(step.posts) for step in self.steps),
            "ended_posts": sum(len(step.ends) for step in self.steps),
            "new_duties": sum(len(step.duties) for step in self.steps),
            "unchanged_people": sum(step.does_nothing for step in self.steps),
        }

    @property
    def does_something(self) -> bool:
        return any(not step.does_nothing for step in self.steps)
