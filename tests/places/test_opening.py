"""Opening areas: what is refused changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from shapely.geometry import Polygon, box

from mulin.journal.face import Entry, Subject, timeline
from mulin.kernel.refusals import Conflict, Invalid, Refusal
from mulin.places.face import Area, Level, NewArea, bulk_open, map_version, numbered, open_area
from tests.places.ground import BY, LATER, NEIGHBOUR, OPENED, TOWN, VILLAGE, WEST, building, grid, square

BASIC: Any = {"family": "base", "grid_kind": "basic"}


def test_areas_hang_where_their_codes_say(tree: dict[str, Area]) -> None:
    micro = numbered(grid(2), Level.MICRO_GRID, 1)
    parents = {area.path: area.parent.path if area.parent else None for area in Area.objects.under("99")}
    assert parents["99"] is None
    assert parents[VILLAGE] == TOWN
    assert parents[grid(1)] == VILLAGE
    assert parents[building(1, grid(1))] == grid(1)
    assert parents[building(3, micro)] == micro
    assert parents[numbered(building(1, grid(1)), Level.UNIT, 2)] == building(1, grid(1))


def test_a_bulk_is_one_entry(tree: dict[str, Area]) -> None:
    entry = Entry.objects.get(code="areas.opened", at=OPENED)
    assert timeline(Subject(entry.subject_kind, entry.subject))[0].facts["count"] == len(tree)


def test_opening_one_says_who_and_moves_the_map(tree: dict[str, Area]) -> None:
    before = map_version()
    area = open_area(NewArea(grid(1, NEIGHBOUR), "新网格", "New grid", **BASIC), by=BY, now=LATER)
    line = timeline(Subject("area", area.pk))[0]
    assert (line.code, line.by, line.facts["path"]) == ("area.opened", BY.person, area.path)
    assert map_version() != before


def test_the_label_stands_inside_the_border(tree: dict[str, Area]) -> None:
    area = tree[grid(1)]
    assert area.lon is not None
    assert area.lat is not None
    assert square(0, 0).contains(square(0, 0).representative_point())
    assert WEST < area.lon < WEST + 0.01


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewArea("9901010010", "没有这一级"), "path_length"),
        (NewArea("99010100100x", "不是数字"), "path_digits"),
        (NewArea(VILLAGE + "000", "零", **BASIC), "path_zeros"),
        (NewArea("990102001001", "没有县"), "path_parent"),
        (NewArea(building(9, grid(7)), "没有网格"), "path_parent"),
        (NewArea(building(9, grid(11)), "在叠加网格里"), "path_parent"),
        (NewArea(VILLAGE, "重复"), "path_used"),
        (NewArea(building(1, grid(2)), "楼号已用"), "path_used"),
        (NewArea(grid(20), " \u200b ", **BASIC), "no_name"),
        (NewArea(grid(20), "长" * 101, **BASIC), "too_long"),
        (NewArea(grid(20), "没有类别"), "no_family"),
        (NewArea(grid(20), "没有类别", family="other", grid_kind="basic"), "no_family"),
        (NewArea(grid(20), "性质不符", family="commercial", grid_kind="basic"), "grid_kind"),
        (NewArea(grid(20), "性质不符", family="base", grid_kind="overlay"), "grid_kind"),
        (NewArea(grid(20), "性质不明", family="commercial", grid_kind="odd"), "grid_kind"),
        (NewArea("990101001003", "只有网格有类别", **BASIC), "family_of_grids"),
        (NewArea(grid(20), "重叠", border=square(0, 0), **BASIC), "border_overlap"),
        (NewArea(grid(20), "出村", border=square(3, 3), **BASIC), "border_outside"),
        (
            NewArea(grid(20), "自交", border=Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), **BASIC),
            "border_crosses",
        ),
        (NewArea(grid(20), "空", border=Polygon(), **BASIC), "no_border"),
        (NewArea(grid(20), "不在地球上", border=box(170, 0, 190, 1), **BASIC), "no_place"),
        (NewArea(grid(20), "不在地球上", lon=200.0, lat=0.0, **BASIC), "no_place"),
        (NewArea(building(9, grid(1)), "高", floors=1000), "floors"),
    ],
)
def test_what_is_wrong_is_refused_and_changes_nothing(tree: dict[str, Area], new: NewArea, code: str) -> None:
    count, entries, version = Area.objects.count(), Entry.objects.count(), map_version()
    with pytest.raises(Refusal) as told, transaction.atomic():
        open_area(new, by=BY, now=LATER)
    assert told.value.code == code
    assert str(told.value)
    assert (Area.objects.count(), Entry.objects.count(), map_version()) == (count, entries, version)


def test_one_bad_area_undoes_the_whole_bulk(tree: dict[str, Area]) -> None:
    good = NewArea(building(50, grid(1)), "好")
    with pytest.raises(Conflict):
        bulk_open([good, replace(good, name="同一个码")], by=BY, now=LATER)
    assert not Area.objects.filter(path=good.path).exists()


def test_overlays_may_lie_over_base_grids_but_not_over_each_other(tree: dict[str, Area]) -> None:
    new = NewArea(grid(21), "又一个商业网格", border=square(0, 0), family="commercial", grid_kind="overlay")
    with pytest.raises(Invalid) as told:
        open_area(new, by=BY, now=LATER)
    assert told.value.code == "border_overlap"
    assert open_area(replace(new, family="production"), by=BY, now=LATER).family is not None


def test_borders_of_the_neighbouring_village_count(tree: dict[str, Area]) -> None:
    new = NewArea(grid(1, NEIGHBOUR), "越界", border=square(0, 0), **BASIC)
    with pytest.raises(Invalid):
        open_area(new, by=BY, now=LATER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "990101001009", "level": 9},
        {"path": "990101001009", "level": 12, "parent": None},
        {"path": "990101001009", "level": 12, "grid_kind": "basic"},
        {"path": "990101001009001", "level": 15},
        {"path": VILLAGE, "level": 12},
        {"path": "99010100100x", "level": 12},
        {"path": "990101001009", "level": 12, "lon": 500.0, "lat": 0.0},
        {"path": "990101001009", "level": 12, "name": "长" * 101},
    ],
)
def test_the_database_keeps_the_tree_in_order(tree: dict[str, Area], wrong: dict[str, object]) -> None:
    values = {
        "parent": tree[TOWN],
        "name": "错",
        "code": "x",
        "from_at": OPENED,
        "changed_at": OPENED,
    } | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(**values)
