"""Whether a role can do what a row of the table of who does what would ask of it. Pure."""

from __future__ import annotations

from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Function, has_area_seat
from mulin.posts.face import Permission, Role

NEEDS: dict[Function, Permission] = {
    Function.FILES: Permission.MATTER_FILE,
    Function.DISPATCHES: Permission.MATTER_DISPATCH,
    Function.HANDLES: Permission.MATTER_HANDLE,
    Function.CHECKS: Permission.MATTER_CHECK,
    Function.DECIDES: Permission.MATTER_DECIDE,
}


def why_not_role(role: Role, circulation: Circulation, function: Function) -> str:
    """A code of the room's labels; empty where the role fits."""
    if NEEDS[function] not in role.permissions:
        return "role_may_not"
    if has_area_seat(role.code):
        return ""
    if not role.at_organisation or function is not Function.HANDLES:
        return "no_seat_there"
    return "no_body_in_grid" if circulation is Circulation.MICRO else ""
