"""Builds the demo town in an empty database: ground, staff, matter list, and a year of matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from mulin.demo.ground import count_areas, store_ground
from mulin.demo.history.telling import EXTENTS, Extent, History
from mulin.demo.models import DemoTown
from mulin.demo.people import make_people
from mulin.demo.progress import Stages, silent
from mulin.demo.settling import OPENED, Settled, store_staff
from mulin.demo.specs import Size, Town
from mulin.demo.town import build_town
from mulin.matters.face import Told, load_matter_list
from mulin.places.face import seed_calendar
from mulin.posts.face import Who

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
) -> Built:
    """Build everything, or nothing: it is one transaction. The history ends at `now`.

    `language` is that of the residents' and the staff's own words; names of places and people have both.
    """
    with transaction.atomic():
        town, settled = build_bases(size, now=now, seed=seed, language=language, progress=progress)
        history = History(
            town, settled, now=now, seed=seed, language=language, extent=extent or EXTENTS[size]
        )
        with progress("Matters of a year", history.extent.matters) as step:
            told = history.tell(step)
        entries = _store(history, told, progress)
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


def _store(history: History, told: Sequence[Told], progress: Stages) -> int:
    count = sum(len(each.drafts) for each in told)
    with progress("Storing matters", len(told)) as step:
        history.annals.store_matters(told, step)
    with progress("Storing the journal", count) as step:
        return history.annals.store_entries(told, step)
