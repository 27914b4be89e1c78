"""The visits of a year, those planned for the coming days, and who answers for which household."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from mulin.demo.history.hours import ZONE
from mulin.demo.homes.specs import Population
from mulin.demo.homes.storing import Housed
from mulin.demo.homes.visiting import Visitors
from mulin.demo.words import both, table
from mulin.visits.face import PastVisit

NOBODY_HOME, TOLD_MUCH = 0.06, 0.35
STALE_AFTER, PLANNED_SHARE, PLANNED_WITHIN = 200, 0.25, 10  # days; of those; days


def past_visits(
    homes: Mapping[int, Housed], *, now: datetime, dice: Random, language: str
) -> Iterator[PastVisit]:
    """Every call of the year, in the order of time."""
    calls = sorted(
        (
            (at, place, number)
            for place, home in homes.items()
            for number, (at, _who) in enumerate(home.calls)
        ),
    )
    words = table("homes.toml")["visits"]
    for at, place, number in calls:
        home = homes[place]
        caller = home.calls[number][1]
        # The last call confirmed what is written of the home: somebody was there.
        met = number == 0 or dice.random() > NOBODY_HOME
        told = met and dice.random() < TOLD_MUCH
        yield PastVisit(
            place=home.place, person=caller.person, seat=caller.seat, household=home.household, at=min(at, now),
            met=met, said=_said(dice, words["said"], language) if told else "",
            agreed=_said(dice, words["agreed"], language) if told and dice.random() < TOLD_MUCH else "",
            confirmed=_confirmed(home) if met else (),
        )  # fmt: skip


def planned_visits(
    population: Population, homes: Mapping[int, Housed], *, visitors: Visitors, now: datetime, dice: Random
) -> Iterator[PastVisit]:
    """What is planned at doors where nobody called for long."""
    today = now.astimezone(ZONE).date()
    for place, home in homes.items():
        if population.homes[place].days < STALE_AFTER or dice.random() > PLANNED_SHARE:
            continue
        caller = visitors.worker(home.place)
        yield PastVisit(
            place=home.place, person=caller.person, seat=caller.seat, household=home.household, why="stale",
            planned_on=today + timedelta(days=dice.randrange(PLANNED_WITHIN)), planned_at=now - timedelta(days=1),
        )  # fmt: skip


def _said(dice: Random, entries: list[str], language: str) -> str:
    words = both(dice.choice(entries))
    return words.zh if language.startswith("zh") else words.en


def _confirmed(home: Housed) -> tuple[str, ...]:
    people = (f"resident:{person}" for person in home.people)
    return (f"household:{home.household}", f"dwelling:{home.dwelling}", *people)
