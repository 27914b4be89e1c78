"""`mulin work` does what is due, each thing once, and one job's failure is not the others'."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session

from mulin.commands import work
from mulin.commands.work import Job, Rota
from mulin.doors.api.models import FirstAnswer
from mulin.journal.face import feed_after, feed_last
from mulin.kernel import throttle
from mulin.kernel.models import Throttle
from mulin.matters.face import settle, whereabouts
from mulin.places.face import Level
from tests.commands.town import Town
from tests.matters.world import a_kind, a_matter, the, the_building
from tests.support.clock import NOW

MINUTE = timedelta(minutes=1)
QUOTED = "王小明 13800138000"  # as a database quotes a row
pytestmark = pytest.mark.tiny_town


def test_what_nobody_was_drawn_to_check_closes_when_it_is_due(
    town: Town, settings: Any, clock: time_machine.Traveller
) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 0.0
    kind = a_kind()
    where = whereabouts(kind, area=the_building())
    raised = settle(kind, text="楼道堆物", done="已清理", where=where, by=the("worker"), now=NOW)
    matter = raised.matter
    assert (matter.state, matter.turn) == ("handled", None)
    assert matter.due_at
    clock.move_to(matter.due_at - MINUTE)
    town.says("work", "--once")
    matter.refresh_from_db()
    assert matter.state == "handled"
    clock.move_to(matter.due_at + MINUTE)
    town.says("work", "--once")
    matter.refresh_from_db()
    assert (matter.state, matter.outcome) == ("closed", "solved")
    codes = [fed.entry.code for fed in feed_after(0, 5000) if fed.entry.subject == matter.pk]
    assert codes == ["matter.settled", "matter.closed_unchecked"]


def test_whoever_has_a_matter_is_reminded_once(town: Town, clock: time_machine.Traveller) -> None:
    raised = a_matter(start=Level.TOWN).matter
    assert raised.next_rung_at
    clock.move_to(raised.next_rung_at + MINUTE)
    for _ in range(2):
        town.says("work", "--once")
    codes = [fed.entry.code for fed in feed_after(0, 5000) if fed.entry.subject == raised.pk]
    assert codes == ["matter.reported", "matter.reminded"]


def test_the_feed_gets_its_positions(town: Town) -> None:
    town.says("work", "--once")  # whoever lets the town's own matters lie is reminded now
    before = feed_last()
    kind = a_kind()
    settle(kind, text="x", done="y", where=whereabouts(kind, area=the_building()), by=the("worker"), now=NOW)
    assert feed_last() == before
    town.says("work", "--once")
    assert feed_last() == before + 1
    town.says("work", "--once")
    assert feed_last() == before + 1


def test_what_has_expired_is_swept_out(town: Town, clock: time_machine.Traveller) -> None:
    throttle.take("somebody", limit=2, per=timedelta(hours=1), now=NOW)
    FirstAnswer.objects.create(key="1:00", asked="x", at=NOW)
    Session.objects.create(session_key="old", session_data="", expire_date=NOW + MINUTE)
    Session.objects.create(session_key="new", session_data="", expire_date=NOW + timedelta(days=9))
    town.says("work", "--once")
    assert (Throttle.objects.count(), FirstAnswer.objects.count(), Session.objects.count()) == (1, 1, 2)
    clock.shift(timedelta(days=2))
    town.says("work", "--once")
    assert (Throttle.objects.count(), FirstAnswer.objects.count()) == (0, 0)
    assert Session.objects.get().session_key == "new"


class Diary:
    """Jobs that note when they ran."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, datetime]] = []

    def job(self, name: str, every: timedelta = timedelta(), *, fails: bool = False) -> Job:
        def run(now: datetime) -> int:
            self.ran.append((name, now))
            if fails:
                raise RuntimeError(QUOTED)
            return 0

        return Job(name, run, every)

    def of(self, name: str) -> list[timedelta]:
        return [at - NOW for each, at in self.ran if each == name]


@pytest.fixture
def diary(db: None, monkeypatch: pytest.MonkeyPatch) -> Diary:
    written = Diary()
    jobs = (written.job("bad", fails=True), written.job("good"), written.job("rare", 10 * MINUTE))
    monkeypatch.setattr(work, "jobs", lambda: jobs)
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)  # the test's own is one of them
    return written


def test_one_failing_job_does_not_stop_the_others(diary: Diary, caplog: pytest.LogCaptureFixture) -> None:
    rota = Rota()
    for seconds in (0, 2, 4, 61, 602):
        work.round_of_work(NOW + timedelta(seconds=seconds), rota)
    assert [each.total_seconds() for each in diary.of("good")] == [0, 2, 4, 61, 602]
    assert [each.total_seconds() for each in diary.of("bad")] == [0, 61, 602]
    assert [each.total_seconds() for each in diary.of("rare")] == [0, 602]
    assert caplog.text.count("the job bad failed") == 3


def test_a_failure_is_logged_without_what_it_quotes(diary: Diary, caplog: pytest.LogCaptureFixture) -> None:
    work.round_of_work(NOW, Rota())
    assert "RuntimeError" in caplog.text
    assert "test_work.py" in caplog.text
    assert QUOTED not in caplog.text


def test_once_says_by_its_code_that_something_failed(diary: Diary) -> None:
    assert work.once() == 1
    assert len(diary.of("bad")) == 1
