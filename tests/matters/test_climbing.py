"""The tick: each rung is fired once, in its order, by the system; whoever acts in between wins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from mulin.journal.face import Entry, Outbox, facts_of, verify
from mulin.matters.actions import climbing
from mulin.matters.actions.climbing import tick
from mulin.matters.face import Matter, MatterRung, words_of
from mulin.places.face import Area, Level
from mulin.posts.face import Who
from tests.matters.world import NOW, a_kind, a_matter, do, seat_of
from tests.support.plans import plans_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
LONG = timedelta(days=60)


def ladder(*rungs: tuple[int, Sequence[str], bool], kind: Any = None) -> None:
    """The only ladder there is: of all entries, or of one."""
    MatterRung.objects.filter(type=kind).delete()
    MatterRung.objects.bulk_create(
        MatterRung(type=kind, percent=percent, tells=list(tells), hand_up=up, from_at=NOW)
        for percent, tells, up in rungs
    )


@pytest.fixture(autouse=True)
def nothing_else_is_due() -> None:
    """The town's own matters are left alone."""
    Matter.objects.update(next_rung_at=None)


REMIND = ((75, ["turn"], False), (100, ["turn", "superior"], False), (150, ["dispatcher"], False))


def at(now: datetime) -> climbing.Ticked:
    return tick(by=Who.system(now), now=now)


def entries(matter: Matter, code: str = "matter.reminded") -> list[Entry]:
    return list(Entry.objects.filter(subject=matter.pk, code=code).order_by("seq"))


def percents(matter: Matter) -> list[int]:
    return [facts_of(entry)["percent"] for entry in entries(matter)]


def due(matter: Matter) -> datetime:
    matter.refresh_from_db()
    assert matter.next_rung_at
    return matter.next_rung_at


def told(matter: Matter, now: datetime) -> set[str]:
    rows = Outbox.objects.filter(subject=matter.pk, kind__in=["matter.reminded", "matter.handed_up"])
    return {word.kind for word in words_of(rows, now)}


def test_each_rung_is_fired_when_it_is_due_and_never_again() -> None:
    ladder(*REMIND)
    matter = a_matter(start=Level.TOWN).matter
    version = matter.version
    assert at(due(matter) - timedelta(seconds=1)).found == 0
    for expected in ([75], [75, 100], [75, 100, 150]):
        now = due(matter)
        assert at(now).reminded == 1
        assert at(now).found == 0
        assert percents(matter) == expected
    matter.refresh_from_db()
    assert (matter.rung, matter.next_rung_at, matter.version) == (150, None, version)
    assert at(NOW + LONG).found == 0
    assert {entry.by_kind for entry in entries(matter)} == {"system"}
    assert verify().problems == []


def test_the_hundredth_percent_is_the_due_date() -> None:
    ladder(*REMIND)
    matter = a_matter(start=Level.TOWN).matter
    at(due(matter))
    assert due(matter) == matter.due_at


def test_what_was_missed_while_nobody_worked_is_told_once() -> None:
    ladder(*REMIND)
    matter = a_matter(start=Level.TOWN).matter
    assert at(NOW + LONG).reminded == 3
    assert percents(matter) == [75, 100, 150]
    assert Outbox.objects.filter(subject=matter.pk, kind="matter.reminded").count() == 1
    assert facts_of(entries(matter)[-1])["tells"] == ["turn", "superior", "dispatcher"]
    assert at(NOW + LONG).found == 0


def test_whoever_the_rung_names_is_told() -> None:
    ladder(*REMIND)
    matter = a_matter(start=Level.TOWN).matter
    now = due(matter)
    at(now)
    assert told(matter, now) == {"turn.reminder"}


def test_what_is_supervised_reminds_one_level_higher() -> None:
    ladder(*REMIND)
    matter = a_matter(start=Level.TOWN).matter
    Matter.objects.filter(pk=matter.pk).update(supervise_count=1)
    at(due(matter))
    assert facts_of(entries(matter)[0])["tells"] == ["turn", "superior"]
    at(due(matter))
    assert facts_of(entries(matter)[1])["tells"] == ["turn", "superior", "supervisor"]


def test_it_goes_up_a_level_and_begins_anew_there() -> None:
    ladder((50, ["turn"], False), (120, ["turn"], True), (200, ["superior"], False))
    matter = a_matter(start=Level.VILLAGE).matter
    held = matter.held_level
    at(due(matter))
    now = due(matter)
    assert at(now).handed_up == 1
    matter.refresh_from_db()
    assert matter.held_level < held
    assert (matter.rung, matter.passed_count, matter.due_at and matter.due_at > now) == (0, 1, True)
    assert due(matter) > now
    assert len(entries(matter, "matter.handed_up")) == 1
    assert told(matter, now) >= {"turn.handed_up"}
    assert verify().problems == []


