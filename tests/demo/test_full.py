"""The whole demo, as of today: its figures, its plausibility, and 100 of its matters played again."""

from __future__ import annotations

from random import Random
from uuid import UUID

import pytest

from mulin.commands.facts import facts
from mulin.journal.face import Entry, verify
from mulin.kernel.clock import now
from mulin.matters.face import Matter
from tests.demo import plausible
from tests.demo.replay import differences, forget_all, play, scripts, snapshot
from tests.support.databases import Home
from tests.support.tiny import TOOK

pytestmark = [pytest.mark.slow, pytest.mark.full_town]

REPLAYED = 100


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


def test_100_matters_played_live_come_out_the_same(copied_db: Home) -> None:
    chosen = _chosen()
    before = {pk: snapshot(pk) for pk in chosen}
    told = scripts(chosen)
    forget_all()

    play(told)

    assert Matter.objects.count() == len(chosen)
    for pk in chosen:
        assert differences(snapshot(pk), before[pk]) == []


def _chosen() -> list[UUID]:
    """One with each kind of act that there is, however rare; the others by chance."""
    acts = Entry.objects.filter(subject_kind="matter").order_by("at", "seq").values_list("code", "subject")
    with_code: dict[str, list[UUID]] = {}
    for code, matter in acts:
        with_code.setdefault(code, []).append(matter)
    dice = Random(200)
    chosen = {dice.choice(matters) for _code, matters in sorted(with_code.items())}
    others = Matter.objects.exclude(pk__in=chosen).order_by("reported_at", "pk").values_list("pk", flat=True)
    chosen |= set(dice.sample(list(others), REPLAYED - len(chosen)))
    return sorted(_with_those_before(chosen))


def _with_those_before(chosen: set[UUID]) -> set[UUID]:
    """What came back began one level up only because of the one before it."""
    before = Matter.objects.filter(pk__in=chosen).exclude(follows=None).values_list("follows", flat=True)
    more = {pk for pk in before if pk} - chosen
    return _with_those_before(chosen | more) if more else chosen
