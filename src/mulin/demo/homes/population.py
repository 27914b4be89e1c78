"""Fills the town's dwellings with households, and its shops with merchants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ..chance import chance
from ..specs import BuildingSpec, Size, Town, UnitSpec
from .families import compose
from .names import family_name, full_name
from .papers import OWNERS, Papers
from .people import make_people
from .shops import make_shops
from .specs import HomeSpec, Population

HOUSEHOLDS = {Size.FULL: 13_000, Size.TINY: 190}
MERCHANTS = {Size.FULL: 1_100, Size.TINY: 5}
RENTED = {"single": 0.55, "shared": 1.0, "two": 0.25, "one_parent": 0.3}
USUALLY_RENTED = 0.07
VISITED = 0.93  # share of the households somebody called at within the year
CALLS = (1, 1, 1, 2, 2, 3, 4)
YEAR, LONGEST_AGO = 364, 410


@dataclass(frozen=True, slots=True)
class _Door:
    building: BuildingSpec
    unit: UnitSpec
    floor: int
    number: str


def make_population(town: Town, *, seed: int, today: date, language: str) -> Population:
    """Everybody in the town; the same for the same seed, day and language."""
    doors = list(_doors(town))
    dice = chance(seed, "homes")
    lived_in = set(dice.sample(range(len(doors)), min(HOUSEHOLDS[town.size], len(doors))))
    papers = Papers()
    homes = tuple(
        _home(door, place in lived_in, today=today, papers=papers, dice=dice, language=language)
        for place, door in enumerate(doors)
    )
    shops = make_shops(
        town, MERCHANTS[town.size], today=today, papers=papers, dice=chance(seed, "shops"), language=language
    )
    return Population(homes, shops)


def _doors(town: Town) -> Iterator[_Door]:
    for building in town.buildings:
        for unit in building.units:
            for floor in range(1, unit.floors + 1):
                for door in range(1, unit.doors + 1):
                    yield _Door(building, unit, floor, f"{floor}{door:02d}")


def _home(
    door: _Door, is_lived_in: bool, *, today: date, papers: Papers, dice: Random, language: str
) -> HomeSpec:
    sort, members = compose(dice) if is_lived_in else ("empty", [])
    rented = is_lived_in and dice.random() < RENTED.get(sort, USUALLY_RENTED)
    local = dice.random() < (0.35 if rented else 0.96)
    visits = _visits(dice) if is_lived_in else ()
    people = make_people(sort, members, local=local, today=today, papers=papers, dice=dice, language=language)
    has_owner = rented or not is_lived_in
    return HomeSpec(
        unit=door.unit.path,
        floor=door.floor,
        number=door.number,
        use=_use(sort, rented=rented),
        square_metres=dice.randint(48, 128),
        owner_name=full_name(dice, family_name(dice), is_male=dice.random() < 0.6).zh if has_owner else "",
        owner_phone=papers.phone(OWNERS) if has_owner else "",
        kind="collective" if sort == "shared" else "family",
        household_number=f"{door.unit.path}{door.number}" if local and not rented and is_lived_in else "",
        residence="02" if rented else "01",
        reason="" if local or not is_lived_in else dice.choice(("11", "11", "11", "02", "05", "13", "10")),
        since=today - timedelta(days=dice.randint(40, 900) if rented else dice.randint(300, 7000)),
        days=min(visits, default=dice.randint(YEAR + 1, LONGEST_AGO)),
        visits=visits,
        people=people,
    )


def _use(sort: str, *, rented: bool) -> str:
    if sort == "empty":
        return "empty"
    if sort == "shared":
        return "shared"
    return "rented" if rented else "owner"


def _visits(dice: Random) -> tuple[int, ...]:
    """Days ago of the calls of the last year, the latest first."""
    if dice.random() > VISITED:
        return ()
    return tuple(sorted(dice.sample(range(1, YEAR), dice.choice(CALLS))))
