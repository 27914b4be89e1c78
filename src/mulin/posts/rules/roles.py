"""The table of roles: a role is a readable bundle of permissions with an anchor, a reach and a superior."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Invalid
from mulin.places.face import Level, path_problem
from mulin.posts.rules.bundles import (
    ADMINISTERS,
    ANSWERS_FOR_A_VILLAGE,
    AT_A_WINDOW,
    AUDITS,
    CHECKS,
    DIRECTS,
    GUARDS,
    GUIDES,
    HANDLES,
    HELPS,
    KEEPS_HOMES,
    KNOWS_HOMES,
    LEADS_HOMES,
    NEIGHBOURS,
    OPERATES,
    OWN,
    RUNS_HOMES,
    STAFF,
    TAKES_IN,
    WORKS_A_GRID,
)
from mulin.posts.rules.permissions import Permission as P


class Reach(StrEnum):
    """How far a post of this role reaches."""

    BELOW = "below"  # its area and everything in it
    LEVEL = "level"  # its area, but only what its own level holds
    ORGANISATION = "organisation"  # what was given to its organisation
    OWN = "own"  # what is one's own


class Group(StrEnum):
    """Roles of an exclusive group are never held together by one person."""

    ADMINISTRATORS = "administrators"


@dataclass(frozen=True)
class Role:
    """One line of the table.

    `levels` says at which areas it may sit; without any it sits at an organisation, or is everybody's own, as
    its reach says. `superior` acts for a vacant seat: at the nearest area, from here up, where that role may
    sit; `superior_above` starts one level higher. `appointed_by` is the permission that fills it.
    """

    code: str
    label: str | Promise
    reach: Reach
    permissions: frozenset[P]
    levels: frozenset[Level] = frozenset()
    superior: str | None = None
    superior_above: bool = False
    appointed_by: P = P.POST_APPOINT
    group: Group | None = None

    @property
    def at_organisation(self) -> bool:
        return self.reach is Reach.ORGANISATION

    @property
    def anchor(self) -> str:
        """Where it sits, in one word."""
        return {Reach.ORGANISATION: "organisation", Reach.OWN: "self"}.get(self.reach, "area")

    def may_sit_at(self, level: int) -> bool:
        return level in self.levels


CENTRES = frozenset({Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN})
OFFICES = frozenset({Level.COUNTY, Level.TOWN, Level.VILLAGE})
GUIDED = frozenset({Level.TOWN, Level.VILLAGE, Level.GRID})
GRIDS = frozenset({Level.GRID, Level.MICRO_GRID})
GOVERNED = CENTRES | {Level.VILLAGE}

_TABLE = (
    Role("resident", _("Resident"), Reach.OWN, OWN),
    Role(
        "volunteer", _("Volunteer"), Reach.BELOW, HELPS,
        levels=GRIDS | {Level.BUILDING}, superior="grid_worker", appointed_by=P.POST_APPOINT_HELPER,
    ),
    Role(
        "unit_head", _("Unit head"), Reach.BELOW, HELPS | NEIGHBOURS,
        levels=frozenset({Level.UNIT}), superior="building_head", appointed_by=P.POST_APPOINT_HELPER,
    ),
    Role(
        "building_head", _("Building head"), Reach.BELOW, HELPS | NEIGHBOURS,
        levels=frozenset({Level.BUILDING}), superior="grid_worker", appointed_by=P.POST_APPOINT_HELPER,
    ),
    Role(
        "grid_worker", _("Grid worker"), Reach.BELOW, WORKS_A_GRID | KEEPS_HOMES | {P.REGISTRY_LINK},
        levels=frozenset({Level.GRID}), superior="grid_head",
    ),
    Role(
        "grid_head", _("Grid head (community secretary)"), Reach.BELOW,
        ANSWERS_FOR_A_VILLAGE | RUNS_HOMES | LEADS_HOMES,
        levels=frozenset({Level.VILLAGE}), superior="centre_operator",
    ),
    Role(
        "committee_member", _("Committee member"), Reach.BELOW, HANDLES | CHECKS | TAKES_IN | KEEPS_HOMES,
        levels=frozenset({Level.VILLAGE}), superior="grid_head",
    ),
    Role(
        "grid_instructor", _("Grid instructor"), Reach.BELOW, GUIDES | KNOWS_HOMES,
        levels=GUIDED, superior="centre_operator",
    ),
    Role(
        "cadre", _("Cadre"), Reach.BELOW, GUIDES | KNOWS_HOMES, levels=GUIDED, superior="centre_operator",
    ),
    Role(
        "centre_operator", _("Centre operator"), Reach.BELOW, OPERATES | RUNS_HOMES | LEADS_HOMES,
        levels=CENTRES, superior="centre_director",
    ),
    Role(
        "centre_director", _("Centre director"), Reach.BELOW,
        DIRECTS | RUNS_HOMES | LEADS_HOMES | {P.REGISTRY_REVIEW},
        levels=CENTRES, superior="centre_operator", superior_above=True,
    ),
    Role("checker", _("Checker"), Reach.BELOW, CHECKS, levels=OFFICES, superior="centre_operator"),
    Role(
        "window_clerk", _("Window clerk"), Reach.BELOW, TAKES_IN | AT_A_WINDOW,
        levels=OFFICES, superior="centre_operator",
    ),
    Role("mediator", _("Mediator"), Reach.LEVEL, HANDLES, levels=OFFICES, superior="centre_operator"),
    Role(
        "publisher", _("Publisher"), Reach.BELOW, STAFF | {P.PUBLICITY_PRINT, P.PLACE_PICTURE},
        levels=OFFICES, superior="centre_director",
    ),
    Role("department_handler", _("Department handler"), Reach.ORGANISATION, HANDLES),
    Role("specialist", _("Specialist"), Reach.ORGANISATION, HANDLES),
    Role(
        "system_administrator", _("System administrator"), Reach.BELOW, ADMINISTERS,
        levels=GOVERNED, appointed_by=P.POST_APPOINT_ADMINISTRATOR, group=Group.ADMINISTRATORS,
    ),
    Role(
        "security_administrator", _("Security administrator"), Reach.BELOW, GUARDS,
        levels=GOVERNED, appointed_by=P.POST_APPOINT_ADMINISTRATOR, group=Group.ADMINISTRATORS,
    ),
    Role(
        "auditor", _("Auditor"), Reach.BELOW, AUDITS,
        levels=GOVERNED, appointed_by=P.POST_APPOINT_ADMINISTRATOR, group=Group.ADMINISTRATORS,
    ),
)  # fmt: skip

ROLES: dict[str, Role] = {role.code: role for role in _TABLE}
RESIDENT = ROLES["resident"]


def role(code: str) -> Role:
    """The role with this code; an unknown one is an error, never a silent no."""
    try:
        return ROLES[code]
    except KeyError:
        raise Invalid(_("There is no such role."), code="unknown_role", field="role") from None


def roles_with(permission: P) -> frozenset[str]:
    return frozenset(code for code, line in ROLES.items() if permission in line.permissions)


def exclusive_with(line: Role) -> frozenset[str]:
    """The roles that nobody may hold together with this one."""
    if line.group is None:
        return frozenset()
    return frozenset(other.code for other in _TABLE if other.group is line.group and other is not line)


def superiors(code: str, path: str) -> Iterator[tuple[str, str]]:
    """The seats above a seat, nearest first, as (role, path), whether made or not.

    A role that has no place on the way (a building outside every grid) is passed over. It never climbs above the
    county: what a county cannot settle is referred, as a case of its own.
    """
    line, here, strictly = ROLES[code], path, False
    passed: set[str] = set()
    while line.superior and line.superior not in passed:
        strictly = strictly or line.superior_above
        line = ROLES[line.superior]
        found = _nearest(line, here, strictly=strictly)
        if found is None:
            passed.add(line.code)
        else:
            yield line.code, found
            here, strictly = found, False
            passed.clear()


def _nearest(line: Role, path: str, *, strictly: bool) -> str | None:
    for level in sorted(line.levels, reverse=True):
        if level <= len(path) - strictly and (level >= Level.COUNTY or level == len(path)):
            found = path[:level]
            if not path_problem(found):
                return found
    return None


def subordinates(code: str) -> frozenset[str]:
    """The roles whose seats may come to wait for this role, however far down."""
    found: set[str] = set()
    fresh = {code}
    while fresh:
        fresh = {line.code for line in _TABLE if line.superior in fresh} - found
        found |= fresh
    return frozenset(found)
