"""Houses before they have codes and addresses."""

from dataclasses import dataclass, field

from shapely.geometry import Polygon

from ..specs import Feature, Kind
from ..words import Words


@dataclass(frozen=True)
class Draft:
    """One building, in metres."""

    key: str  # its grid's key in the plan
    kind: Kind
    footprint: Polygon
    floors: int
    shops: int = 0
    name: Words | None = None  # on an exclusive grid; a home's name is its number
    part: int = 0  # the plot it stands on
    length: float = 0.0  # of a home, m along its entrances
    units: int = 0


@dataclass
class Built:
    """What stands on some plots."""

    drafts: list[Draft] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)

    def add(self, other: "Built") -> None:
        self.drafts += other.drafts
        self.features += other.features
