"""Gives the drafted houses their codes, names, compounds, addresses and entrances."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from shapely.geometry import MultiPoint

from ..chance import chance
from ..codes import building_code, building_path, unit_path
from ..specs import BuildingSpec, GridSpec, UnitSpec
from ..words import Words, word_list
from .drafts import Draft
from .streets import Numbers

DOORS_A_FLOOR = 2
LARGE_COMPOUND = 10  # homes; a grid with more, on several plots, has two compounds
NOWHERE = Words("", "")


@dataclass(frozen=True)
class Place:
    """A draft with its names."""

    draft: Draft
    name: Words
    address: Words
    compound: Words = NOWHERE


def register(
    drafts: list[Draft], grid_of: dict[str, GridSpec], numbers: Numbers, seed: int
) -> list[BuildingSpec]:
    """All buildings, numbered through each village grid by grid; geometry still in metres."""
    names = _compound_names(seed)
    grids = sorted(grid_of.items(), key=lambda item: item[1].code)
    buildings = []
    for _, in_village in groupby(grids, key=lambda item: item[1].village):
        position = 0
        for key, grid in in_village:
            for place in _places([draft for draft in drafts if draft.key == key], numbers, names):
                position += 1
                buildings.append(_building(place, grid, position))
    return buildings


def _compound_names(seed: int) -> Iterator[Words]:
    """Invented names of compounds, none twice."""
    dice = chance(seed, "compounds")
    stems = list(word_list("compound_stems"))
    dice.shuffle(stems)
    for stem in stems:
        suffix = dice.choice(word_list("compound_suffixes"))
        yield Words(f"{stem.zh}{suffix.zh}", f"{stem.en} {suffix.en}")


def _places(drafts: list[Draft], numbers: Numbers, names: Iterator[Words]) -> Iterator[Place]:
    """The buildings of one grid: homes by compound, then everything else."""
    for homes in _compounds([draft for draft in drafts if draft.kind.is_residential]):
        yield from _compound(homes, numbers, next(names))
    for draft in drafts:
        if not draft.kind.is_residential:
            yield _single(draft, numbers)


def _compounds(homes: list[Draft]) -> list[list[Draft]]:
    """The homes of a grid as one compound or two, never dividing a plot."""
    if len(homes) <= LARGE_COMPOUND:
        return [homes] if homes else []
    middle = homes[len(homes) // 2].part
    halves = [home for home in homes if home.part < middle], [home for home in homes if home.part >= middle]
    return [half for half in halves if half]


def _compound(homes: list[Draft], numbers: Numbers, name: Words) -> Iterator[Place]:
    """One house number for the gate, then building by building."""
    middle = MultiPoint([home.footprint.centroid for home in homes]).centroid
    gate = numbers.address(middle)
    for number, home in enumerate(homes, 1):
        own = Words(f"{name.zh}{number}号楼", f"Building {number}, {name.en}")
        address = Words(f"{gate.zh}{own.zh}", f"{own.en}, {gate.en}")
        yield Place(home, own, address, name)


def _single(draft: Draft, numbers: Numbers) -> Place:
    address = numbers.address(draft.footprint.centroid)
    name = draft.name or Words(f"{address.zh}商铺", f"Shops, {address.en}")
    return Place(draft, name, address)


def _building(place: Place, grid: GridSpec, position: int) -> BuildingSpec:
    code = building_code(grid.village, position)
    path = building_path(grid.code, code)
    draft = place.draft
    return BuildingSpec(
        code=code,
        path=path,
        kind=draft.kind,
        name_zh=place.name.zh,
        name_en=place.name.en,
        address_zh=place.address.zh,
        address_en=place.address.en,
        compound_zh=place.compound.zh,
        compound_en=place.compound.en,
        village=grid.village,
        grid=grid.code,
        footprint=draft.footprint,
        floors=draft.floors,
        shops=draft.shops,
        units=tuple(_unit(path, code, number, draft.floors) for number in range(1, draft.units + 1)),
    )


def _unit(path: str, code: str, number: int, floors: int) -> UnitSpec:
    name = Words(f"{number}单元", f"Unit {number}")
    return UnitSpec(unit_path(path, number), code, number, name.zh, name.en, floors, DOORS_A_FLOOR)
