"""What becomes of a matter, dealt out beforehand so that the shares come out as they should in any number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from mulin.matters.face import State

T = TypeVar("T")

GRID, VILLAGE, TOWN, COUNTY = 15, 12, 9, 6


@dataclass
class Fate:
    """What is decided beforehand; the rest follows from the rules and from who takes how long."""

    level: int = GRID  # the level at which it is settled
    late_climb: bool = False  # passed on only when somebody had it in hand
    settles: bool = False  # settled on the spot
    declined: bool = False
    withdrawn: bool = False
    returns: int = 0  # how often whoever gets it gives it back
    reworks: int = 0
    reopens: int = 0
    rated: bool = False
    slow: float = 1.0  # how much longer than usual everything takes
    detours: list[str] = field(default_factory=list)  # what happens while it is in hand: ask_time, ask_hold …
    rests_in: State | None = None  # it waits in this state today
    rests_late: bool = False


# By the level at which a kind starts: where its matters are settled.
SETTLED_AT: Mapping[int, Mapping[int, float]] = {
    GRID: {GRID: 0.745, VILLAGE: 0.195, TOWN: 0.058, COUNTY: 0.002},
    VILLAGE: {GRID: 0.04, VILLAGE: 0.88, TOWN: 0.08},
    TOWN: {VILLAGE: 0.1, TOWN: 0.88, COUNTY: 0.02},
}
URGENT_SETTLED_AT: Mapping[int, Mapping[int, float]] = {
    **SETTLED_AT, TOWN: {TOWN: 0.98, COUNTY: 0.02},
}  # fmt: skip


def deal(shares: Mapping[T, float], count: int, dice: Random) -> list[T]:
    """So many cards with these shares as exactly as whole numbers allow, shuffled; each kind at least once."""
    whole = sum(shares.values())
    exact = {card: count * share / whole for card, share in shares.items()}
    number = {card: max(1, int(part)) for card, part in exact.items()}
    by_rest = sorted(shares, key=lambda card: int(exact[card]) - exact[card])
    for card in by_rest[: max(0, count - sum(number.values()))]:
        number[card] += 1
    most = max(shares, key=lambda card: shares[card])
    number[most] -= max(0, sum(number.values()) - count)
    cards = [card for card, many in number.items() for _ in range(many)]
    dice.shuffle(cards)
    return cards[:count]


def flags(share: float, count: int, dice: Random) -> list[bool]:
    """True for this share of so many, and for at least one."""
    return deal({True: share, False: 1 - share}, count, dice)


def pick(things: Sequence[T], share: float, dice: Random) -> list[T]:
    """This share of the things, and at least one where there are any."""
    return [thing for thing, chosen in zip(things, flags(share, len(things), dice), strict=True) if chosen]
