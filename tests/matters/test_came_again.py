"""The same kind at the same place again: linked to the one before, one level up, and said so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.journal.face import Entry, facts_of
from mulin.matters.actions.recurrence import before_it
from mulin.matters.face import Given, Matter, Outcome, act, report, settle, whereabouts
from mulin.places.face import Level
from tests.matters.world import (
    NOW,
    a_kind,
    a_matter,
    body_of,
    do,
    nobody,
    seat_of,
    the,
    the_building,
    the_grid,
)
from tests.support.plans import plans_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def everything_is_checked(settings: object) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings


def closed(**more: object) -> Matter:
    """Reported in the building, settled in the grid, closed."""
    matter = do(a_matter(**more).matter, "file", "worker")  # type: ignore[arg-type]  # as a_matter takes them
    matter = do(matter, "hand_in", "worker")
    return do(matter, "confirm", "head")


def again(days: int = 5, **more: object) -> Matter:
    return a_matter(by=nobody(NOW + days * DAY), **more).matter  # type: ignore[arg-type]  # as a_matter takes them


def test_it_is_linked_and_starts_one_level_up() -> None:
    before = closed()
    matter = again()
    assert (matter.follows, matter.recurrence) == (before, 1)
    assert (before.held_level, matter.held_level) == (Level.GRID, Level.VILLAGE)
    assert matter.turn
    assert matter.turn.role == "grid_head"
    told = facts_of(Entry.objects.get(subject=matter.pk, code="matter.reported"))
    assert (told["follows"], told["times"]) == (str(before.pk), 2)


def test_the_third_time_starts_at_the_town() -> None:
    closed()
    second = again(2)
    second = do(second, "file", "head", NOW + 2 * DAY)
    second = do(second, "dispatch", "head", NOW + 2 * DAY, seat=seat_of("committee"))
    Matter.objects.filter(pk=second.pk).update(
        state="closed", closed_at=NOW + 3 * DAY, outcome="solved", turn=None
    )
    third = again(5)
    assert (third.follows, third.recurrence, third.held_level) == (second, 2, Level.TOWN)


def test_another_kind_another_place_or_long_ago_is_another_matter() -> None:
    before = closed()
    other = a_kind(code__gt=before.type.code)
    assert again(kind=other).follows is None
    assert again(before.type.recurrence_days + 1).follows is None
    where = whereabouts(before.type, area=the_grid())
    elsewhere = report(before.type, text="别处。", where=where, channel="portal", by=nobody(), now=NOW).matter
    assert elsewhere.follows is None


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.NOT_OURS])
def test_what_was_known_already_or_never_ours_did_not_come_back(outcome: Outcome) -> None:
    before = closed()
    Matter.objects.filter(pk=before.pk).update(outcome=str(outcome))
    assert again().follows is None


def test_within_fifty_metres_by_the_pin() -> None:
    lon, lat = the_building().lon, the_building().lat
    assert lon
    assert lat
    kind = a_kind()

    def at(metres: float, days: int = 0) -> Matter:
        where = whereabouts(kind, lon=lon, lat=(lat or 0) + metres / 111_320, area=the_grid())
        who = nobody(NOW + days * DAY)
        return report(kind, text="路灯坏了。", where=where, channel="portal", by=who, now=who.now).matter

    first = at(0)
    Matter.objects.filter(pk=first.pk).update(
        state="closed", closed_at=NOW, outcome="solved", turn=None, place=the_grid().path
    )
    assert at(40, 1).follows == first
    assert at(80, 1).follows is None


def test_an_emergency_is_linked_but_loses_no_time() -> None:
    kind = a_kind()
    kind.urgent = True
    kind.save()
    before = closed(kind=kind)
    matter = again(1, kind=kind)
    assert (matter.follows, matter.held_level) == (before, before.held_level)


def test_a_secret_one_and_a_complaint_tell_of_none() -> None:
    closed(secret=True)
    assert again().follows is None
    closed()
    assert again(secret=True).follows is None
    assert again(about_organisation=body_of("handler")).follows is None


def test_settled_on_the_spot_it_stays_in_the_grid() -> None:
    before = closed()
    where = whereabouts(before.type, area=the_building())
    who = the("worker", NOW + DAY)
    matter = settle(before.type, text="又坏了。", done="换了灯泡。", where=where, by=who, now=who.now).matter
    assert (matter.follows, matter.recurrence, matter.held_level) == (before, 1, Level.GRID)


def test_it_costs_one_statement_on_the_indexes_of_what_is_closed() -> None:
    closed()
    matter = again()
    matter.lon, matter.lat = the_building().lon, the_building().lat
    plan = " ".join(plans_of(lambda: before_it(matter, NOW + 6 * DAY), of="matters_matter"))
    assert "matter_again_place" in plan
    if connection.vendor == "sqlite":  # of so few rows PostgreSQL reads the spot in the index of places
        assert "matter_again_spot" in plan
        assert "SCAN" not in plan
    with CaptureQueriesContext(connection) as asked:
        before_it(matter, NOW + 6 * DAY)
    assert len(asked) == 1


def test_a_kind_that_may_come_back_is_not_looked_for() -> None:
    matter = closed()
    matter.type.recurrence_days = 0
    with CaptureQueriesContext(connection) as asked:
        assert before_it(matter, NOW) is None
    assert len(asked) == 0


def test_given_is_kept() -> None:
    """A reopened one is the same matter: it does not follow itself."""
    matter = closed()
    matter = act(matter, "reopen", given=Given(reason="又坏了"), by=the("operator", NOW), now=NOW)
    assert again().follows is None
