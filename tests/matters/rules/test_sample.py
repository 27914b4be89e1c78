"""The draw of self-settled matters by risk: bounded, growing with every doubt, in total about the base share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mulin.matters.rules.confirmed import MINIMUM, Share, wilson
from mulin.matters.rules.sample import ORDINARY, Risk, share, weight

risks = some.builds(
    Risk,
    photo=some.booleans(),
    own_report=some.booleans(),
    danger=some.booleans(),
    again=some.integers(0, 9),
    settled_today=some.integers(0, 60),
    reworks=some.integers(0, 9),
)
bases = some.floats(0, 1)


@given(bases, risks)
def test_a_share_is_a_share(base: float, risk: Risk) -> None:
    assert 0 <= share(base, risk) <= 1


@given(bases, risks)
def test_every_doubt_makes_it_more_likely(base: float, risk: Risk) -> None:
    doubts = (
        replace(risk, photo=False),
        replace(risk, own_report=True),
        replace(risk, danger=True),
        replace(risk, again=risk.again + 1),
        replace(risk, settled_today=risk.settled_today + 1),
        replace(risk, reworks=risk.reworks + 1),
    )
    assert all(share(base, more) >= share(base, risk) for more in doubts)


@given(some.floats(0, 0.99), some.floats(0, 0.99), risks)
def test_a_town_that_checks_more_checks_each_more(one: float, other: float, risk: Risk) -> None:
    low, high = sorted((one, other))
    assert share(low, risk) <= share(high, risk)


@given(risks)
def test_none_and_all_stay_none_and_all(risk: Risk) -> None:
    assert share(0, risk) == 0
    assert share(1, risk) == 1


@pytest.mark.parametrize("base", [0.02, 0.05, 0.1, 0.2, 0.3])
def test_in_total_about_the_base_share_is_drawn(base: float) -> None:
    assert sum(part for part, _risk in ORDINARY) == pytest.approx(1)
    assert sum(part * share(base, risk) for part, risk in ORDINARY) == pytest.approx(base, rel=0.05)


def test_risk_tells() -> None:
    assert weight(Risk()) == 1
    assert share(0.2, Risk(photo=False, danger=True)) > 2 * share(0.2, Risk())


@given(some.integers(0, 500), some.integers(1, 500))
def test_the_interval_holds_the_share_that_was_seen(part: int, more: int) -> None:
    low, high = wilson(part, part + more)
    assert 0 <= low <= part / (part + more) <= high <= 1


def test_the_interval_is_wilsons() -> None:
    """Against the figures of a textbook: 45 of 50."""
    assert wilson(45, 50) == pytest.approx((0.7864, 0.9565), abs=0.0005)
    assert wilson(0, 0) == (0, 1)


def test_too_few_say_nothing() -> None:
    assert Share(MINIMUM - 1, MINIMUM - 1).percent is None
    assert Share(MINIMUM - 1, MINIMUM - 1).interval is None
    assert Share(8, 10).percent == 80
