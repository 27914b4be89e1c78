"""What other rooms may use of places."""

from mulin.places.models import Area, AreaVersion, Family
from mulin.places.queries import AreaQuerySet, ancestor, lineage
from mulin.places.rules import (
    BASE,
    Cover,
    GridKind,
    Level,
    contains,
    level_of,
    numbered,
    parents,
    path_problem,
    within,
)

__all__ = [
    "BASE",
    "Area",
    "AreaQuerySet",
    "AreaVersion",
    "Cover",
    "Family",
    "GridKind",
    "Level",
    "ancestor",
    "contains",
    "level_of",
    "lineage",
    "numbered",
    "parents",
    "path_problem",
    "within",
]
