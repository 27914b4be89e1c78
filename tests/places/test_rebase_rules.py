"""Which plans to move codes are sound."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.places.rebase_rules import FAULTS, Fault, Node, complete
from mulin.places.rules import Level, building_code, level_of, numbered, parent_in, path_problem

V = "990101001001"
FIRST, SECOND, SHOPS = (numbered(V, Level.GRID, n) for n in (1, 2, 11))
MICRO = numbered(SECOND, Level.MICRO_GRID, 1)
HOUSE, OTHER = numbered(FIRST, Level.BUILDING, 1), numbered(MICRO, Level.BUILDING, 2)
UNIT = numbered(HOUSE, Level.UNIT, 1)
PATHS = [FIRST, SECOND, SHOPS, MICRO, HOUSE, OTHER, UNIT]
NINTH = numbered(V, Level.GRID, 9)


def owner(path: str) -> UUID:
    return UUID(int=int(path))


def nodes(closed: str = "") -> list[Node]:
    return [
        Node(
            owner(path),
            path,
            {SHOPS: "overlay"}.get(path, "basic" if len(path) == 15 else ""),
            path != closed,
        )
        for path in PATHS
    ]


def faults(moves: dict[str, str], owners: dict[str, UUID] | None = None, closed: str = "") -> list[Fault]:
    return complete(V, moves, nodes(closed), owners or {})[2]


def test_every_fault_has_words() -> None:
    assert Fault("used", V).message == f"The code {V} is or was another area's."
    assert all("%(path)s" in str(words) for words in FAULTS.values())


def test_a_grid_takes_along_what_lies_in_it() -> None:
    moves, parents, wrong = complete(V, {FIRST: NINTH}, nodes(), {})
    house = numbered(NINTH, Level.BUILDING, 1)
    assert wrong == []
    assert moves == {FIRST: NINTH, HOUSE: house, UNIT: f"{house}01"}
    assert parents == {NINTH: V, house: NINTH, f"{house}01": house}


def test_a_house_moves_between_grids_and_out_of_all() -> None:
    into_micro = numbered(MICRO, Level.BUILDING, 1)
    straight = numbered(V, Level.BUILDING, 1)
    assert complete(V, {HOUSE: into_micro}, nodes(), {})[1] == {
        into_micro: MICRO,
        f"{into_micro}01": into_micro,
    }
    assert complete(V, {HOUSE: straight}, nodes(), {})[1][straight] == V


@pytest.mark.parametrize(
    ("moves", "code"),
    [
        ({numbered(V, Level.GRID, 7): NINTH}, "unknown"),
        ({V: "990101001009"}, "unknown"),
        ({"990101001002001": NINTH}, "unknown"),
        ({FIRST: "99010100100100x"}, "malformed"),
        ({FIRST: V + "000"}, "malformed"),
        ({FIRST: numbered(V, Level.BUILDING, 5)}, "level"),
        ({FIRST: "990101001002009"}, "outside"),
        ({HOUSE: numbered(SECOND, Level.BUILDING, 5)}, "number"),
        ({FIRST: NINTH, SECOND: NINTH}, "clash"),
        ({FIRST: SECOND}, "used"),
        ({FIRST: SECOND, SECOND: FIRST}, "used"),
        ({HOUSE: numbered(NINTH, Level.BUILDING, 1)}, "parent"),
        ({FIRST: NINTH, HOUSE: HOUSE}, "parent"),
        ({HOUSE: numbered(SHOPS, Level.BUILDING, 1)}, "overlay"),
    ],
)
def test_an_unsound_plan_is_refused(moves: dict[str, str], code: str) -> None:
    assert code in {fault.code for fault in faults(moves)}


def test_a_code_is_used_once_but_its_own_area_may_come_back() -> None:
    assert [fault.code for fault in faults({SHOPS: NINTH}, {NINTH: owner("1")})] == ["used"]
    assert faults({SHOPS: NINTH}, {NINTH: owner(SHOPS)}) == []


def test_what_is_open_does_not_move_into_what_is_closed() -> None:
    wrong = faults({HOUSE: numbered(SECOND, Level.BUILDING, 1)}, closed=SECOND)
    assert wrong[0].code == "closed"


numbers = st.integers(1, 12)
anywhere = st.one_of(
    st.builds(lambda n: numbered(V, Level.GRID, n), numbers),
    st.builds(lambda g, n: numbered(numbered(V, Level.GRID, g), Level.BUILDING, n), numbers, numbers),
    st.builds(lambda n: numbered(V, Level.BUILDING, n), numbers),
    st.sampled_from(PATHS),
)


@given(st.dictionaries(st.sampled_from(PATHS), anywhere, max_size=4))
def test_a_sound_plan_leaves_a_sound_tree(asked: dict[str, str]) -> None:
    """Whatever is asked: it is refused, or afterwards every area has its place, its number and its own code."""
    moves, parents, wrong = complete(V, asked, nodes(), {})
    if wrong:
        return
    after = [moves.get(path, path) for path in PATHS]
    assert len(set(after)) == len(PATHS)
    assert not set(moves.values()) & set(PATHS)
    for old, new in moves.items():
        assert (path_problem(new), level_of(new)) == ("", level_of(old))
        assert len(new) < Level.BUILDING or building_code(new) == building_code(old)
        assert parents[new] == parent_in(new, {V, *after}.__contains__)
