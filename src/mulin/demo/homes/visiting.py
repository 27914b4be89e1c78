"""Who called where on which day: the worker of the grid, now and then the cadre who guides the committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mulin.demo.history.hours import ZONE
from mulin.demo.settling import Settled
from mulin.demo.staff import PostSpec, Staff

GRID_DIGITS, VILLAGE_DIGITS = 15, 12
LATELY, CADRES_SHARE = 28, 0.3  # days; share of the calls of these days that a cadre made
FIRST_HOUR, LAST_HOUR = 9, 19


@dataclass(frozen=True, slots=True)
class Caller:
    """A person on their seat."""

    person: UUID
    seat: UUID


class Visitors:
    """Answers by the roster: who works the grid of a place on a day, who guides its committee."""

    def __init__(self, staff: Staff, settled: Settled, now: datetime, dice: Random) -> None:
        self._settled, self._now, self._dice = settled, now, dice
        self._workers: dict[str, list[PostSpec]] = {}
        for post in staff.posts:
            if post.role == "grid_worker" and post.area:
                self._workers.setdefault(post.area, []).append(post)
        self._guides = _guides(staff)
        self._heads = {
            post.area: post for post in staff.posts if post.role == "grid_head" and post.area and post.is_open
        }

    def caller(self, place: str, days: int) -> Caller:
        """Who called so many days ago."""
        guide = self._guides.get(place[:VILLAGE_DIGITS])
        if guide and days <= LATELY and self._dice.random() < CADRES_SHARE:
            return self._as_caller(guide)
        held = [post for post in self._workers[place[:GRID_DIGITS]] if _held(post, days)]
        return self._as_caller(self._dice.choice(held))

    def worker(self, place: str) -> Caller:
        """Who works the grid today."""
        return self._as_caller(next(post for post in self._workers[place[:GRID_DIGITS]] if post.is_open))

    def head(self, place: str) -> Caller:
        """Who heads the grids of the committee today."""
        return self._as_caller(self._heads[place[:VILLAGE_DIGITS]])

    def guide(self, place: str) -> Caller | None:
        """The cadre who guides the committee, where there is one."""
        post = self._guides.get(place[:VILLAGE_DIGITS])
        return self._as_caller(post) if post else None

    def moment(self, days: int) -> datetime:
        """An instant in the hours when people are at home, so many days ago."""
        day = (self._now - timedelta(days=days)).astimezone(ZONE)
        hour = self._dice.randrange(FIRST_HOUR, LAST_HOUR)
        return day.replace(
            hour=hour, minute=self._dice.randrange(60), second=self._dice.randrange(60), microsecond=0
        )

    def _as_caller(self, post: PostSpec) -> Caller:
        area = self._settled.areas[post.area or ""]
        return Caller(self._settled.people[post.person].pk, self._settled.seats[post.role, area.pk].pk)


def _held(post: PostSpec, days: int) -> bool:
    return post.from_days >= days and (post.to_days is None or post.to_days < days)


def _guides(staff: Staff) -> dict[str, PostSpec]:
    """The instructor of each committee, by the duties of the roster."""
    posts = {post.person: post for post in staff.posts if post.role == "grid_instructor" and post.is_open}
    return {duty.area: posts[duty.person] for duty in staff.duties if duty.person in posts}
