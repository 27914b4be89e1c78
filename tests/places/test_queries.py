"""Reading the tree, in few statements."""

from __future__ import annotations

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mulin.places.face import (
    Area,
    BuildingKind,
    GridKind,
    Level,
    ancestor,
    buildings,
    children,
    close_area,
    grids,
    lineage,
    lineages,
    numbered,
    search_areas,
    units,
)
from tests.places.ground import BY, LATER, OPENED, TOWN, VILLAGE, building, grid

FIRST = building(1, grid(1))


def test_under_is_one_range(tree: dict[str, Area]) -> None:
    assert [area.path for area in Area.objects.under(grid(1)).order_by("path")] == [
        grid(1),
        FIRST,
        f"{FIRST}01",
        f"{FIRST}02",
        building(2, grid(1)),
    ]
    assert Area.objects.under_any([grid(1), grid(2)]).count() == 8
    assert Area.objects.under_any([]).count() == 0


def test_breadcrumbs_cost_one_statement(
    tree: dict[str, Area], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = tree[f"{FIRST}01"]
    with django_assert_num_queries(1):
        crumbs = lineage(unit)
    assert [area.level for area in crumbs] == [2, 4, 6, 9, 12, 15, 22, 24]
    with django_assert_num_queries(1):
        many = lineages([unit, tree[grid(2)]])
    assert many[unit.path] == crumbs
    assert many[grid(2)][-2:] == [tree[VILLAGE], tree[grid(2)]]
    assert lineages([]) == {}


def test_an_ancestor_of_a_level(tree: dict[str, Area]) -> None:
    unit = tree[f"{FIRST}01"]
    assert ancestor(unit, Level.TOWN) == tree[TOWN]
    assert ancestor(unit, Level.UNIT) == unit
    assert ancestor(unit, Level.MICRO_GRID) is None
    assert ancestor(tree[TOWN], Level.VILLAGE) is None


def test_lists_of_what_is_open(tree: dict[str, Area]) -> None:
    micro = numbered(grid(2), Level.MICRO_GRID, 1)
    close_area(tree[building(2, grid(1))], by=BY, now=LATER)
    assert [area.path for area in children(tree[grid(1)])] == [FIRST]
    assert [area.path for area in buildings(tree[VILLAGE])] == [FIRST, building(3, micro)]
    assert [area.name for area in units(tree[FIRST])] == ["1单元", "2单元"]
    assert len(grids(tree[VILLAGE])) == 6
    assert [area.path for area in grids(tree[VILLAGE], "commercial")] == [grid(11)]


def test_open_at_an_instant(tree: dict[str, Area]) -> None:
    house = close_area(tree[building(2, grid(1))], by=BY, now=LATER)
    assert Area.objects.open_at(OPENED).filter(pk=house.pk).exists()
    assert not Area.objects.open_at(LATER).filter(pk=house.pk).exists()
    assert not Area.objects.under(TOWN).open_at(OPENED.replace(year=2020)).exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("测试社", [VILLAGE]),
        ("Test 990101001001", [VILLAGE]),
        ("test 990101001", [TOWN, VILLAGE, "990101001002"]),
        ("商业", [grid(11)]),
        ("2 单元", [f"{FIRST}02"]),
        ("没有这个", []),
        ("   ", []),
        ("%", []),
    ],
)
def test_areas_are_found_by_name_and_by_code(tree: dict[str, Area], text: str, found: list[str]) -> None:
    assert [area.path for area in search_areas(text, within=["99"])] == found


def test_a_building_is_found_by_its_code(tree: dict[str, Area]) -> None:
    assert search_areas(tree[FIRST].code, within=[VILLAGE]) == [tree[FIRST]]


def test_only_what_lies_within_is_found(tree: dict[str, Area]) -> None:
    assert search_areas("测试", within=[grid(1)]) == []
    assert search_areas("测试", within=[]) == []
    assert len(search_areas("测试", within=["99"], limit=2)) == 2


def test_the_label_follows_the_language(tree: dict[str, Area]) -> None:
    village, house = tree[VILLAGE], tree[FIRST]
    with translation.override("en"):
        assert (village.label, house.label) == (f"Test {VILLAGE}", "1号楼")
        assert str(village.rank.label) == "village or community"
    with translation.override("zh-hans"):
        assert village.label == str(village) == "测试社区"


def test_kinds_have_words(tree: dict[str, Area]) -> None:
    house = tree[FIRST]
    with translation.override("en"):
        assert [str(kind.label) for kind in BuildingKind][:2] == ["homes", "slab block"]
        assert house.kind_label == "homes"
        house.kind = "of its own"
        assert house.kind_label == "of its own"
        assert [str(kind.label) for kind in GridKind] == ["basic grid", "exclusive grid", "overlay grid"]
