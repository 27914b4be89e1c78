"""The result of a compared list leaves the house like any list of the registry: a large one by two people."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from mulin.journal.face import Disclosure
from mulin.kernel import clock as house_clock
from mulin.kernel import jobs, sheets
from mulin.kernel.jobs import folder_of
from mulin.kernel.models import Job
from mulin.registry.face import HomeExport
from mulin.visits.lists.actions import erase_list
from tests.api.client import Program, said
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.world import NOW, the
from tests.registry.rings import own_ring
from tests.registry.test_unreadable import damage
from tests.registry.world import a_resident
from tests.visits.test_lists import a_file, compared, work

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]
__all__ = ["own_ring"]


def test_a_large_result_waits_for_a_second_person(settings: Any) -> None:
    settings.MULIN_EXPORT_ALONE = 0
    a_resident(name="王秀英", phone="13900000001")
    source = compared(a_file((1, "", "", "13900000001", "")))
    taken = said(Program("head").post(f"/lists/{source.pk}/result"))
    assert taken["job"] is None
    led = at_desk("head").post(f"/desk/lists/{source.pk}/result/")["Location"]
    jobs.run_next(house_clock.now, threading.Event())
    assert not Disclosure.objects.filter(kind="export").exists()
    director = at_desk("director")
    assert led in words_of(director.get("/desk/registry/exports/"))
    assert "老年人体检: 年度体检通知" in words_of(director.get(led))
    assert at_desk("head").post(f"{led}decide/", {"answer": "agree"}).status_code == 403
    assert director.post(f"{led}decide/", {"answer": "agree"}).status_code == 303
    done = work()
    assert (done.stage, HomeExport.objects.get(job=done.pk).stage) == ("done", "made")
    assert sheets.read((folder_of(done) / done.file).read_bytes())[0].rows[1][1] == "王**"
    assert Disclosure.objects.filter(kind="export", subject=source.pk).exists()


@pytest.mark.usefixtures("own_ring")
def test_a_list_is_erased_with_its_files_though_a_job_cannot_be_read(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    a_resident(name="王秀英", phone="13900000001")
    source = compared(a_file((1, "", "", "13900000001", "")))
    taken = [Program("head").post(f"/lists/{source.pk}/result") for _ in range(2)]
    lost, whole = (Job.objects.get(pk=said(each)["job"]) for each in taken)
    work()
    folder_of(whole).mkdir(parents=True, exist_ok=True)
    damage(lost, "facts")
    with django_capture_on_commit_callbacks(execute=True):
        erase_list(source, by=the("head"), now=NOW)
    assert not folder_of(whole).exists()
