"""Builds the demo town in an empty database: ground, staff, matter list, and a year of matters."""

from __future__ import annotations

from datetime import datetime, timedelta

from mulin.demo.ground import store_ground
from mulin.demo.people import make_people
from mulin.demo.settling import OPENED, Settled, store_staff
from mulin.demo.specs import Size, Town
from mulin.demo.town import build_town
from mulin.matters.face import load_matter_list
from mulin.posts.face import Who

SEED = 20220926  # the day the street told how it works


def build_bases(size: Size, *, now: datetime, seed: int = SEED) -> tuple[Town, Settled]:
    """All that a matter needs: where, who, and the list of what may be raised."""
    town = build_town(seed, size=size)
    store_ground(town, now=now - OPENED)
    load_matter_list(by=Who.system(now), now=now - OPENED + timedelta(days=1))
    return town, store_staff(make_people(town, seed), now=now)
