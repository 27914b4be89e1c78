"""Two workers at the ladder at once, or a worker and a person: each rung is fired once, and an act is never lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mulin.journal.face import Entry, facts_of, verify
from mulin.matters.actions.climbing import Ticked, tick
from mulin.matters.face import Given, Matter, MatterRung, act
from mulin.places.face import Level
from mulin.posts.face import Who
from tests.matters.world import NOW, a_matter, the
from tests.support.races import at_once

pytestmark = [pytest.mark.usefixtures("copied_db"), pytest.mark.tiny_town]
LONG = timedelta(days=60)


def some_due(count: int, *, up: bool = False) -> list[Matter]:
    """They alone are due."""
    for percent in (50, 100):
        MatterRung.objects.create(percent=percent, tells=["turn"], hand_up=up and percent == 100, from_at=NOW)
    matters = [a_matter(start=Level.VILLAGE).matter for _ in range(count)]
    Matter.objects.exclude(pk__in=[matter.pk for matter in matters]).update(next_rung_at=None)
    return matters


def at(now: datetime) -> Ticked:
    return tick(by=Who.system(now), now=now)


def fired(matter: Matter, code: str = "matter.reminded") -> list[Entry]:
    return list(Entry.objects.filter(subject=matter.pk, code=code).order_by("seq"))


def test_three_workers_fire_each_rung_once() -> None:
    matters, now = some_due(12), NOW + LONG
    results = at_once(*[lambda: at(now) for _ in range(3)])
    assert not [each for each in results if isinstance(each, Exception)]
    at(now)  # what one of them found locked is left to the next tick
    for matter in matters:
        assert [facts_of(entry)["percent"] for entry in fired(matter)] == [50, 100]
    assert verify().problems == []


def test_three_workers_hand_up_once() -> None:
    (matter,) = some_due(1, up=True)
    assert matter.due_at
    now = matter.due_at + timedelta(minutes=1)
    results = at_once(*[lambda: at(now) for _ in range(3)])
    assert not [each for each in results if isinstance(each, Exception)]
    at(now)
    assert len(fired(matter, "matter.handed_up")) == 1
    assert [facts_of(entry)["percent"] for entry in fired(matter)] == [50]
    matter.refresh_from_db()
    assert (matter.passed_count, matter.rung) == (1, 0)
    assert verify().problems == []


def test_whoever_acts_at_that_moment_is_not_second_to_a_reminder() -> None:
    (matter,) = some_due(1)
    now = NOW + LONG
    results = at_once(
        lambda: act(matter, "file", given=Given(), by=the("head", now), now=now, version=matter.version),
        lambda: at(now),
    )
    assert not [each for each in results if isinstance(each, Exception)]
    matter.refresh_from_db()
    assert (matter.state, matter.rung) == ("filed", 0)
    assert matter.next_rung_at
    assert matter.next_rung_at > now
    assert verify().problems == []
