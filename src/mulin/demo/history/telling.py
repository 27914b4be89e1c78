"""Tells the town's history: every matter of its year, computed by the rules, then stored in one go."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mulin.demo.history.arrivals import Arrival, id_at, make_arrivals
from mulin.demo.history.course import Course
from mulin.demo.history.crowd import Crowd
from mulin.demo.history.opening import Opening
from mulin.demo.history.sites import Sites
from mulin.demo.history.stories import Teller
from mulin.demo.settling import Settled
from mulin.demo.specs import Size, Town
from mulin.matters.face import Annals, Told
from mulin.places.face import build_ground


@dataclass(frozen=True)
class Extent:
    """How many matters, over how many days."""

    matters: int
    days: int


EXTENTS = {Size.FULL: Extent(5700, 365), Size.TINY: Extent(60, 60)}
RESTING_TRIES = 60
RESTING_DAYS = (0.02, 5.0)  # ago, of what waits in time
LATE_DAYS = (2.0, 26.0)


class History:
    """Tells matters of a town into the annals."""

    def __init__(
        self, town: Town, settled: Settled, *, now: datetime, seed: int, language: str, extent: Extent
    ) -> None:
        self.now, self.seed, self.extent = now, seed, extent
        self.annals = Annals(now)
        self._crowd, self._teller = Crowd(settled, seed), Teller(language)
        ground = build_ground()
        self._sites = Sites(town, ground)
        self._opening = Opening(self.annals, self._crowd, self._teller, ground)

    def tell(self, progress: Callable[[int], None]) -> list[Told]:
        """All of it, in memory."""
        arrivals = make_arrivals(
            self._sites, self.annals.kinds, count=self.extent.matters, days=self.extent.days, now=self.now,
            seed=self.seed,
        )  # fmt: skip
        # What waits today is told last: it begins in the last days, and what came back follows what was closed.
        in_order = sorted(arrivals, key=lambda arrival: (arrival.fate.rests_in is not None, arrival.at))
        found = []
        for arrival in in_order:
            found.append(
                self._tell_resting(arrival) if arrival.fate.rests_in else self._tell(arrival, arrival.at)
            )
            progress(1)
        return found

    def _tell(self, arrival: Arrival, at: datetime) -> Told:
        fate = copy.copy(arrival.fate)
        told = self._opening.begin(arrival, at)
        course = Course(told, arrival, fate, annals=self.annals, crowd=self._crowd, teller=self._teller)
        return course.run(self.now)

    def _tell_resting(self, arrival: Arrival) -> Told:
        """Tries beginnings until it waits today as it should."""
        fate = arrival.fate
        low, high = LATE_DAYS if fate.rests_late else RESTING_DAYS
        for _ in range(RESTING_TRIES):
            ago = timedelta(days=low + (high - low) * arrival.dice.random() ** 2)
            at = (self.now - ago).replace(microsecond=0)
            arrival.id = id_at(at, arrival.dice)
            told = self._tell(arrival, at)
            due = told.case.due_at
            if told.case.state is fate.rests_in and due and (due < self.now) is fate.rests_late:
                break
        return told
