"""Merchants: in the shops along the streets, and firms in offices and works."""

from datetime import date, timedelta
from random import Random
from typing import Any

import shapely
from shapely.geometry import Point

from ..specs import BuildingSpec, Town
from ..words import both, table
from .names import family_name, full_name
from .papers import MERCHANTS, Papers
from .specs import ShopSpec

TRIES = 12
HAZARDS = ("", "", "", "", "", "", "", "", "fire", "gas", "living_in")


def make_shops(
    town: Town, count: int, *, today: date, papers: Papers, dice: Random, language: str
) -> tuple[ShopSpec, ...]:
    """So many merchants, spread over the rooms for shops that the buildings have."""
    rooms = [building for building in town.buildings for _ in range(building.shops)]
    chosen = sorted(dice.sample(range(len(rooms)), min(count, len(rooms))))
    shops = [_shop(rooms[place], today, papers, dice, language) for place in chosen]
    firms = [building for building in town.buildings if str(building.kind) in ("office", "factory")]
    while len(shops) < count and firms:
        shops.append(_shop(dice.choice(firms), today, papers, dice, language))
    return tuple(shops)


def _shop(building: BuildingSpec, today: date, papers: Papers, dice: Random, language: str) -> ShopSpec:
    firm = str(building.kind) in ("office", "factory", "station")
    line = dice.choice(table("homes.toml")["firms" if firm else "shops"])
    family = family_name(dice)
    keeper = full_name(dice, family, is_male=dice.random() < 0.55)
    where = _inside(building, dice)
    return ShopSpec(
        building=building.path,
        name=_named(line, keeper.zh if firm else family.zh, family.en, language),
        kind=line["kind"],
        trade=line["trade"],
        credit_code=papers.credit_code(),
        operator_name=keeper.zh,
        operator_phone=papers.phone(MERCHANTS),
        staff_count=dice.randint(8, 140) if firm else dice.randint(1, 9),
        hazard=dice.choice(HAZARDS),
        lives_in=dice.random() < 0.06,
        extinguishers=dice.random() < 0.93,
        lon=round(where.x, 7),
        lat=round(where.y, 7),
        opened_on=today - timedelta(days=dice.randint(60, 4000)),
        days=dice.randint(3, 320),
    )


def _named(line: dict[str, Any], zh: str, en: str, language: str) -> str:
    words = both(dict(line)["name"])
    chosen = words.zh if language.startswith("zh") else words.en
    return chosen.replace("{zh}", zh).replace("{en}", en)


def _inside(building: BuildingSpec, dice: Random) -> Point:
    """Somewhere between the walls; in a narrow house simply its middle."""
    left, low, right, high = building.footprint.bounds
    for _ in range(TRIES):
        point = Point(dice.uniform(left, right), dice.uniform(low, high))
        if shapely.contains(building.footprint, point):
            return point
    return building.centre
