"""Builds the demo town in an empty database: ground, staff, matter list, and a year of matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from mulin.demo.chance import chance
from mulin.demo.ground import count_areas, store_ground
from mulin.demo.history.hours import ZONE
from mulin.demo.history.telling import EXTENTS, Extent, History
from mulin.demo.homes.calls import past_visits, planned_visits
from mulin.demo.homes.caring import store_cares
from mulin.demo.homes.population import make_population
from mulin.demo.homes.storing import Housing
from mulin.demo.homes.tasks import set_tasks
from mulin.demo.homes.visiting import Visitors
from mulin.demo.models import DemoTown
from mulin.demo.people import make_people
from mulin.demo.pins import pin_places
from mulin.demo.progress import Stages, silent
from mulin.demo.settling import OPENED, Settled, store_staff
from mulin.demo.specs import Size, Town
from mulin.demo.town import build_town
from mulin.journal.face import SYSTEM
from mulin.kernel.memory import much_at_once
from mulin.matters.face import Told, load_matter_list
from mulin.places.face import seed_calendar
from mulin.posts.face import Who, set_public_numbers
from mulin.visits.face import store_visits

SUPERVISION = "0632-0000088"  # no local number begins with 0
SEED = 20220926  # the day the street told how it works


@dataclass(frozen=True)
class Built:
    """What was built."""

    town: Town
    settled: Settled
    matters: Sequence[Told]
    entries: int


def build_demo(
    size: Size,
    *,
    now: datetime,
    seed: int = SEED,
    language: str = "en",
    progress: Stages = silent,
    extent: Extent | None = None,
    homes: bool = True,
) -> Built:
    """Build everything, or nothing: it is one transaction. The history ends at `now`.

    `language` is that of the residents' and the staff's own words; names of places and people have both.
    Without `homes` nobody lives there: tests of the registry bring their own people.
    """
    with much_at_once(), transaction.atomic():
        town, settled = build_bases(size, now=now, seed=seed, language=language, progress=progress)
        history = History(
            town, settled, now=now, seed=seed, language=language, extent=extent or EXTENTS[size]
        )
        with progress("Matters of a year", history.extent.matters) as step:
            told = history.tell(step)
        entries = _store(history, told, progress)
        if homes:
            store_homes_of(town, settled, now=now, seed=seed, language=language, progress=progress)
        DemoTown.objects.create(size=size, seed=seed, language=language, built_at=now)
    return Built(town, settled, told, entries)


def build_bases(
    size: Size, *, now: datetime, seed: int = SEED, language: str = "en", progress: Stages = silent
) -> tuple[Town, Settled]:
    """All that a matter needs: where, who, and the list of what may be raised."""
    town = build_town(seed, size=size)
    with progress("Places", count_areas(town)) as step:
        step(store_ground(town, now=now - OPENED))
    staff = make_people(town, seed)
    with progress("People, bodies and posts", len(staff.posts)) as step:
        load_matter_list(by=Who.system(now), now=now - OPENED + timedelta(days=1))
        seed_calendar(by=Who.system(now).actor(), now=now - OPENED + timedelta(days=1))
        settled = store_staff(staff, now=now, language=language)
        step(len(staff.posts))
    return town, settled


def store_homes_of(
    town: Town, settled: Settled, *, now: datetime, seed: int, language: str, progress: Stages = silent
) -> None:
    """Who lives and trades there, and a year of calls at their doors."""
    population = make_population(town, seed=seed, today=now.astimezone(ZONE).date(), language=language)
    visitors = Visitors(make_people(town, seed), settled, now, chance(seed, "callers"))
    housing = Housing(settled, visitors, now)
    with progress("Homes and shops", len(population.homes) + len(population.shops)) as step:
        housing.store(population, step)
    dice = chance(seed, "calls")
    past = list(past_visits(housing.homes, now=now, dice=dice, language=language))
    planned = planned_visits(population, housing.homes, visitors=visitors, now=now, dice=dice)
    with progress("Visits of a year", len(past)) as step:
        store_visits([*past, *planned], by=SYSTEM, progress=step)
    with progress("Public places", 1) as step:
        pin_places(town, now=now, dice=chance(seed, "pins"))
        area, by = settled.areas[town.code], Who.system(now)
        set_public_numbers(area, contact="", supervision=SUPERVISION, by=by, now=now)
        step(1)
    with progress("Care needs and tasks", 1) as step:
        cares = chance(seed, "cares")
        store_cares(population, housing.homes, visitors=visitors, now=now, dice=cares, language=language)
        set_tasks(population, settled, now=now, dice=cares, language=language)
        step(1)


def _store(history: History, told: Sequence[Told], progress: Stages) -> int:
    count = sum(len(each.drafts) for each in told)
    with progress("Storing matters", len(told)) as step:
        history.annals.store_matters(told, step)
    with progress("Storing the journal", count) as step:
        return history.annals.store_entries(told, step)
