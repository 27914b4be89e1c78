"""The ground of the demo town: exact counts, exact partition, and the same bytes every time."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from time import process_time

import pytest
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from mulin.demo.codes import nth
from mulin.demo.geometry.plane import to_metres
from mulin.demo.town import Family, GridKind, GridSpec, Size, Town, VillageSpec, build_town

SOURCES = Path(__file__).parents[2] / "src"
SEEDS = (1, 2, 3, 20220926)
HOUSE_GAP = 2.0  # m


@cache
def town_of(seed: int, size: Size = Size.FULL) -> Town:
    return build_town(seed, size=size)


@pytest.fixture(params=[(seed, Size.FULL) for seed in SEEDS] + [(seed, Size.TINY) for seed in SEEDS], ids=str)
def town(request: pytest.FixtureRequest) -> Town:
    seed, size = request.param
    return town_of(seed, size)


def borders(areas: Iterable[VillageSpec | GridSpec]) -> list[Polygon]:
    return [area.border for area in areas]


def area(shape: BaseGeometry) -> float:
    """In square metres."""
    return to_metres(shape).area


def test_the_full_town_has_the_size_of_the_articles() -> None:
    town = town_of(1)
    kinds = Counter(grid.kind for grid in town.grids)
    families = Counter(grid.family for grid in town.grids)
    assert (len(town.villages), len(town.buildings), len(town.units)) == (8, 453, 1194)
    assert kinds == {GridKind.BASIC: 44, GridKind.EXCLUSIVE: 8, GridKind.OVERLAY: 16}
    assert families == {Family.BASE: 52, Family.PRODUCTION: 6, Family.COMMERCIAL: 10}


def test_there_is_room_for_the_households_and_merchants_of_the_articles() -> None:
    town = town_of(1)
    assert 13_000 <= sum(building.dwellings for building in town.buildings) <= 15_000
    assert 1_100 <= sum(building.shops for building in town.buildings) <= 1_400


def test_the_tiny_town_is_small_and_quick() -> None:
    build_town(1, size=Size.TINY)
    start = process_time()
    town = build_town(2, size=Size.TINY)
    assert process_time() - start < 0.2
    assert (len(town.villages), len(town.base_grids), len(town.overlay_grids)) == (1, 3, 1)
    assert (len(town.buildings), len(town.units)) == (12, 20)
    assert Counter(grid.kind for grid in town.base_grids) == {GridKind.BASIC: 2, GridKind.EXCLUSIVE: 1}
    assert any(building.shops for building in town.buildings)


def test_villages_partition_the_town(town: Town) -> None:
    assert shapely.coverage_is_valid(borders(town.villages))
    assert shapely.coverage_union_all(borders(town.villages)).equals(town.border)


def test_base_grids_partition_every_village(town: Town) -> None:
    assert shapely.coverage_is_valid(borders(town.base_grids))
    for village in town.villages:
        own = borders(grid for grid in town.base_grids if grid.village == village.code)
        assert shapely.coverage_union_all(own).equals(village.border)
        assert sum(map(area, own)) == pytest.approx(area(village.border), rel=1e-9)


def test_base_grids_share_no_ground(town: Town) -> None:
    shapes = borders(town.base_grids)
    for one, other in zip(*shapely.STRtree(shapes).query(shapes), strict=True):
        if one < other:
            assert shapes[one].intersection(shapes[other]).area == 0


def test_grids_of_one_overlay_share_no_ground(town: Town) -> None:
    for family in (Family.PRODUCTION, Family.COMMERCIAL):
        shapes = borders(grid for grid in town.grids if grid.family is family)
        assert area(shapely.union_all(shapes)) == pytest.approx(sum(map(area, shapes)), abs=1e-3)


def test_overlay_grids_lie_in_town_and_touch_their_home(town: Town) -> None:
    homes = {village.code: village.border for village in town.villages}
    for grid in town.overlay_grids:
        assert area(grid.border.difference(town.border)) < 1
        assert area(grid.border.intersection(homes[grid.village])) > 1000


def test_some_overlay_grids_cross_villages() -> None:
    town = town_of(1)
    across = [
        grid
        for grid in town.overlay_grids
        if sum(area(grid.border.intersection(village.border)) > 100 for village in town.villages) > 1
    ]
    assert {grid.family for grid in across} == {Family.PRODUCTION, Family.COMMERCIAL}


def test_every_shape_is_one_valid_piece_on_the_grid_of_degrees(town: Town) -> None:
    shapes = [*borders(town.villages), *borders(town.grids), *(each.footprint for each in town.buildings)]
    for shape in [town.border, *shapes]:
        assert isinstance(shape, Polygon)
        assert shape.is_valid
        assert not shape.interiors
        assert all(round(value, 7) == value for point in shape.exterior.coords for value in point)


def test_every_building_stands_in_its_one_base_grid_and_village(town: Town) -> None:
    grids = {grid.code: grid for grid in town.base_grids}
    for building in town.buildings:
        around = [grid.code for grid in town.base_grids if grid.border.intersects(building.footprint)]
        assert around == [building.grid]
        assert grids[building.grid].border.contains_properly(building.footprint)
        assert building.village == grids[building.grid].village == building.code[:12]


def test_buildings_stand_apart(town: Town) -> None:
    walls = [to_metres(building.footprint).buffer(HOUSE_GAP / 2) for building in town.buildings]
    assert len(shapely.STRtree(walls).query(walls, predicate="intersects")[0]) == len(walls)


def test_no_building_stands_on_a_street_a_railway_a_park_or_in_the_river(town: Town) -> None:
    ways: list[BaseGeometry] = [to_metres(street.line).buffer(street.width / 2) for street in town.streets]
    for feature in town.features:
        ground = to_metres(feature.geometry)
        ways.append(ground.buffer(feature.width / 2) if feature.width else ground)
    walls = shapely.STRtree([to_metres(building.footprint) for building in town.buildings])
    assert walls.query(ways, predicate="intersects").size == 0


def test_every_base_grid_has_buildings_and_every_basic_grid_homes(town: Town) -> None:
    for grid in town.base_grids:
        own = [building for building in town.buildings if building.grid == grid.code]
        assert own
        assert grid.kind is not GridKind.BASIC or any(building.units for building in own)


def test_only_homes_have_entrances_and_a_compound(town: Town) -> None:
    for building in town.buildings:
        assert bool(building.units) is building.kind.is_residential is bool(building.compound_zh)
        assert [unit.number for unit in building.units] == list(range(1, len(building.units) + 1))
        assert len(building.units) <= 6


def test_codes_are_well_formed_and_lie_inside_each_other(town: Town) -> None:
    for village in town.villages:
        assert re.fullmatch(rf"{town.code}\d{{3}}", village.code)
    for grid in town.grids:
        assert re.fullmatch(rf"{grid.village}\d{{3}}", grid.code)
    for building in town.buildings:
        assert re.fullmatch(rf"{building.village}\d{{5}}", building.code)
        assert building.path == f"{building.grid}00{building.code[-5:]}"
        assert [unit.path for unit in building.units] == [
            f"{building.path}{unit.number:02d}" for unit in building.units
        ]


def test_codes_are_unique_and_none_ends_in_zeros(town: Town) -> None:
    codes = [village.code for village in town.villages] + [grid.code for grid in town.grids]
    codes += [building.code for building in town.buildings]
    paths = [building.path for building in town.buildings] + [unit.path for unit in town.units]
    assert len(set(codes)) == len(codes)
    assert len(set(paths)) == len(paths)
    assert not any(code.endswith("00") for code in codes + paths)


def test_numbers_skip_the_hundreds() -> None:
    numbers = [nth(position) for position in range(1, 400)]
    assert numbers[:3] == [1, 2, 3]
    assert numbers[97:101] == [98, 99, 101, 102]
    assert numbers == sorted(set(numbers))
    assert not any(number % 100 == 0 for number in numbers)


def test_overlay_numbers_follow_the_base_numbers_of_their_village(town: Town) -> None:
    for village in town.villages:
        own = [grid for grid in town.grids if grid.village == village.code]
        assert [grid.code for grid in sorted(own, key=lambda grid: grid.family is not Family.BASE)] == sorted(
            grid.code for grid in own
        )
        assert [int(code[-3:]) for code in sorted(grid.code for grid in own)] == list(range(1, len(own) + 1))


def test_base_grids_are_numbered_as_one_reads_a_map() -> None:
    for village in town_of(1).villages:
        own = [grid.border for grid in town_of(1).base_grids if grid.village == village.code]
        first, last = own[0].bounds, own[-1].bounds
        assert first[3] > last[3]  # the first begins further north
        assert first[0] < max(shape.bounds[0] for shape in own)  # and is not the easternmost


def test_names_and_addresses_are_complete_and_tell_buildings_apart(town: Town) -> None:
    addresses = [building.address_zh for building in town.buildings]
    assert len(set(addresses)) == len(addresses)
    assert len({grid.name_zh for grid in town.grids}) == len(town.grids)
    assert len({street.name_zh for street in town.streets}) == len(town.streets)
    for row in (town.villages, town.grids, town.buildings, town.streets):
        assert all(thing.name_zh and thing.name_en.isascii() for thing in row)
    assert all(building.address_en.isascii() for building in town.buildings)


def test_names_and_codes_of_the_committees_are_the_official_ones() -> None:
    assert [(village.code[-3:], village.short_zh, village.short_en) for village in town_of(1).villages] == [
        ("001", "辛庄", "Xinzhuang"),
        ("002", "道南", "Daonan"),
        ("004", "荣华里", "Ronghuali"),
        ("005", "车站", "Chezhan"),
        ("010", "长乐", "Changle"),
        ("012", "前岭", "Qianling"),
        ("013", "公胜街", "Gongshengjie"),
        ("014", "老车站", "Laochezhan"),
    ]


def test_the_town_lies_in_zaozhuang_and_is_some_kilometres_wide() -> None:
    west, south, east, north = town_of(1).border.bounds
    assert 117.54 < west < east < 117.58
    assert 34.85 < south < north < 34.87
    assert 2e6 < area(town_of(1).border) < 8e6


@pytest.mark.parametrize("size", list(Size))
def test_a_seed_builds_the_same_town_again(size: Size) -> None:
    assert build_town(5, size=size) == build_town(5, size=size)
    assert build_town(5, size=size).digest() == build_town(5, size=size).digest()
    assert build_town(5, size=size).digest() != build_town(6, size=size).digest()


@pytest.mark.parametrize("salt", ["1", "4242"])
def test_another_process_with_other_hashes_builds_the_same_town(salt: str) -> None:
    program = "from mulin.demo.town import build_town; print(build_town(5).digest())"
    environment = {**os.environ, "PYTHONHASHSEED": salt, "PYTHONPATH": str(SOURCES)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == town_of(5).digest()


def test_the_full_town_takes_less_than_five_seconds() -> None:
    start = process_time()
    build_town(9)
    assert process_time() - start < 5
