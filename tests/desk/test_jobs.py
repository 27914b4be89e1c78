"""Exports and imports under way, as their owner sees them."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.kernel import jobs
from mulin.kernel.models import Job, JobState
from tests.desk.test_pages import at_desk
from tests.matters.world import NOW, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def a_job(owner: str = "worker", **columns: Any) -> Job:
    user = the(owner).user
    assert user
    given = {"stage": JobState.RUNNING, "total": 8, "done": 2} | columns
    return Job.objects.create(
        code="unknown kind", owner=user.pk, facts="{}", language="en", created_at=NOW, **given
    )


@pytest.mark.parametrize(
    ("language", "running", "done"), [("en", "2 of 8", "for a week"), ("zh-hans", "2 / 8", "一周")]
)
def test_it_shows_how_far_it_has_come_and_what_it_made(language: str, running: str, done: str) -> None:
    browser, row = at_desk("worker", language), a_job(said="第3行：没有这个网格")
    page = browser.get(f"/desk/jobs/{row.pk}/").content.decode()
    assert running in page
    assert 'value="25"' in page
    assert "第3行：没有这个网格" in page
    file = jobs.folder_of(row) / "名单.xlsx"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"made")
    Job.objects.filter(pk=row.pk).update(stage=JobState.DONE, ended_at=NOW, file=file.name)
    assert done in browser.get(f"/desk/jobs/{row.pk}/").content.decode()
    fetched: Any = browser.get(f"/desk/jobs/{row.pk}/file/")
    assert b"".join(fetched.streaming_content) == b"made"
    assert fetched["Content-Disposition"].startswith("attachment")
    assert fetched["Cache-Control"] == "no-store"


def test_the_part_that_is_asked_for_again_says_when_it_is_the_last() -> None:
    browser, row = at_desk("worker"), a_job()
    assert "X-Poll-Over" not in browser.get(f"/desk/jobs/{row.pk}/bar/")
    Job.objects.filter(pk=row.pk).update(stage=JobState.FAILED, ended_at=NOW)
    part = browser.get(f"/desk/jobs/{row.pk}/bar/")
    assert part["X-Poll-Over"]
    assert "<html" not in part.content.decode()


def test_it_can_be_stopped_once() -> None:
    browser, row = at_desk("worker"), a_job()
    assert browser.post(f"/desk/jobs/{row.pk}/stop/").status_code == 303
    assert browser.post(f"/desk/jobs/{row.pk}/stop/").status_code == 409


def test_the_list_shows_ones_own_only(django_assert_max_num_queries: Any) -> None:
    mine, other = [a_job() for _ in range(5)], a_job("head")
    browser = at_desk("worker")
    browser.get("/desk/jobs/")
    with django_assert_max_num_queries(6):
        page = browser.get("/desk/jobs/").content.decode()
    assert all(str(row.pk) in page for row in mine)
    assert str(other.pk) not in page
    assert browser.get(f"/desk/jobs/{other.pk}/").status_code == 404
