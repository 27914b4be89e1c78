"""What other rooms may use of posts."""

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
    "Service",
    "Thing",
    "Token",
    "User",
    "Who",
    "area_filter",
    "in_ranges",
    "may",
    "require",
    "role",
    "running",
    "scope_of",
    "superiors",
    "who_may",
]
