"""The tiny town's history: every state, whole, always the same, and as it could have been."""

from __future__ import annotations

from collections import Counter

import pytest

from mulin.demo.build import SEED
from mulin.demo.history.arrivals import make_arrivals
from mulin.demo.history.fates import deal
from mulin.demo.history.sites import Sites
from mulin.demo.history.telling import EXTENTS, History
from mulin.demo.models import DemoTown
from mulin.demo.settling import settled_from_rows
from mulin.demo.specs import Size, digest
from mulin.demo.town import build_town
from mulin.journal.face import Entry, verify
from mulin.matters.face import Annals, Matter, Part, Reporter, State, Told
from mulin.places.face import build_ground
from tests.demo import plausible
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

REACHABLE = {
    State.REPORTED, State.FILED, State.DISPATCHED, State.HANDLING, State.HANDLED, State.CLOSED, State.ASSESSED,
    State.DECLINED, State.WITHDRAWN,
}  # fmt: skip


def test_there_is_a_matter_in_every_state_that_can_be_reached() -> None:
    states = Counter(Matter.objects.values_list("state", flat=True))
    assert sum(states.values()) == 60
    assert set(states) == set(REACHABLE)
    late = Matter.objects.late(NOW).count()
    assert 1 <= late < Matter.objects.live().count()


def test_the_journal_of_the_demo_is_whole() -> None:
    report = verify()
    assert report.problems == []
    assert report.entries == Entry.objects.count()


def test_what_was_told_could_have_been() -> None:
    plausible.check(NOW)


def test_every_matter_has_its_number_reporter_and_parts() -> None:
    numbers = list(Matter.objects.order_by("reported_at").values_list("number", flat=True))
    by_year = sorted(numbers, key=lambda number: number[:9])
    assert numbers == by_year
    assert Reporter.objects.filter(first=True).count() == 60
    over = Part.objects.filter(to_at=None, matter__state__in=("closed", "assessed", "declined"))
    assert not over.exclude(ask="unsatisfied").exists()


def test_the_same_seed_tells_the_same_history() -> None:
    assert _digest(_told(SEED)) == _digest(_told(SEED))


def test_another_seed_tells_another() -> None:
    assert _digest(_told(SEED)) != _digest(_told(SEED + 1))


def test_what_is_stored_is_what_the_seed_tells() -> None:
    assert DemoTown.objects.get().seed == SEED
    stored = set(Matter.objects.values_list("pk", "state", "version", "text"))
    told = {
        (each.matter.pk, each.matter.state, each.matter.version, each.matter.text) for each in _told(SEED)
    }
    assert stored == told


def _told(seed: int) -> list[Told]:
    history = History(
        build_town(SEED, size=Size.TINY), settled_from_rows(), now=NOW, seed=seed, language="zh-hans",
        extent=EXTENTS[Size.TINY],
    )  # fmt: skip
    return history.tell(lambda _count: None)


def _digest(told: list[Told]) -> str:
    names = [field.attname for field in Matter._meta.concrete_fields]
    rows = [tuple(str(getattr(each.matter, name)) for name in names) for each in told]
    return digest((tuple(rows), tuple(tuple(str(draft) for draft in each.drafts) for each in told)))


def test_arrivals_have_their_shares() -> None:
    town = build_town(SEED, size=Size.TINY)
    arrivals = make_arrivals(
        Sites(town, build_ground()), Annals(NOW).kinds, count=600, days=365, now=NOW, seed=SEED
    )
    assert [each.at for each in arrivals] == sorted(each.at for each in arrivals)
    assert all(each.at < NOW for each in arrivals)
    assert 0.3 < sum(each.origin.is_staff for each in arrivals) / 600 < 0.5
    assert 0.02 < sum(each.fate.declined for each in arrivals) / 600 < 0.06


def test_cards_are_dealt_as_exactly_as_may_be() -> None:
    from mulin.demo.chance import chance

    dealt = Counter(deal({"often": 0.9, "seldom": 0.09, "once": 0.001}, 100, chance(1, "cards")))
    assert dealt == {"often": 90, "seldom": 9, "once": 1}
