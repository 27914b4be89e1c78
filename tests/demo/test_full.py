"""The whole demo, as of today: its figures, its plausibility, and 200 of its matters played again."""

from __future__ import annotations

from random import Random

import pytest

from mulin.commands.facts import facts
from mulin.journal.face import verify
from mulin.kernel.clock import now
from mulin.matters.face import Matter
from tests.demo import plausible
from tests.demo.replay import differences, forget_all, play, scripts, snapshot
from tests.support.databases import Home
from tests.support.tiny import TOOK

pytestmark = [pytest.mark.slow, pytest.mark.full_town]

REPLAYED = 200


def test_the_whole_town_is_there(copied_db: Home) -> None:
    took = float((copied_db.folder / TOOK).read_text(encoding="ascii"))
    print(f"the whole demo was built in {took} s")  # noqa: T201 - a figure to be read
    assert took < 900  # that it ends; how quick it is depends on who else is at work
    found = facts(now())
    wanted = {
        "areas.village": 8, "areas.grid.basic": 44, "areas.grid.exclusive": 8, "areas.grid.overlay": 16,
        "areas.building": 453, "areas.unit": 1194, "matters.total": 5700,
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted
    assert sum(found["matters.by_state"].values()) == 5700
    assert found["entries"] > 25_000
    assert verify().problems == []
    plausible.check(now())
    _check_shares()


def _check_shares() -> None:
    live, late = Matter.objects.live().count(), Matter.objects.late(now()).count()
    assert 0.02 < live / 5700 < 0.06
    assert 0.1 < late / live < 0.3
    large = Matter.objects.filter(held_level__lte=9).count()
    micro = Matter.objects.filter(held_level__gte=15).count()
    assert 0.15 < large / 5700 < 0.25
    assert 0.5 < micro / 5700 < 0.65


def test_200_matters_played_live_come_out_the_same(copied_db: Home) -> None:
    every = list(Matter.objects.order_by("reported_at").values_list("pk", flat=True))
    chosen = Random(200).sample(every, REPLAYED)
    before = {pk: snapshot(pk) for pk in chosen}
    told = scripts(chosen)
    forget_all()

    play(told)

    assert Matter.objects.count() == REPLAYED
    for pk in chosen:
        assert differences(snapshot(pk), before[pk]) == []
