"""Where things happen: in homes, on streets, in shops, at schools, markets and parks. Pins, places and their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from mulin.demo.chance import chance
from mulin.demo.specs import BuildingSpec, GridKind, Kind, Street, Town, UnitSpec
from mulin.demo.words import Words, both, table
from mulin.places.face import Ground

METRE = 1 / 111_000  # degrees, near enough to scatter pins
TRIES = 30
PARKS = ("park", "square", "garden", "playground")
IN_UNIT = 0.4  # share of homes' matters whose entrance is known
SHOPS_A_BUILDING = 4

WHERE = ("residential", "street", "shop", "school", "market", "park")

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """One spot: where on earth, in which smallest area, and what people call it."""

    where: str
    lon: float
    lat: float
    path: str  # of the smallest area known
    words: dict[str, Words]  # by the placeholders of the stories
    address: Words


class Sites:
    """Finds spots in the town. Every pin lies in a base grid."""

    def __init__(self, town: Town, ground: Ground) -> None:
        self.town, self.ground = town, ground
        self._homes = Choice([b for b in town.buildings if b.units], lambda b: b.dwellings)
        self._shops = Choice([b for b in town.buildings if b.shops], lambda b: b.shops)
        self._schools = Choice([b for b in town.buildings if b.kind is Kind.SCHOOL])
        self._markets = Choice([b for b in town.buildings if b.kind is Kind.MARKET])
        self._streets = Choice(town.streets, lambda street: street.line.length)
        parks = [each for each in town.features if each.kind in PARKS and each.name_zh]
        self._parks = Choice([each for each in parks if isinstance(each.geometry, Polygon)])
        self._known = Nearest(_known_spots(town))
        self._near_street = Nearest([(street, street.line) for street in town.streets])
        self._near_home = Nearest([(b, b.footprint) for b in town.buildings if b.units])
        self._names = Nearest([(b, b.footprint) for b in town.buildings if b.shops])
        self._makers: dict[str, Callable[[Random], Site]] = {
            "residential": self._home,
            "street": self._street,
            "shop": self._shop,
            "school": lambda dice: self._site("school", self._schools.draw(dice), dice),
            "market": lambda dice: self._site("market", self._markets.draw(dice), dice),
            "park": self._park,
        }
        pools = (self._homes, self._streets, self._shops, self._schools, self._markets, self._parks)
        self._there = tuple(bool(pool.things) for pool in pools)

    def draw(self, weights: Sequence[float], dice: Random) -> Site:
        """A spot of one of the kinds of `WHERE`, by weight; a kind that this town has not is left out."""
        have = [weight if there else 0 for weight, there in zip(weights, self._there, strict=True)]
        where = dice.choices(WHERE, have if any(have) else (1, 1, 0, 0, 0, 0))[0]
        return self._makers[where](dice)

    def _home(self, dice: Random) -> Site:
        building = self._homes.draw(dice)
        return self._site("residential", building, dice, dice.choice(building.units))

    def _shop(self, dice: Random) -> Site:
        return self._site("shop", self._shops.draw(dice), dice)

    def _site(self, where: str, building: BuildingSpec, dice: Random, unit: UnitSpec | None = None) -> Site:
        """In a building."""
        point = _inside(building.footprint, dice)
        words = self._words(point, dice) | {"building": Words(building.name_zh, building.name_en)}
        address = Words(building.address_zh, building.address_en)
        path = building.path
        if building.shops:
            words["shop"] = _shop_of(building, self.town.seed, dice)
        if unit:
            words["unit"] = Words(unit.name_zh, unit.name_en)
            if dice.random() < IN_UNIT:
                path = unit.path
                address = Words(f"{address.zh}{unit.name_zh}", f"{unit.name_en}, {address.en}")
        return Site(where, point.x, point.y, path, words, address)

    def _street(self, dice: Random) -> Site:
        street = self._streets.draw(dice)
        return self._open(
            "street", lambda: _beside(street, dice), dice, Words(street.name_zh, street.name_en)
        )

    def _park(self, dice: Random) -> Site:
        park = self._parks.draw(dice)
        ground = park.geometry
        if not isinstance(ground, Polygon):
            raise TypeError("a park is a piece of ground")
        return self._open(
            "park", lambda: _inside(ground, dice), dice, None, Words(park.name_zh, park.name_en)
        )

    def _open(
        self, where: str, pin: Callable[[], Point], dice: Random, street: Words | None, place: Words | None = None
    ) -> Site:  # fmt: skip
        """In the open: the place is the grid, or a building so near that the pin means it."""
        for _ in range(TRIES):
            point = pin()
            found = self.ground.at(point.x, point.y)
            if found.base_grid:
                break
        else:
            return self._home(dice)
        words = self._words(point, dice)
        words |= {name: own for name, own in (("street", street), ("place", place)) if own}
        path = (found.building or found.base_grid).path
        return Site(where, point.x, point.y, path, words, _near(words, by_street=place is None))

    def _words(self, point: Point, dice: Random) -> dict[str, Words]:
        """What lies about, for stories that name it."""
        street = self._near_street.to(point)
        home = self._near_home.to(point)
        shop = self._names.to(point) if self._names.things else None
        unit = dice.choice(home.units)
        return {
            "place": self._known.to(point),
            "street": Words(street.name_zh, street.name_en),
            "building": Words(home.name_zh, home.name_en),
            "unit": Words(unit.name_zh, unit.name_en),
            "shop": _shop_of(shop, self.town.seed, dice) if shop else both(table("history.toml")["shops"][0]),
        }


class Choice(Generic[T]):
    """Things to draw from, by weight."""

    def __init__(self, things: Iterable[T], weight: Callable[[T], float] = lambda _thing: 1) -> None:
        self.things = list(things)
        self._sums = list(accumulate(weight(thing) for thing in self.things))

    def draw(self, dice: Random) -> T:
        return dice.choices(self.things, cum_weights=self._sums)[0]


class Nearest(Generic[T]):
    """Which of some things is nearest to a point."""

    def __init__(self, things: Iterable[tuple[T, BaseGeometry]]) -> None:
        pairs = list(things)
        self.things = [thing for thing, _ in pairs]
        self._tree = shapely.STRtree([shape for _, shape in pairs])

    def to(self, point: Point) -> T:
        return self.things[int(self._tree.nearest(point))]


def _known_spots(town: Town) -> Iterator[tuple[Words, BaseGeometry]]:
    """What people name when they say where: sites, parks, compounds."""
    for grid in town.grids:
        if grid.kind is GridKind.EXCLUSIVE:
            name = Words(grid.name_zh.removesuffix("专属网格"), grid.name_en.removesuffix(" Exclusive Grid"))
            yield name, grid.border
    for feature in town.features:
        if feature.kind in PARKS and feature.name_zh:
            yield Words(feature.name_zh, feature.name_en), feature.geometry
    for building in town.buildings:
        if building.compound_zh:
            yield Words(building.compound_zh, building.compound_en), building.footprint


def _inside(ground: Polygon, dice: Random) -> Point:
    """A point of the ground, drawn from the box around it."""
    west, south, east, north = ground.bounds
    for _ in range(TRIES):
        point = Point(round(dice.uniform(west, east), 6), round(dice.uniform(south, north), 6))
        if ground.contains(point):
            return point
    return shapely.point_on_surface(ground)


def _beside(street: Street, dice: Random) -> Point:
    """A point on a street, somewhere between its kerbs."""
    at = street.line.interpolate(dice.uniform(0.02, 0.98), normalized=True)
    off = street.width * 0.4 * METRE
    return Point(round(at.x + dice.uniform(-off, off), 6), round(at.y + dice.uniform(-off, off), 6))


def _near(words: dict[str, Words], *, by_street: bool) -> Words:
    """How one writes down a spot without a number."""
    street, place = words["street"], words["place"]
    if by_street:
        return Words(f"{street.zh}（近{place.zh}）", f"{street.en}, near {place.en}")
    return Words(f"{place.zh}（近{street.zh}）", f"{place.en}, near {street.en}")


@cache
def _shops_in(code: str, seed: int) -> tuple[Words, ...]:
    """A building keeps its shops."""
    names = [both(each) for each in table("history.toml")["shops"]]
    return tuple(chance(seed, f"shops {code}").sample(names, SHOPS_A_BUILDING))


def _shop_of(building: BuildingSpec, seed: int, dice: Random) -> Words:
    return dice.choice(_shops_in(building.code, seed))
