"""Borders of the villages and grids, in metres, with their codes."""

from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from ..codes import grid_code
from ..specs import Family, GridKind, GridSpec, VillageSpec
from ..words import Words, rows
from .lattice import Lattice
from .plan import Strip

STRIP_GAP = 2.0  # m between two commercial grids, and to the town's edge
RESIDENTIAL = "residential"


@dataclass(frozen=True)
class Borders:
    """All areas above the buildings; `grid_of` finds a grid by its key in the plan."""

    town: Polygon
    villages: list[VillageSpec]
    grids: list[GridSpec]
    grid_of: dict[str, GridSpec]


def make_borders(lattice: Lattice) -> Borders:
    """Villages, base grids numbered inside each as one reads a map, then the overlays."""
    town = lattice.union(lattice.plan.inside())
    villages = _villages(lattice)
    grid_of = _base_grids(lattice, villages)
    base = sorted(grid_of.values(), key=lambda grid: grid.code)
    return Borders(town, villages, base + _overlays(lattice, town, villages, base), grid_of)


def _villages(lattice: Lattice) -> list[VillageSpec]:
    names = {row["code"]: row for row in rows("committees.csv")}
    villages = []
    for key, code in sorted(lattice.plan.committees.items(), key=lambda item: item[1]):
        cells = [cell for cell in lattice.plan.inside() if lattice.plan.grid_at(*cell)[0] == key]
        row = names[code]
        villages.append(VillageSpec(code, row["name_zh"], row["name_en"], lattice.union(cells)))
    return villages


def _base_grids(lattice: Lattice, villages: list[VillageSpec]) -> dict[str, GridSpec]:
    """Basic and exclusive grids by their key in the plan."""
    by_code = {village.code: village for village in villages}
    counts = dict.fromkeys(by_code, 0)
    grids = {}
    for key, cells in lattice.plan.grids().items():
        village = by_code[lattice.plan.committees[key[0]]]
        counts[village.code] += 1
        grids[key] = _base_grid(lattice, key, village, counts[village.code], lattice.union(cells))
    return grids


def _base_grid(lattice: Lattice, key: str, village: VillageSpec, position: int, border: Polygon) -> GridSpec:
    code = grid_code(village.code, position)
    site = lattice.plan.sites.get(key)
    if site:
        name = Words(f"{site.name.zh}专属网格", f"{site.name.en} Exclusive Grid")
        return GridSpec(code, Family.BASE, GridKind.EXCLUSIVE, site.kind, *name, village.code, border)
    name = Words(f"{village.short_zh}第{position}网格", f"{village.short_en} Grid {position}")
    return GridSpec(code, Family.BASE, GridKind.BASIC, RESIDENTIAL, *name, village.code, border)


def _overlays(
    lattice: Lattice, town: Polygon, villages: list[VillageSpec], base: list[GridSpec]
) -> list[GridSpec]:
    """Production and commercial grids: numbers go on after the base grids of their home village."""
    counts = {village.code: sum(grid.village == village.code for grid in base) for village in villages}
    drawn = [(Family.PRODUCTION, each.name, lattice.union(each.cells)) for each in lattice.plan.blocks]
    drawn += [(Family.COMMERCIAL, *each) for each in _strips(lattice, town)]
    grids = []
    for family, name, border in drawn:
        home = max(villages, key=lambda village: village.border.intersection(border).area).code
        counts[home] += 1
        code = grid_code(home, counts[home])
        grids.append(GridSpec(code, family, GridKind.OVERLAY, family.value, *name, home, border))
    return grids


def _strips(lattice: Lattice, town: Polygon) -> list[tuple[Words, Polygon]]:
    """Ground along the shopping streets; where two meet, the earlier has the corner."""
    free: BaseGeometry = town.buffer(-STRIP_GAP)
    strips = []
    for strip in lattice.plan.strips:
        border = _largest(_along(lattice, strip).intersection(free))
        free = free.difference(border.buffer(STRIP_GAP))
        strips.append((strip.name, border))
    return strips


def _along(lattice: Lattice, strip: Strip) -> BaseGeometry:
    return lattice.course(strip.line, strip.steps).buffer(strip.depth, cap_style="flat", join_style="mitre")


def _largest(shape: BaseGeometry) -> Polygon:
    """Its largest piece: a bend may cut a sliver off."""
    pieces = [piece for piece in shapely.get_parts(shape) if isinstance(piece, Polygon)]
    return shapely.normalize(max(pieces, key=lambda piece: piece.area))
