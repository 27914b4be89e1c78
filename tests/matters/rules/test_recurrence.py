"""The same again at the same place starts one level up: never above the county, and no emergency loses time."""

from __future__ import annotations

from uuid import uuid4

from mulin.matters.rules.recurrence import Before, raised
from mulin.matters.rules.who import Ground, Spot

WAY = tuple(Spot(uuid4(), "370402005001012"[:length]) for length in (15, 12, 9, 6))


def ground_at(level: int) -> Ground:
    return Ground(WAY, WAY, next(spot for spot in WAY if spot.level == level))


def level(start: int, ended: int, *, urgent: bool = False) -> int:
    before = Before(uuid4(), ended, 0)
    return raised(ground_at(start), before, urgent=urgent).held_at.level


def test_one_level_above_where_its_kind_starts() -> None:
    assert level(15, 15) == 12
    assert level(12, 12) == 9


def test_and_above_where_the_one_before_ended() -> None:
    assert level(15, 12) == 9
    assert level(15, 9) == 6


def test_never_above_the_county() -> None:
    assert level(15, 6) == 6
    assert level(6, 6) == 6


def test_an_emergency_loses_no_time() -> None:
    assert level(15, 15, urgent=True) == 15
