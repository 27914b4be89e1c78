"""The table of roles says nothing that contradicts itself."""

from __future__ import annotations

import pytest

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid
from mulin.places.face import Level
from mulin.posts.face import ROLES, Permission, Reach, Role, Scope, role, superiors
from mulin.posts.rules import EVERYONE, LABELS, Standing, exclusive_with, minimal, subordinates
from tests.posts.cast import BUILDING, COUNTY, GRID, TOWN, UNIT, VILLAGE

EXPECTED = {
    "resident", "volunteer", "unit_head", "building_head", "grid_worker", "grid_head", "grid_instructor", "cadre",
    "committee_member", "specialist", "centre_operator", "centre_director", "department_handler", "mediator",
    "checker", "window_clerk", "publisher", "system_administrator", "security_administrator", "auditor",
}  # fmt: skip
ADMINISTRATORS = {"system_administrator", "security_administrator", "auditor"}


def test_every_role_of_the_design_is_there() -> None:
    assert set(ROLES) == EXPECTED


@pytest.mark.parametrize("line", ROLES.values(), ids=list(ROLES))
def test_a_role_sits_where_its_reach_says(line: Role) -> None:
    assert bool(line.levels) == (line.reach in (Reach.BELOW, Reach.LEVEL))
    assert line.permissions
    assert str(line.label)
    if line.superior:
        assert ROLES[line.superior].levels, "a superior sits at an area"


def test_every_permission_has_a_label_and_somebody_who_has_it() -> None:
    held = frozenset().union(*(line.permissions for line in ROLES.values())) | EVERYONE
    assert set(LABELS) == set(Permission)
    assert set(Permission) == held


def test_the_three_administrators_exclude_each_other_and_read_no_matter() -> None:
    reading = {Permission.MATTER_READ, Permission.CONTACT_REVEAL}
    for code in ADMINISTRATORS:
        assert exclusive_with(role(code)) == ADMINISTRATORS - {code}
        assert not reading & role(code).permissions
    assert exclusive_with(role("grid_worker")) == frozenset()


def test_the_auditor_sees_no_personal_data() -> None:
    forbidden = {
        Permission.PERSON_READ,
        Permission.PERSON_REVEAL,
        Permission.CONTACT_REVEAL,
        Permission.MATTER_READ,
    }
    assert not forbidden & role("auditor").permissions


def test_nobody_appoints_whoever_appoints_them() -> None:
    """The system administrator cannot make administrators; the security administrator cannot make staff."""
    assert Permission.POST_APPOINT_ADMINISTRATOR not in role("system_administrator").permissions
    assert Permission.POST_APPOINT not in role("security_administrator").permissions


def test_the_chain_of_superiors_runs_from_the_unit_to_the_county() -> None:
    assert list(superiors("unit_head", UNIT)) == [
        ("building_head", BUILDING),
        ("grid_worker", GRID),
        ("grid_head", VILLAGE),
        ("centre_operator", TOWN),
        ("centre_director", TOWN),
        ("centre_operator", COUNTY),
        ("centre_director", COUNTY),
    ]


def test_nobody_stands_in_above_the_county() -> None:
    assert list(superiors("centre_director", COUNTY)) == []
    assert list(superiors("centre_operator", "9904")) == [("centre_director", "9904")]


def test_a_missing_level_is_passed_over() -> None:
    """A building that hangs directly under its village has zeros where the grid would be."""
    building = VILLAGE + "000" + "00" + "00001"
    assert next(superiors("building_head", building)) == ("grid_head", VILLAGE)


def test_who_is_below_whom() -> None:
    assert subordinates("grid_worker") == {"volunteer", "unit_head", "building_head"}
    assert "grid_worker" in subordinates("centre_director")
    assert not ADMINISTRATORS & subordinates("centre_director")


def test_an_unknown_role_and_an_unknown_permission_are_errors() -> None:
    with pytest.raises(Invalid):
        role("gridworker")


def test_above_the_county_only_ones_own_level_shows_records() -> None:
    city = Standing(role("centre_operator"), seat=new_id(), path="9904")
    assert not city.grants(Permission.MATTER_READ, Scope(paths=(UNIT,), level=Level.GRID))
    assert city.grants(Permission.MATTER_READ, Scope(paths=("9904",), level=Level.CITY))
    assert city.grants(Permission.PLACE_READ, Scope(paths=(UNIT,)))


def test_ranges_are_merged() -> None:
    assert minimal([GRID, VILLAGE, GRID, TOWN + "002", UNIT]) == [VILLAGE, TOWN + "002"]
