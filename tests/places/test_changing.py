"""Changing areas keeps what they were, says who did it, and refuses what cannot be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shapely.geometry import box

from mulin.journal.face import Subject, timeline
from mulin.kernel.geo import from_wkb
from mulin.kernel.refusals import Conflict, Invalid, Refusal
from mulin.places.face import (
    Area,
    AreaVersion,
    NewArea,
    close_area,
    cover_problems,
    describe,
    open_area,
    redraw,
    redraw_together,
    rename,
)
from tests.places.ground import BY, HALF, LATER, OPENED, SOUTH, VILLAGE, WEST, building, grid, square


def codes(area: Area) -> list[str]:
    return [line.code for line in timeline(Subject("area", area.pk))]


def test_a_name_is_changed_and_the_old_one_kept(tree: dict[str, Area]) -> None:
    area = rename(tree[VILLAGE], name=" 新 社区 ", name_en="New", by=BY, now=LATER)
    assert (area.name, area.name_en, area.changed_at) == ("新 社区", "New", LATER)
    version = AreaVersion.objects.get(area=area)
    assert (version.name, version.from_at, version.to_at) == ("测试社区", OPENED, LATER)
    assert codes(area) == ["area.renamed"]


def test_the_same_name_again_changes_nothing(tree: dict[str, Area]) -> None:
    area = tree[VILLAGE]
    assert rename(area, name=area.name, name_en=area.name_en, by=BY, now=LATER).changed_at == OPENED
    assert codes(area) == []


def test_details_change_without_a_version(tree: dict[str, Area]) -> None:
    house = tree[building(1, grid(1))]
    again = describe(house, kind="shop", floors=7, address="龙山路1号", by=BY, now=LATER)
    assert (again.kind, again.floors, again.address, again.name) == ("shop", 7, "龙山路1号", "1号楼")
    assert timeline(Subject("area", house.pk))[0].facts["changed"] == ["address", "floors", "kind"]
    assert not AreaVersion.objects.filter(area=house).exists()
    describe(house, kind="shop", by=BY, now=LATER)
    assert codes(house) == ["area.described"]


@pytest.mark.parametrize(
    "details", [{"floors": -1}, {"floors": 999}, {"address": "长" * 201}, {"lon": 999.0}]
)
def test_wrong_details_are_refused(tree: dict[str, Area], details: dict[str, str | float]) -> None:
    with pytest.raises(Refusal):
        describe(tree[building(1, grid(1))], by=BY, now=LATER, **details)


def test_there_is_no_detail_of_that_name(tree: dict[str, Area]) -> None:
    with pytest.raises(TypeError, match="path"):
        describe(tree[VILLAGE], by=BY, now=LATER, path="1")


def test_neighbours_are_redrawn_together(tree: dict[str, Area]) -> None:
    wide = box(WEST, SOUTH, WEST + HALF + 0.002, SOUTH + HALF)
    narrow = box(WEST + HALF + 0.002, SOUTH, WEST + 2 * HALF, SOUTH + HALF)
    with pytest.raises(Invalid) as told:
        redraw(tree[grid(1)], wide, by=BY, now=LATER)
    assert told.value.code == "border_overlap"
    areas = redraw_together({tree[grid(1)]: wide, tree[grid(2)]: narrow}, by=BY, now=LATER)
    assert [
        from_wkb(area.border or b"").equals(shape) for area, shape in zip(areas, (wide, narrow), strict=True)
    ]
    assert cover_problems(tree[VILLAGE]) == []
    assert AreaVersion.objects.filter(to_at=LATER).count() == 2
    assert codes(tree[grid(2)]) == ["area.redrawn"]


def test_gaps_are_allowed_but_seen(tree: dict[str, Area]) -> None:
    redraw(tree[grid(1)], square(0, 0, HALF / 2), by=BY, now=LATER)
    (problem,) = cover_problems(tree[VILLAGE])
    assert (problem.fault, problem.areas) == ("gap", (tree[VILLAGE],))
    assert problem.square_metres == pytest.approx(0.75 * 965.4 * 1112.0, rel=0.01)


def test_overlaps_and_what_sticks_out_are_seen(tree: dict[str, Area]) -> None:
    out = box(WEST - 0.001, SOUTH, WEST + HALF + 0.001, SOUTH + HALF)
    tree[grid(1)].border = out.wkb
    tree[grid(1)].save(update_fields=["border"])
    faults = {problem.fault.value: problem for problem in cover_problems(tree[VILLAGE])}
    assert set(faults) == {"overlap", "outside"}
    assert set(faults["overlap"].areas) == {tree[grid(1)], tree[grid(2)]}


def test_rounding_is_no_gap(tree: dict[str, Area]) -> None:
    redraw(tree[grid(1)], square(0, 0, HALF - 1e-7), by=BY, now=LATER)
    assert cover_problems(tree[VILLAGE]) == []


def test_overlays_need_not_fill_their_village(tree: dict[str, Area]) -> None:
    assert cover_problems(tree[VILLAGE], "commercial") == []
    assert cover_problems(tree[VILLAGE], "production") == []


def test_an_area_with_open_areas_in_it_stays_open(tree: dict[str, Area]) -> None:
    with pytest.raises(Conflict) as told:
        close_area(tree[grid(1)], by=BY, now=LATER)
    assert told.value.code == "area_not_empty"


def test_a_closed_area_keeps_its_code_and_is_not_changed_any_more(tree: dict[str, Area]) -> None:
    house = tree[building(2, grid(1))]
    closed = close_area(house, reason="拆除", by=BY, now=LATER)
    assert (closed.closed_at, closed.is_open) == (LATER, False)
    assert timeline(Subject("area", house.pk))[0].code == "area.closed"
    with pytest.raises(Conflict):
        rename(house, name="又", by=BY, now=LATER)
    with pytest.raises(Conflict) as told:
        open_area(NewArea(house.path, "新楼"), by=BY, now=LATER)
    assert told.value.code == "path_used"
    with pytest.raises(Conflict):
        open_area(NewArea(f"{house.path}01", "单元"), by=BY, now=LATER)


def test_nothing_is_changed_before_its_last_change(tree: dict[str, Area]) -> None:
    rename(tree[VILLAGE], name="甲", by=BY, now=LATER)
    with pytest.raises(Conflict):
        rename(tree[VILLAGE], name="乙", by=BY, now=LATER - timedelta(days=1))


def test_two_changes_at_one_instant_leave_one_version(tree: dict[str, Area]) -> None:
    rename(tree[VILLAGE], name="甲", by=BY, now=LATER)
    rename(tree[VILLAGE], name="乙", by=BY, now=LATER)
    assert AreaVersion.objects.filter(area=tree[VILLAGE]).count() == 1
