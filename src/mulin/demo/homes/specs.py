"""What the generator makes of people at home and behind counters: plain values, every number impossible."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """One resident. `relation` is to the householder; `care` a need that somebody applied for, or ""."""

    name: str
    latin_name: str  # of those from abroad
    sex: str
    born_on: date
    nationality: str
    document_kind: str
    document: str
    phone: str
    relation: str
    registered_division: str
    marital: str
    education: str
    occupation: str
    workplace: str
    care: str


@dataclass(frozen=True, slots=True)
class HomeSpec:
    """A dwelling with who lives in it; an empty one has nobody.

    `days` ago it was last confirmed; `visits` are the days ago of the calls of the year, the latest first.
    """

    unit: str  # path
    floor: int
    number: str
    use: str
    square_metres: int
    owner_name: str
    owner_phone: str
    kind: str
    household_number: str
    residence: str  # by which right they live there
    reason: str  # of those registered elsewhere
    since: date
    days: int
    visits: tuple[int, ...]
    people: tuple[PersonSpec, ...]


@dataclass(frozen=True, slots=True)
class ShopSpec:
    """A merchant in a building."""

    building: str  # path
    name: str
    kind: str
    trade: str
    credit_code: str
    operator_name: str
    operator_phone: str
    staff_count: int
    hazard: str
    lives_in: bool
    extinguishers: bool
    lon: float
    lat: float
    opened_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody, and every shop."""

    homes: tuple[HomeSpec, ...]
    shops: tuple[ShopSpec, ...]

    @property
    def lived_in(self) -> tuple[HomeSpec, ...]:
        return tuple(home for home in self.homes if home.people)
