"""Ladders are changed at the desk: by whoever changes the list, each change dated and written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from mulin.journal.face import Entry, facts_of
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.ladders import Ladder, add_rung, change_rung, end_rung, follow_again
from mulin.matters.face import Clock, MatterRung
from mulin.matters.models import Recompute
from mulin.matters.queries.ladders import Kinds
from mulin.matters.rules.ladder import SAMPLE_LADDER, URGENT_LADDER, Rung
from mulin.posts.face import Who
from tests.matters.world import NOW, a_kind, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
HOUSE, SYSTEM = Ladder(), Who.system(NOW)


def percents(ladder: Ladder) -> list[int]:
    return [rung.percent for rung in ladder.rungs]


def refused(rung: Rung, ladder: Ladder = HOUSE) -> str:
    before = list(MatterRung.objects.values())
    with override("en"), pytest.raises(Invalid) as told:
        add_rung(ladder, rung, by=SYSTEM, now=NOW)
    assert list(MatterRung.objects.values()) == before
    return str(told.value)


def test_before_anybody_lays_one_the_sample_counts() -> None:
    assert HOUSE.rungs == SAMPLE_LADDER
    assert Ladder(urgent=True).rungs == URGENT_LADDER
    assert Ladder(a_kind()).rungs == SAMPLE_LADDER


@pytest.mark.parametrize("percent", [0, -10])
def test_a_rung_before_the_start_is_refused(percent: int) -> None:
    assert refused(Rung(percent)) == "A rung comes after the beginning: from 1 percent of the limit on."


def test_other_rungs_that_cannot_be_are_refused() -> None:
    assert "1000 percent" in refused(Rung(1001))
    assert "whom to remind" in refused(Rung(50, ()))
    assert "Nobody of this name" in refused(Rung(50, ("emperor",)))
    assert "No turn" in refused(Rung(50, clock=Clock.PROMISE))
    assert "already" in refused(Rung(75))


def test_a_rung_is_put_on_the_ladder_of_all() -> None:
    add_rung(HOUSE, Rung(50, ("lead", "turn")), by=SYSTEM, now=NOW)
    assert percents(HOUSE) == [50, 75, 100, 150]
    rows = {row.percent: row for row in HOUSE.rows}
    assert [rows[percent].sample for percent in (50, 75, 100, 150)] == [False, True, True, True]
    assert rows[50].tells == ["turn", "lead"]
    assert percents(Ladder(urgent=True)) == [50, 100, 200]
    assert percents(Ladder(a_kind())) == [50, 75, 100, 150]


def test_an_entry_gets_a_ladder_of_its_own_with_its_first_change() -> None:
    kind, later = a_kind(), NOW + timedelta(hours=1)
    change_rung(Ladder(kind), (None, 75), Rung(80, hand_up=True), by=SYSTEM, now=NOW)
    assert percents(Ladder(kind)) == [80, 100, 150]
    assert percents(HOUSE) == [75, 100, 150]
    facts = Kinds.read([kind.pk]).facts[kind.pk]
    assert [rung.percent for rung in facts.ladder(Clock.HANDLE)] == [80, 100, 150]
    add_rung(HOUSE, Rung(10), by=SYSTEM, now=later)
    assert percents(Ladder(kind)) == [80, 100, 150]
    follow_again(kind, by=SYSTEM, now=later)
    assert percents(Ladder(kind)) == [10, 75, 100, 150]


def test_what_was_ended_stays_with_its_dates() -> None:
    later = NOW + timedelta(hours=1)
    add_rung(HOUSE, Rung(50), by=SYSTEM, now=NOW)
    end_rung(HOUSE, (None, 50), by=SYSTEM, now=later)
    row = MatterRung.objects.get(percent=50)
    assert (row.from_at, row.to_at) == (NOW, later)
    add_rung(HOUSE, Rung(50), by=SYSTEM, now=later)
    assert MatterRung.objects.filter(percent=50).count() == 2


def test_the_ladder_of_all_keeps_its_last_rung() -> None:
    for percent in (75, 100):
        end_rung(HOUSE, (None, percent), by=SYSTEM, now=NOW)
    with pytest.raises(Invalid):
        end_rung(HOUSE, (None, 150), by=SYSTEM, now=NOW)
    assert percents(HOUSE) == [150]
    kind = a_kind()
    end_rung(Ladder(kind), (None, 150), by=SYSTEM, now=NOW)
    assert percents(Ladder(kind)) == [150]


def test_what_is_gone_cannot_be_changed() -> None:
    with pytest.raises(Invalid):
        change_rung(HOUSE, (None, 42), Rung(43), by=SYSTEM, now=NOW)
    assert not MatterRung.objects.exists()


def test_only_whoever_changes_the_list() -> None:
    for name in ("worker", "operator", "auditor"):
        with pytest.raises(NotAllowed):
            add_rung(HOUSE, Rung(50), by=the(name), now=NOW)


def test_each_change_is_written_down_and_moves_what_runs() -> None:
    kind = a_kind()
    before = Recompute.objects.values_list("wanted", flat=True).first() or 0
    add_rung(Ladder(kind), Rung(50, clock=Clock.HANDLE), by=SYSTEM, now=NOW)
    entry = Entry.objects.get(subject=kind.pk, code="matter_list.changed")
    said = {"percent": 50, "clock": "handle", "tells": ["turn"], "hand_up": False}
    assert facts_of(entry)["rung"] == said
    assert Recompute.objects.values_list("wanted", flat=True)[0] == before + 1