def test_at_the_county_it_only_reminds() -> None:
    ladder((100, [], True), (150, ["turn"], False))
    matter = a_matter(start=Level.TOWN).matter
    now = NOW
    for _ in range(10):
        matter.refresh_from_db()
        if matter.next_rung_at is None:
            break
        now = matter.next_rung_at
        at(now)
    matter.refresh_from_db()
    assert matter.held_level == Level.COUNTY
    assert len(entries(matter, "matter.handed_up")) == 1
    assert percents(matter) == [100, 150]
    assert facts_of(entries(matter)[0])["tells"] == ["turn", "superior"]
    assert at(NOW + LONG).found == 0


def test_where_there_is_no_county_it_only_reminds() -> None:
    """The tree of an installation may begin with its town."""
    ladder((100, ["superior"], True))
    matter = a_matter(start=Level.TOWN).matter
    path = matter.place[: Level.COUNTY]
    now = due(matter)
    Area.objects.filter(path=path).update(path=path[:-1] + "9")
    assert (at(now).handed_up, percents(matter)) == (0, [100])
    assert at(now).found == 0


def test_what_was_handled_only_reminds() -> None:
    ladder((100, ["turn"], True))
    kind = a_kind(Level.TOWN)
    matter = do(a_matter(kind=kind).matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    matter = do(do(matter, "accept", "handler"), "hand_in", "handler")
    assert matter.state == "handled"
    at(NOW + LONG)
    assert percents(matter) == [100]
    matter.refresh_from_db()
    assert matter.state == "handled"


def test_a_pause_stops_the_ladder_and_going_on_starts_it() -> None:
    ladder(*REMIND)
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    first = due(matter)
    half = NOW + timedelta(minutes=30)
    do(matter, "hold", "director", half, until=(NOW + timedelta(days=14)).date())
    matter.refresh_from_db()
    assert matter.next_rung_at is None
    assert at(NOW + LONG).found == 0
    on = first + timedelta(days=1)
    do(matter, "resume", "director", on)
    assert due(matter) > on
    at(due(matter))
    assert percents(matter) == [75]


def test_more_time_moves_the_ladder_and_nothing_is_reminded_twice() -> None:
    ladder((50, ["turn"], False), (90, ["turn"], False))
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    matter = do(matter, "accept", "handler")
    now = due(matter)
    at(now)
    second = due(matter)
    do(matter, "ask_time", "handler", now, amount=2)
    do(matter, "grant_time", "director", now)
    assert due(matter) > second
    at(due(matter))
    assert percents(matter) == [50, 90]


def test_an_act_begins_a_new_ladder() -> None:
    ladder(*REMIND)
    matter = a_matter(start=Level.TOWN).matter
    now = due(matter)
    at(now)
    do(matter, "file", "operator", now)
    matter.refresh_from_db()
    assert matter.rung == 0
    assert due(matter) > now


def test_a_type_has_its_own_ladder() -> None:
    kind, other = a_kind(Level.TOWN), a_kind(Level.VILLAGE)
    ladder(*REMIND)
    ladder((10, ["turn"], False), kind=kind)
    mine, others = a_matter(kind=kind).matter, a_matter(kind=other).matter
    at(NOW + LONG)
    assert (percents(mine), percents(others)) == ([10], [75, 100, 150])


def test_a_ladder_of_before_does_not_remind() -> None:
    """Its rung was ended after this turn began: the next one is only set right."""
    ladder((50, ["turn"], False), (100, ["turn"], False))
    matter = a_matter(start=Level.TOWN).matter
    now = due(matter)
    ladder((100, ["turn"], False))
    assert (at(now).found, at(now).found) == (1, 0)
    assert percents(matter) == []
    assert due(matter) == matter.due_at


def test_many_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    ladder(*REMIND)
    monkeypatch.setattr(climbing, "BATCHES", {"sqlite": 2, "postgresql": 2})
    matters = [a_matter(start=Level.TOWN).matter for _ in range(5)]
    done = at(due(matters[0]))
    assert (done.found, done.reminded, len(done.batches)) == (5, 5, 3)
    assert [percents(matter) for matter in matters] == [[75]] * 5
    assert verify().problems == []


def test_what_is_due_is_found_by_its_index() -> None:
    a_matter(start=Level.TOWN)
    (plan,) = plans_of(lambda: climbing.found(NOW + LONG, 10), of="matters_matter")
    assert "matter_rung" in plan


def test_a_tick_costs_the_same_for_many(django_assert_max_num_queries: Any) -> None:
    ladder(*REMIND)
    matters = [a_matter(start=Level.TOWN).matter for _ in range(12)]
    now = due(matters[0])
    with django_assert_max_num_queries(18):
        assert at(now).reminded == 12
    with django_assert_max_num_queries(1):
        assert at(now).found == 0
