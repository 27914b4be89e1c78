"""Makes the staff of the demo town: who they are, which posts they hold, what they answer for. All invented."""

from .bodies import make_organisations, staff_of
from .roster import Roster
from .specs import BuildingSpec, GridKind, GridSpec, Town, VillageSpec
from .staff import CastMember, DutySpec, OrganisationSpec, PersonSpec, PostSpec, Staff
from .words import rows, table

CAST_VILLAGE = "370402005010"  # 长乐, the one committee of the tiny town
SECOND_WORKER = 0.23  # share of the base grids with a second grid worker
BUILDING_HEADS, UNIT_HEADS = 0.927, 0.25  # share of buildings and units with a head
COMMITTEE_SIZES = (4, 5, 5, 6)
VOLUNTEERS = (0, 1, 2)  # of a basic grid
CHANGED_HANDS = 0.12  # share of base grids whose worker changed within the demo's year
HANDOVER = (40, 300)  # days ago
NEWCOMER_IN = 14  # days until the posts that are yet to begin


def make_people(town: Town, seed: int) -> Staff:
    """Everybody who works in a town, and the bodies that they work for."""
    roster = Roster(seed)
    organisations = make_organisations(town)
    _staff_centres(roster, town)
    _staff_organisations(roster, organisations)
    for village in sorted(town.villages, key=lambda village: village.code != CAST_VILLAGE):
        _staff_village(roster, town, village)
    _staff_overlays(roster, town)
    _appoint_newcomers(roster, town)
    cast = tuple(CastMember(**row) for row in rows("cast.csv"))
    return Staff(tuple(roster.people), tuple(organisations), tuple(roster.posts), tuple(roster.duties), cast)


def _staff_centres(roster: Roster, town: Town) -> None:
    """The posts of the table in `data/roles.toml`."""
    for row in table("roles.toml")["roles"]:
        area = town.code if row["at"] == "town" else row["at"]
        for number in range(row["count"]):
            roster.appoint(roster.hire(None if number else row.get("username")), row["role"], area=area)


def _staff_organisations(roster: Roster, organisations: list[OrganisationSpec]) -> None:
    cast = {"law_enforcement": "handler", "police": "police"}
    for body in organisations:
        role, count = ("", 0) if body.kind == "committee" else staff_of(body.key)
        for number in range(count):
            username = None if number else cast.get(body.key)
            roster.appoint(roster.hire(username), role, organisation=body.key)


def _staff_village(roster: Roster, town: Town, village: VillageSpec) -> None:
    """The committee, then its grids; the first village met has the main cast."""
    _staff_committee(roster, town, village, is_cast=village.code == CAST_VILLAGE)
    named = village.code == CAST_VILLAGE
    for grid in town.base_grids:
        if grid.village == village.code:
            is_cast = named and grid.kind is GridKind.BASIC
            _staff_grid(roster, grid, town.buildings_of(grid.code), is_cast=is_cast)
            named = named and not is_cast


def _staff_committee(roster: Roster, town: Town, village: VillageSpec, *, is_cast: bool) -> None:
    """The secretary, who heads the grids; the members; an instructor from the town; a mediator."""
    roster.appoint(roster.hire("head" if is_cast else None), "grid_head", area=village.code)
    for number in range(roster.dice.choice(COMMITTEE_SIZES)):
        member = roster.hire("committee" if is_cast and not number else None)
        roster.appoint(member, "committee_member", area=village.code)
    instructor = roster.hire("instructor" if is_cast else None)
    post = roster.appoint(instructor, "grid_instructor", area=town.code)
    roster.answer_for(post, iter((village.code,)))
    roster.appoint(roster.hire(), "mediator", area=village.code)


def _staff_grid(roster: Roster, grid: GridSpec, buildings: list[BuildingSpec], *, is_cast: bool) -> None:
    _staff_workers(roster, grid, buildings, is_cast=is_cast)
    named = is_cast
    for building in buildings:
        is_home = bool(building.units)
        _staff_building(roster, building, is_cast=named and is_home)
        named = named and not is_home
    if grid.kind is GridKind.BASIC:
        for _ in range(roster.dice.choice(VOLUNTEERS)):
            roster.appoint(roster.hire(), "volunteer", area=grid.code)


def _staff_workers(roster: Roster, grid: GridSpec, buildings: list[BuildingSpec], *, is_cast: bool) -> None:
    """One worker, perhaps a second who shares the buildings, perhaps a predecessor who left."""
    share = 2 if roster.dice.random() < SECOND_WORKER else 1
    since = None
    if not is_cast and roster.dice.random() < CHANGED_HANDS:
        since = roster.dice.randint(*HANDOVER)
        roster.appoint(roster.hire(), "grid_worker", area=grid.code, to_days=since)
    for number in range(share):
        worker = roster.hire("worker" if is_cast and not number else None)
        post = roster.appoint(worker, "grid_worker", area=grid.code, from_days=since if not number else None)
        roster.answer_for(post, (building.path for building in buildings[number::share]))


def _staff_building(roster: Roster, building: BuildingSpec, *, is_cast: bool) -> None:
    """The heads of a building and its units; some seats stay vacant."""
    if is_cast or roster.dice.random() < BUILDING_HEADS:
        head = roster.hire("building" if is_cast else None)
        post = roster.appoint(head, "building_head", area=building.path)
        roster.answer_for(post, iter((building.path,)))
    for unit in building.units:
        if roster.dice.random() < UNIT_HEADS:
            post = roster.appoint(roster.hire(), "unit_head", area=unit.path)
            roster.answer_for(post, iter((unit.path,)))


def _staff_overlays(roster: Roster, town: Town) -> None:
    """An overlay grid is worked by somebody who already works a base grid of its home village."""
    for number, grid in enumerate(town.overlay_grids):
        workers = [
            post.person
            for post in roster.posts
            if post.role == "grid_worker"
            and post.is_open
            and post.area
            and post.area.startswith(grid.village)
        ]
        roster.appoint(workers[number % len(workers)], "grid_worker", area=grid.code)


def _appoint_newcomers(roster: Roster, town: Town) -> None:
    """Posts that ended, and posts that are yet to begin."""
    former, coming = roster.dice.randint(*HANDOVER), -NEWCOMER_IN
    for role in ("centre_operator", "window_clerk", "cadre"):
        roster.appoint(roster.hire(), role, area=town.code, to_days=former)
    roster.appoint(roster.hire(), "checker", area=town.code, from_days=coming)
    for village in town.villages[::3]:
        roster.appoint(roster.hire(), "committee_member", area=village.code, from_days=coming)


__all__ = [
    "CastMember",
    "DutySpec",
    "OrganisationSpec",
    "PersonSpec",
    "PostSpec",
    "Staff",
    "make_people",
]
