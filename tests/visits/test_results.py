"""The result of a list that is erased: nobody gets the half of it, and whoever asks for it is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from mulin.kernel.jobs import folder_of
from mulin.posts.face import Who
from mulin.visits.face import ComparedList
from mulin.visits.lists import exporting, queries
from mulin.visits.lists.actions import erase_list
from mulin.visits.lists.queries import RowLine
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.world import NOW, the
from tests.visits.test_lists import a_file, compared, work

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]
GONE = "This file is kept no longer: what it was made of was erased."


def a_list() -> ComparedList:
    return compared(a_file(*((n, f"人{n}", "", f"1390000{n:04}", "") for n in range(3))))


def test_erased_while_it_is_written_it_is_no_half_file(monkeypatch: pytest.MonkeyPatch) -> None:
    source, lines = a_list(), queries.every_line

    def interrupted(source: ComparedList, who: Who) -> Iterator[list[RowLine]]:
        for number, some in enumerate(lines(source, who)):
            if number == 1:
                erase_list(source, by=the("head"), now=NOW)
            yield some

    monkeypatch.setattr(queries, "MOST", 1)
    monkeypatch.setattr(exporting, "every_line", interrupted)
    exporting.start_result(source, by=the("head"), now=NOW)
    job = work()
    assert (job.stage, job.lines) == ("failed", ["This list was erased meanwhile."])
    assert not folder_of(job).exists()


@pytest.mark.only_on("sqlite")
def test_erased_since_its_page_says_so(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    source, head = a_list(), at_desk("head")
    exporting.start_result(source, by=the("head"), now=NOW)
    job = work()
    assert GONE not in words_of(head.get(f"/desk/jobs/{job.pk}/"))
    with django_capture_on_commit_callbacks(execute=True):
        erase_list(source, by=the("head"), now=NOW)
    assert GONE in words_of(head.get(f"/desk/jobs/{job.pk}/"))
    answer = head.get(f"/desk/jobs/{job.pk}/file/")
    assert (answer.status_code, GONE in words_of(answer)) == (404, True)
