"""What other rooms may use of places."""

from mulin.places.actions.calendars import (
    Hours,
    clear_days,
    close_calendar,
    import_year,
    open_calendar,
    seed_calendar,
    set_days,
    set_hours,
)
from mulin.places.actions.changing import close_area, describe, redraw, redraw_together, rename
from mulin.places.actions.divisions import LoadReport, load_divisions
from mulin.places.actions.holding import held, hold_tree
from mulin.places.actions.landmarks import LandmarkGiven, add_landmark, change_landmark, close_landmark
from mulin.places.actions.opening import NewArea, bulk_open, open_area
from mulin.places.actions.panoramas import (
    PanoramaGiven,
    add_panorama,
    change_panorama,
    close_panorama,
    read_panorama,
    sweep_panoramas,
)
from mulin.places.actions.rebase import Rebase, Rebased, rebase
from mulin.places.atlas import ancestor, areas_at, areas_of, areas_with_those_above
from mulin.places.calendar_lines import read_lines, write_lines
from mulin.places.calendar_models import CalendarDay, WorkCalendar
from mulin.places.calendar_year import ShownDay, days_of_year
from mulin.places.calendars import Calendars, calendar_at, calendars, calendars_mark, standard
from mulin.places.cover import CoverFault, CoverProblem, cover_problems
from mulin.places.ground import NEAR_BUILDING_M, Find, Ground
from mulin.places.history import AreaThen, area_as_of, owner_of, version_of
from mulin.places.holidays import DayKind, SingleDay, holidays_of, known_years
from mulin.places.landmark_models import Landmark, Panorama
from mulin.places.landmark_rules import ICONS as LANDMARK_ICONS
from mulin.places.landmark_rules import LandmarkKind
from mulin.places.locating import Layer, Spot, build_ground, layer, locate, map_version, place_at
from mulin.places.models import ADDRESS_LIMIT, NAME_LIMIT, Area, AreaVersion, Family
from mulin.places.pins import landmark_layer, panorama_layer
from mulin.places.queries import (
    AreaQuerySet,
    buildings,
    children,
    grids,
    lineage,
    lineages,
    search_areas,
    units,
)
from mulin.places.redrawing import on_redrawn
from mulin.places.rules import (
    BASE,
    BuildingKind,
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
from mulin.places.watching import lights

__all__ = [
    "ADDRESS_LIMIT",
    "BASE",
    "LANDMARK_ICONS",
    "NAME_LIMIT",
    "NEAR_BUILDING_M",
    "Area",
    "AreaQuerySet",
    "AreaThen",
    "AreaVersion",
    "BuildingKind",
    "CalendarDay",
    "Calendars",
    "Cover",
    "CoverFault",
    "CoverProblem",
    "DayKind",
    "Family",
    "Find",
    "GridKind",
    "Ground",
    "Hours",
    "Landmark",
    "LandmarkGiven",
    "LandmarkKind",
    "Layer",
    "Level",
    "LoadReport",
    "NewArea",
    "Panorama",
    "PanoramaGiven",
    "Rebase",
    "Rebased",
    "ShownDay",
    "SingleDay",
    "Spot",
    "WorkCalendar",
    "add_landmark",
    "add_panorama",
    "ancestor",
    "area_as_of",
    "areas_at",
    "areas_of",
    "areas_with_those_above",
    "build_ground",
    "building_code",
    "buildings",
    "bulk_open",
    "calendar_at",
    "calendars",
    "calendars_mark",
    "change_landmark",
    "change_panorama",
    "children",
    "clear_days",
    "close_area",
    "close_calendar",
    "close_landmark",
    "close_panorama",
    "contains",
    "cover_problems",
    "days_of_year",
    "describe",
    "grids",
    "held",
    "hold_tree",
    "holidays_of",
    "import_year",
    "known_years",
    "landmark_layer",
    "layer",
    "level_of",
    "lights",
    "lineage",
    "lineages",
    "load_divisions",
    "locate",
    "map_version",
    "numbered",
    "on_redrawn",
    "open_area",
    "open_calendar",
    "owner_of",
    "panorama_layer",
    "parent_in",
    "parents",
    "path_problem",
    "place_at",
    "read_lines",
    "read_panorama",
    "rebase",
    "redraw",
    "redraw_together",
    "rename",
    "search_areas",
    "seed_calendar",
    "set_days",
    "set_hours",
    "standard",
    "sweep_panoramas",
    "units",
    "version_of",
    "within",
    "write_lines",
]
