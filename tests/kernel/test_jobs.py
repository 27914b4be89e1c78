"""Long work: taken once, taken up again, stopped, told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from mulin.kernel import jobs
from mulin.kernel.clock import now
from mulin.kernel.ids import new_id
from mulin.kernel.jobs import Ended, Interrupted, Progress
from mulin.kernel.models import Job, JobState
from mulin.kernel.refusals import Conflict, Invalid

pytestmark = pytest.mark.django_db
CODE = "test.work"
RUN = threading.Event()


@pytest.fixture
def work() -> Iterator[list[Any]]:
    """Work that does what the test put in the list, call by call."""
    calls: list[Any] = []

    @jobs.job(CODE, "Work of a test")
    def run(progress: Progress, **facts: Any) -> None:
        calls.pop(0)(progress, facts)

    yield calls
    jobs._KINDS.pop(CODE)


def a_job(**facts: Any) -> Job:
    return jobs.start(CODE, user=new_id(), facts=facts, now=now())


def again(row: Job) -> Job:
    return Job.objects.get(pk=row.pk)


def test_a_job_is_done_once_with_what_it_was_started_with(work: list[Any]) -> None:
    row, seen = a_job(name="王芳", n=3), list[Any]()

    def do(progress: Progress, facts: Any) -> None:
        seen.append(facts)
        progress.say("好\n了")
        progress.step(3)

    work.append(do)
    assert jobs.run_next(now, RUN) == 1
    assert jobs.run_next(now, RUN) == 0
    row = again(row)
    assert (row.stage, row.done, row.lines, seen) == (JobState.DONE, 3, ["好 了"], [{"name": "王芳", "n": 3}])


def test_what_it_was_started_with_lies_encrypted(work: list[Any]) -> None:
    from django.db import connection

    a_job(name="王芳")
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM kernel_job")
        assert "王芳" not in cursor.fetchone()[0]


def test_a_refusal_is_told_to_the_owner_and_an_error_is_not(
    work: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_progress: Progress, _facts: Any) -> None:
        raise Invalid("说明")

    def break_down(_progress: Progress, _facts: Any) -> None:
        raise ValueError(str(138 * 10**8))

    work += [refuse, break_down]
    first, second = a_job(), a_job()
    assert [jobs.run_next(now, RUN) for _ in range(2)] == [1, 1]
    assert (again(first).stage, again(first).lines) == (JobState.FAILED, ["说明"])
    assert again(second).stage == JobState.FAILED
    assert "13800000000" not in caplog.text + again(second).said


def test_a_job_whose_worker_died_goes_on_from_its_cursor(
    work: list[Any], clock: time_machine.Traveller
) -> None:
    row = a_job()

    def die(progress: Progress, _facts: Any) -> None:
        progress.step(100, cursor="row 100")
        raise KeyboardInterrupt  # as a killed process: nothing after this is written

    went_on: list[tuple[int, str]] = []
    work += [die, lambda progress, _facts: went_on.append((progress.done, progress.cursor))]
    with pytest.raises(KeyboardInterrupt):
        jobs.run_next(now, RUN)
    assert jobs.run_next(now, RUN) == 0  # it may be alive
    clock.shift(jobs.ALIVE + timedelta(seconds=1))
    assert jobs.run_next(now, RUN) == 1
    assert went_on == [(100, "row 100")]
    assert again(row).stage == JobState.DONE


def test_two_workers_never_do_the_same(work: list[Any], clock: time_machine.Traveller) -> None:
    a_job()

    def taken_away(progress: Progress, _facts: Any) -> None:
        clock.shift(jobs.ALIVE + timedelta(seconds=1))
        work.append(lambda _progress, _facts: None)
        assert jobs.run_next(now, RUN) == 1  # another takes it for dead
        with pytest.raises(Ended):
            progress.step(1, cursor="x")
        raise Ended

    work.append(taken_away)
    jobs.run_next(now, RUN)
    assert Job.objects.get().stage == JobState.DONE
    assert Job.objects.get().cursor == ""


def test_a_sign_of_life_keeps_a_long_step(work: list[Any], clock: time_machine.Traveller) -> None:
    a_job()

    def long_step(progress: Progress, _facts: Any) -> None:
        clock.shift(jobs.ALIVE)
        jobs.beat(now())
        clock.shift(jobs.ALIVE)
        assert jobs.run_next(now, RUN) == 0
        progress.step(cursor="done")

    work.append(long_step)
    jobs.run_next(now, RUN)
    assert Job.objects.get().stage == JobState.DONE


def test_what_takes_its_worker_with_it_is_given_up(work: list[Any], clock: time_machine.Traveller) -> None:
    row = a_job()

    def die(_progress: Progress, _facts: Any) -> None:
        raise KeyboardInterrupt

    for _ in range(jobs.MOST_TRIES):
        work.append(die)
        with pytest.raises(KeyboardInterrupt):
            jobs.run_next(now, RUN)
        clock.shift(jobs.ALIVE + timedelta(seconds=1))
    assert jobs.run_next(now, RUN) == 0
    assert again(row).stage == JobState.FAILED


def test_its_owner_can_stop_it(work: list[Any]) -> None:
    row = a_job()

    def stopped(progress: Progress, _facts: Any) -> None:
        progress.file("list.xlsx").write_bytes(b"x")
        jobs.stop(row, now=now())
        progress.step(cursor="next")

    work.append(stopped)
    jobs.run_next(now, RUN)
    assert again(row).stage == JobState.STOPPED
    assert not jobs.folder_of(row).exists()
    with pytest.raises(Conflict):
        jobs.stop(row, now=now())


def test_a_worker_that_is_told_to_end_leaves_it_for_the_next(work: list[Any]) -> None:
    row, end = a_job(), threading.Event()

    def interrupted(progress: Progress, _facts: Any) -> None:
        progress.step(5, cursor="5")
        end.set()
        with pytest.raises(Interrupted):
            progress.step(5)
        raise Interrupted

    work += [interrupted, lambda progress, _facts: progress.step(1)]
    jobs.run_next(now, end)
    assert (again(row).stage, again(row).tries) == (JobState.WAITING, 0)
    jobs.run_next(now, RUN)
    assert (again(row).stage, again(row).done) == (JobState.DONE, 6)


def test_a_week_after_its_end_it_is_forgotten_with_its_file(
    work: list[Any], clock: time_machine.Traveller
) -> None:
    row = a_job()
    work.append(lambda progress, _facts: progress.file("a.txt").write_text("x"))
    jobs.run_next(now, RUN)
    assert (jobs.folder_of(row) / "a.txt").exists()
    assert jobs.sweep(now()) == 0
    clock.shift(jobs.KEPT + timedelta(seconds=1))
    assert jobs.sweep(now()) == 1
    assert not jobs.folder_of(row).exists()
