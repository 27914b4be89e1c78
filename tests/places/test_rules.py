"""What a path means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.places.face import (
    BASE,
    Level,
    building_code,
    contains,
    level_of,
    numbered,
    parent_in,
    parents,
    path_problem,
    within,
)
from mulin.places.rules import PARENT_LEVELS, with_descendants

LEVELS = list(Level)
digits = st.text("0123456789", min_size=24, max_size=24)
paths = st.builds(lambda text, level: text[:level], digits, st.sampled_from(LEVELS))


def test_the_base_family_has_its_name() -> None:
    assert BASE == "base"


@given(paths)
def test_the_level_is_the_length(path: str) -> None:
    assert level_of(path) == len(path)


@pytest.mark.parametrize("length", [n for n in range(30) if n not in {int(level) for level in Level}])
def test_no_other_length_is_a_level(length: int) -> None:
    assert path_problem("1" * length) == "length"
    with pytest.raises(ValueError, match="not a valid Level"):
        level_of("1" * length)


@pytest.mark.parametrize("path", ["3x", "３７", "-1", "3 ", "1½07"])
def test_a_path_consists_of_ascii_digits(path: str) -> None:
    assert path_problem(path) == "digits"


@pytest.mark.parametrize(
    "path", ["370402005001000", "37040200500100100", "3704020050010010100000", "1" * 22 + "00"]
)
def test_no_area_of_ours_ends_in_a_level_of_zeros(path: str) -> None:
    assert path_problem(path) == "zeros"


@pytest.mark.parametrize("path", ["441900", "350527000", "350527000000", "110105020400", "370402005001010"])
def test_official_codes_may_end_in_zeros(path: str) -> None:
    assert path_problem(path) == ""


@given(paths, paths)
def test_within_is_one_range(path: str, other: str) -> None:
    low, high = within(path)
    assert (low <= other < high) == other.startswith(path) == contains(path, other)


@given(paths)
def test_parents_are_the_shorter_prefixes_longest_first(path: str) -> None:
    assert list(parents(path)) == [path[:level] for level in reversed(LEVELS) if level < len(path)]


@pytest.mark.parametrize(
    ("path", "known", "parent"),
    [
        ("370402005001", {"370402005"}, "370402005"),
        ("370402005001001", {"370402005001"}, "370402005001"),
        # a building in a grid without micro-grids, in a micro-grid, and straight in the village
        ("3704020050010010000007", {"370402005001", "370402005001001"}, "370402005001001"),
        ("3704020050010010100007", {"370402005001001", "37040200500100101"}, "37040200500100101"),
        ("3704020050010000000007", {"370402005001"}, "370402005001"),
        # the level between is named, but there is no such area
        ("3704020050010010100007", {"370402005001", "370402005001001"}, None),
        ("3704020050010010000007", {"370402005001"}, None),
        # whatever is known, only certain levels may hold it
        ("370402005001001", {"370402"}, None),
        ("441900003", {"4419", "441900"}, "441900"),
        ("441900003", {"4419"}, None),
        ("37", set(), None),
    ],
)
def test_one_level_up_is_the_parent_that_is_there(path: str, known: set[str], parent: str | None) -> None:
    assert parent_in(path, known.__contains__) == parent


@given(paths)
def test_a_parent_is_a_prefix_of_an_allowed_level(path: str) -> None:
    parent = parent_in(path, lambda _: True)
    if parent is not None:
        assert path.startswith(parent)
        assert level_of(parent) in PARENT_LEVELS[level_of(path)]


@given(st.integers(1, 99999), st.integers(1, 999))
def test_a_building_keeps_its_number_wherever_it_lies(building: int, grid: int) -> None:
    village = "370402005001"
    inside = numbered(numbered(village, Level.GRID, grid), Level.BUILDING, building)
    straight = numbered(village, Level.BUILDING, building)
    assert path_problem(inside) == path_problem(straight) == ""
    assert building_code(inside) == building_code(straight) == f"{village}{building:05d}"
    assert len(building_code(numbered(inside, Level.UNIT, 1))) == 19


@pytest.mark.parametrize("number", [0, 1000, -1])
def test_a_grid_has_three_digits(number: int) -> None:
    with pytest.raises(ValueError, match="has no number"):
        numbered("370402005001", Level.GRID, number)


def test_what_lies_below_goes_along() -> None:
    village = "370402005001"
    moves = {f"{village}001": f"{village}009", f"{village}0020000007": f"{village}0090000007"}
    below = [f"{village}001", f"{village}0010000001", f"{village}001000000101", f"{village}0020000007"]
    unit = f"{village}002000000702"
    assert with_descendants(moves, [*below, unit, f"{village}002"]) == {
        f"{village}001": f"{village}009",
        f"{village}0010000001": f"{village}0090000001",
        f"{village}001000000101": f"{village}009000000101",
        f"{village}0020000007": f"{village}0090000007",
        unit: f"{village}009000000702",
    }


@given(st.lists(paths, max_size=20), paths)
def test_an_empty_plan_moves_nothing(there: list[str], path: str) -> None:
    assert with_descendants({}, there) == {}
    assert with_descendants({path: path}, there) == {}
