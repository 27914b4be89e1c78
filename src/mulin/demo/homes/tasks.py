"""Tasks for all grids, and a list that was compared: made by the acts that everybody else makes them by."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from random import Random

from mulin.demo.history.hours import ZONE
from mulin.demo.homes.families import DAUGHTER, SON
from mulin.demo.homes.specs import Population
from mulin.demo.people import CAST_VILLAGE
from mulin.demo.settling import Settled
from mulin.demo.words import both, table
from mulin.kernel import jobs, sheets
from mulin.posts.face import Who
from mulin.visits.face import (
    Campaign,
    ListPlan,
    Network,
    Plan,
    Whom,
    begin_list,
    do_tasks,
    make_tasks,
    set_campaign,
    start_comparison,
)

OLD, ON_THE_ROLL, UNKNOWN = 65, 0.82, 12  # years; share of the old who stand on it; people whom nobody knows
TICKED = 0.55  # share of the tasks that are done
LASTS = 40  # days


def set_tasks(
    population: Population, settled: Settled, *, now: datetime, dice: Random, language: str
) -> None:
    """A campaign of the whole street, and an insurance roll that one committee compares."""
    _campaign(settled, now, dice, language)
    _list(population, settled, now, dice, language)


def _campaign(settled: Settled, now: datetime, dice: Random, language: str) -> None:
    words = table("homes.toml")["campaign"]
    town = next(area for path, area in settled.areas.items() if len(path) == 9)
    by = Who.of(settled.people["operator"], now)
    plan = Plan(
        network=Network.PEACE, title=_said(words["title"], language), text=_said(words["text"], language),
        until_on=(now + timedelta(days=LASTS)).astimezone(ZONE).date(), whom=Whom.GRIDS,
    )  # fmt: skip
    _tick(set_campaign(town, plan, by=by, now=now), by, now, dice)


def _list(population: Population, settled: Settled, now: datetime, dice: Random, language: str) -> None:
    words = table("homes.toml")["list"]
    village = settled.areas[CAST_VILLAGE]
    by = Who.of(settled.people["head"], now)
    until = (now + timedelta(days=LASTS)).astimezone(ZONE).date()
    plan = ListPlan(title=_said(words["title"], language), why=_said(words["why"], language), until_on=until)
    source = begin_list(village, plan, _roll(population, now, dice), by=by, now=now)
    start_comparison(source, by=by, now=now)
    jobs.run_next(lambda: now, threading.Event())
    source.refresh_from_db()
    campaign = make_tasks(source, network=Network.LIVELIHOOD, until_on=until, by=by, now=now)
    _tick(campaign, by, now, dice)


def _tick(campaign: Campaign, by: Who, now: datetime, dice: Random) -> None:
    """Some of its tasks are done already."""
    tasks = campaign.tasks.select_related("campaign").order_by("place", "id")
    do_tasks([task for task in tasks if dice.random() < TICKED], by=by, now=now)


def _roll(population: Population, now: datetime, dice: Random) -> bytes:
    """The old people of the committee who have not paid, as another office would send them."""
    day = now.astimezone(ZONE).date()
    old = [
        person
        for home in population.lived_in
        if home.unit.startswith(CAST_VILLAGE)
        for person in home.people
        if person.relation not in (SON, DAUGHTER) and day.year - person.born_on.year >= OLD
    ]
    rows = [(person.name, person.document) for person in old if dice.random() < ON_THE_ROLL][:240]
    rows += [(person.name[::-1], "") for person in old[:UNKNOWN]]
    return sheets.write([sheets.Out("名单", ("姓名", "身份证号"), rows)])


def _said(entry: str, language: str) -> str:
    words = both(entry)
    return words.zh if language.startswith("zh") else words.en
