"""Who may, as tables and pure functions: permissions, roles, and how a post reaches a thing."""

from mulin.posts.rules.permissions import EVERYONE, LABELS, RECORDS, Permission, known
from mulin.posts.rules.roles import (
    RESIDENT,
    ROLES,
    Group,
    Reach,
    Role,
    exclusive_with,
    role,
    roles_with,
    subordinates,
    superiors,
)
from mulin.posts.rules.scope import Scope, Standing, is_hidden, minimal, upwards

__all__ = [
    "EVERYONE",
    "LABELS",
    "RECORDS",
    "RESIDENT",
    "ROLES",
    "Group",
    "Permission",
    "Reach",
    "Role",
    "Scope",
    "Standing",
    "exclusive_with",
    "is_hidden",
    "known",
    "minimal",
    "role",
    "roles_with",
    "subordinates",
    "superiors",
    "upwards",
]
