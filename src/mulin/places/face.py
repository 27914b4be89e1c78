"""What other rooms may use of places."""

from mulin.places.actions.changing import close_area, describe, redraw, redraw_together, rename
from mulin.places.actions.divisions import LoadReport, load_divisions
from mulin.places.actions.opening import NewArea, bulk_open, open_area
from mulin.places.actions.rebase import Rebase, Rebased, rebase
from mulin.places.cover import CoverFault, CoverProblem, cover_problems
from mulin.places.ground import NEAR_BUILDING_M
from mulin.places.history import AreaThen, area_as_of, owner_of, version_of
from mulin.places.locating import Layer, Spot, layer, locate, map_version
from mulin.places.models import ADDRESS_LIMIT, NAME_LIMIT, Area, AreaVersion, Family
from mulin.places.queries import (
    AreaQuerySet,
    ancestor,
    buildings,
    children,
    count_areas,
    grids,
    lineage,
    lineages,
    search_areas,
    units,
)
from mulin.places.rules import (
    BASE,
    Cover,
    GridKind,
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

__all__ = [
    "ADDRESS_LIMIT",
    "BASE",
    "NAME_LIMIT",
    "NEAR_BUILDING_M",
    "Area",
    "AreaQuerySet",
    "AreaThen",
    "AreaVersion",
    "Cover",
    "CoverFault",
    "CoverProblem",
    "Family",
    "GridKind",
    "Layer",
    "Level",
    "LoadReport",
    "NewArea",
    "Rebase",
    "Rebased",
    "Spot",
    "ancestor",
    "area_as_of",
    "building_code",
    "buildings",
    "bulk_open",
    "children",
    "close_area",
    "contains",
    "count_areas",
    "cover_problems",
    "describe",
    "grids",
    "layer",
    "level_of",
    "lineage",
    "lineages",
    "load_divisions",
    "locate",
    "map_version",
    "numbered",
    "open_area",
    "owner_of",
    "parent_in",
    "parents",
    "path_problem",
    "rebase",
    "redraw",
    "redraw_together",
    "rename",
    "search_areas",
    "units",
    "version_of",
    "within",
]
