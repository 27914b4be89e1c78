"""What was raised: when, of what kind, where and by whom, with what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from random import Random
from uuid import UUID

from mulin.demo.chance import chance
from mulin.demo.history.fates import (
    GRID,
    SETTLED_AT,
    TOWN,
    URGENT_SETTLED_AT,
    VILLAGE,
    Fate,
    deal,
    flags,
    pick,
)
from mulin.demo.history.hours import AWAKE, CENTRE, OFFICE, ZONE, Hours, fits
from mulin.demo.history.hours import GRID as PATROLS
from mulin.demo.history.sites import Site, Sites
from mulin.demo.history.stories import Kind, can_be_settled, kinds
from mulin.matters.face import MatterType, State

DAY = timedelta(days=1)
GROWTH = (0.8, 1.25)  # how often something is raised at the beginning and at the end, of the middle
TRIES = 40


class Origin(StrEnum):
    """Who raised it, and how it came in."""

    PORTAL = "portal"
    ANONYMOUS = "anonymous"
    WINDOW = "window"
    PHONE = "phone"
    PATROL = "patrol"

    @property
    def is_staff(self) -> bool:
        return self is Origin.PATROL


# What can be seen on site is mostly seen on patrol; the rest is told.
ORIGINS: Mapping[bool, Mapping[Origin, float]] = {
    True: {
        Origin.PORTAL: 0.22, Origin.ANONYMOUS: 0.14, Origin.WINDOW: 0.05, Origin.PHONE: 0.09, Origin.PATROL: 0.5,
    },
    False: {
        Origin.PORTAL: 0.36, Origin.ANONYMOUS: 0.19, Origin.WINDOW: 0.12, Origin.PHONE: 0.15, Origin.PATROL: 0.18,
    },
}  # fmt: skip
HOURS: Mapping[Origin, Hours] = {
    Origin.PORTAL: AWAKE, Origin.ANONYMOUS: AWAKE, Origin.WINDOW: OFFICE, Origin.PHONE: CENTRE,
    Origin.PATROL: PATROLS,
}  # fmt: skip
WEEKEND = {
    Origin.PORTAL: 0.75,
    Origin.ANONYMOUS: 0.75,
    Origin.PHONE: 0.7,
    Origin.WINDOW: 0.0,
    Origin.PATROL: 0.4,
}

OPEN_STATES = (State.REPORTED, State.FILED, State.DISPATCHED, State.HANDLING, State.HANDLED)
RESTING, FEWEST_RESTING, RESTING_LATE = 0.026, 10, 0.22  # share of all; in any number; share of these

DETOURS = {"ask_resident": 0.035, "urge": 0.05, "ask_time": 0.045, "ask_hold": 0.02}


@dataclass
class Arrival:
    """One matter to be told."""

    index: int
    at: datetime
    kind: Kind
    type: MatterType
    origin: Origin
    site: Site
    fate: Fate
    id: UUID
    dice: Random

    @property
    def urgent(self) -> bool:
        return self.type.urgent


def make_arrivals(
    sites: Sites, types: Mapping[str, MatterType], *, count: int, days: int, now: datetime, seed: int
) -> list[Arrival]:
    """So many, in the order of their time."""
    dice = chance(seed, f"arrivals {count}")
    known = [kinds()[code] for code in sorted(kinds()) if code in types]
    drawn = dice.choices(known, [kind.weight for kind in known], k=count)
    origins = _origins(drawn, dice)
    calendar = Days(now, days)
    made = []
    for index, (kind, origin) in enumerate(zip(drawn, origins, strict=True)):
        own = chance(seed, f"matter {count} {index}")
        at = calendar.draw(kind, origin, own)
        site = sites.draw(kind.where, own)
        made.append(Arrival(index, at, kind, types[kind.code], origin, site, Fate(), id_at(at, own), own))
    _deal_fates(made, dice)
    return sorted(made, key=lambda arrival: arrival.at)


def _origins(drawn: Sequence[Kind], dice: Random) -> list[Origin]:
    """Dealt for what one sees and for what one is told, each by its own shares."""
    seen = [index for index, kind in enumerate(drawn) if kind.manner == "scene"]
    told = [index for index, kind in enumerate(drawn) if kind.manner != "scene"]
    found: dict[int, Origin] = {}
    for indexes, shares in ((seen, ORIGINS[True]), (told, ORIGINS[False])):
        found |= dict(zip(indexes, deal(shares, len(indexes), dice), strict=True))
    return [found[index] for index in range(len(drawn))]


def id_at(at: datetime, dice: Random) -> UUID:
    """A UUID version 7 as it would have been made then."""
    milliseconds = int(at.timestamp() * 1000)
    number = milliseconds << 80 | 7 << 76 | dice.getrandbits(12) << 64 | 2 << 62 | dice.getrandbits(62)
    return UUID(int=number)


class Days:
    """The days that the history has, up to `now`."""

    def __init__(self, now: datetime, count: int) -> None:
        self.now = now
        here = now.astimezone(ZONE)
        midnight = datetime.combine(here.date(), time(), ZONE)
        self._days = [midnight - (count - 1 - n) * DAY for n in range(count)]
        low, high = GROWTH
        self._growth = [low + (high - low) * n / max(1, count - 1) for n in range(count)]
        self._weights = cache(self._weights_of)

    def draw(self, kind: Kind, origin: Origin, dice: Random) -> datetime:
        """When it was raised: by season, weekday and hour of the kind, in the hours of whoever takes it in."""
        for _ in range(TRIES):
            day = dice.choices(self._days, self._weights(kind.months, origin))[0]
            hour = dice.choices(range(24), kind.hours)[0]
            at = day + timedelta(hours=hour, seconds=dice.randrange(3600))
            usual = fits(at, HOURS[origin]) or (origin is not Origin.WINDOW and kind.manner == "emergency")
            if usual and at < self.now - timedelta(minutes=1):
                return at.astimezone(self.now.tzinfo)
        return self._sometime(origin, dice)

    def _weights_of(self, months: tuple[float, ...], origin: Origin) -> list[float]:
        return [
            months[day.month - 1] * growth * (WEEKEND[origin] if day.weekday() >= 5 else 1)
            for day, growth in zip(self._days, self._growth, strict=True)
        ]

    def _sometime(self, origin: Origin, dice: Random) -> datetime:
        """A kind of the night, told at a window: any hour of theirs will do."""
        while True:
            at = dice.choice(self._days[:-1]) + timedelta(seconds=dice.randrange(86400))
            if fits(at, HOURS[origin]):
                return at.astimezone(self.now.tzinfo)


def _deal_fates(arrivals: list[Arrival], dice: Random) -> None:
    _deal_levels(arrivals, dice)
    staff = [each for each in arrivals if each.origin.is_staff]
    residents = [each for each in arrivals if not each.origin.is_staff]
    settling = [each for each in staff if each.fate.level == GRID and _is_easy(each)]
    for each in pick(settling, 0.55, dice):
        each.fate.settles = True
    _deal_ends(residents, dice)
    going = [
        each for each in arrivals if not (each.fate.settles or each.fate.declined or each.fate.withdrawn)
    ]
    for each in pick([each for each in going if each.fate.level < GRID], 0.15, dice):
        each.fate.returns = 1
    for each in pick(going, 0.115, dice):
        each.fate.reworks = 1
    for each in pick(going, 0.03, dice):
        each.fate.slow = dice.uniform(2, 5)
    for each in pick([each for each in going if not each.origin.is_staff], 0.06, dice):
        each.fate.reopens = 1
    _deal_detours(going, dice)
    _deal_ratings(residents, [each for each in staff if not each.fate.settles], dice)
    _deal_rests(going, len(arrivals), dice)


def _deal_levels(arrivals: Sequence[Arrival], dice: Random) -> None:
    for urgent, shares in ((False, SETTLED_AT), (True, URGENT_SETTLED_AT)):
        for start in (GRID, VILLAGE, TOWN):
            own = [each for each in arrivals if each.type.start_level == start and each.urgent == urgent]
            for each, level in zip(own, deal(shares[start], len(own), dice), strict=True):
                each.fate.level = level
                each.fate.late_climb = level < start and dice.random() < 0.3


def _is_easy(arrival: Arrival) -> bool:
    """Somebody who comes by can settle it there and then."""
    starts_here = arrival.type.start_level == GRID and not arrival.urgent
    return starts_here and can_be_settled(arrival.kind.code)


def _deal_ends(residents: Sequence[Arrival], dice: Random) -> None:
    for each in pick([each for each in residents if not each.urgent], 0.075, dice):
        each.fate.declined = True
    for each in pick([each for each in residents if not each.fate.declined], 0.017, dice):
        each.fate.withdrawn = True


def _deal_ratings(residents: Sequence[Arrival], staff: Sequence[Arrival], dice: Random) -> None:
    for each in (*pick(residents, 0.8, dice), *pick(staff, 0.45, dice)):
        each.fate.rated = True


def _deal_detours(going: Sequence[Arrival], dice: Random) -> None:
    """Time, pauses, questions and reminders while somebody has it in hand."""
    for code, share in DETOURS.items():
        for each in pick([each for each in going if not each.urgent], share, dice):
            each.fate.detours.append(code)


def _deal_rests(going: Sequence[Arrival], count: int, dice: Random) -> None:
    """Some wait today, in every state that waits, some of them too long."""
    many = max(FEWEST_RESTING, round(count * RESTING))
    resting = dice.sample(list(going), min(many, len(going)))
    lates = flags(RESTING_LATE, len(resting), dice)
    for number, (each, late) in enumerate(zip(resting, lates, strict=True)):
        each.fate.rests_in = OPEN_STATES[number % len(OPEN_STATES)]
        each.fate.rests_late = late
        if each.fate.rests_in in (State.FILED, State.DISPATCHED):
            each.fate.level = min(each.fate.level, VILLAGE)
        each.fate.slow = 1.0
