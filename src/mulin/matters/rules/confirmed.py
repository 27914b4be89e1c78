"""How many of what was closed is solved: a share with its interval, from a blind sample. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

MINIMUM = 10
"""With fewer answers than this nothing is said: one more or less would change the picture."""

Z = 1.96  # nineteen times out of twenty the true share lies in the interval


class Answer(StrEnum):
    """What whoever looked again found."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Share:
    """So many of so many, never a percentage alone."""

    part: int
    whole: int

    @property
    def enough(self) -> bool:
        return self.whole >= MINIMUM

    @property
    def percent(self) -> float | None:
        return 100 * self.part / self.whole if self.enough else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval, in percent."""
        if not self.enough:
            return None
        low, high = wilson(self.part, self.whole)
        return 100 * low, 100 * high


def wilson(part: int, whole: int, z: float = Z) -> tuple[float, float]:
    """Between which shares the true one probably lies (Wilson 1927): right also for few, and near 0 and 1."""
    if whole <= 0:
        return 0.0, 1.0
    seen, square = part / whole, z * z
    middle = (seen + square / (2 * whole)) / (1 + square / whole)
    half = z / (1 + square / whole) * sqrt(seen * (1 - seen) / whole + square / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)
