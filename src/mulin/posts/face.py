"""What other rooms may use of posts."""

from mulin.posts.actions import (
    add_organisation,
    add_person,
    appoint,
    assign_duty,
    change_organisation,
    change_person,
    close_organisation,
    deactivate,
    end_duty,
    end_post,
    make_token,
    reactivate,
    revoke_token,
    seat_for,
    set_password,
    set_serves,
)
from mulin.posts.actions.tokens import token_from
from mulin.posts.directory import Directory, SeatState
from mulin.posts.gate import needs, open_to_all, signed_in, who_asks
from mulin.posts.models import Duty, Organisation, OrganisationFunction, Post, Seat, Service, Token, User
from mulin.posts.permits import Scoped, Thing, may, require, scope_of, who_may
from mulin.posts.queries.filters import area_filter, in_ranges, running
from mulin.posts.rules import ROLES, Permission, Reach, Role, Scope, role, superiors
from mulin.posts.rules.bodies import BodyFunction, BodyKind
from mulin.posts.who import Who

__all__ = [
    "ROLES",
    "BodyFunction",
    "BodyKind",
    "Directory",
    "Duty",
    "Organisation",
    "OrganisationFunction",
    "Permission",
    "Post",
    "Reach",
    "Role",
    "Scope",
    "Scoped",
    "Seat",
    "SeatState",
    "Service",
    "Thing",
    "Token",
    "User",
    "Who",
    "add_organisation",
    "add_person",
    "appoint",
    "area_filter",
    "assign_duty",
    "change_organisation",
    "change_person",
    "close_organisation",
    "deactivate",
    "end_duty",
    "end_post",
    "in_ranges",
    "make_token",
    "may",
    "needs",
    "open_to_all",
    "reactivate",
    "require",
    "revoke_token",
    "role",
    "running",
    "scope_of",
    "seat_for",
    "set_password",
    "set_serves",
    "signed_in",
    "superiors",
    "token_from",
    "who_asks",
    "who_may",
]
