"""Signboards and contact cards: what stands on them, for whom, batch by batch, taken up again where it stopped."""

from __future__ import annotations

import io
import threading

import pypdf
import pytest

from mulin.doors.publicity import plan
from mulin.kernel import clock as house_clock
from mulin.kernel import jobs, paper
from mulin.kernel.jobs import Interrupted, folder_of
from mulin.kernel.models import Job
from mulin.places.face import Level
from mulin.posts.face import set_public_numbers
from mulin.registry.face import Household
from tests.api.client import Program, said
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.world import NOW, the, the_grid
from tests.registry.world import a_building_elsewhere, a_dwelling, a_household, a_resident, a_unit

# What is printed does not depend on the database.
pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db, pytest.mark.only_on("sqlite")]


def read(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def ordered(username: str = "operator", **order: str) -> Job:
    answer = at_desk(username).post("/desk/publicity/", {"language": "zh-hans", "each": "", **order})
    assert answer.status_code == 303, words_of(answer)
    return Job.objects.get()


def printed(job: Job) -> list[str]:
    jobs.run_next(house_clock.now, threading.Event())
    job.refresh_from_db()
    assert (job.stage, job.done) == ("done", job.total), job.lines
    assert [each.name for each in folder_of(job).glob("part-*")] == []
    return read((folder_of(job) / job.file).read_bytes())


def test_signboards_of_a_whole_town_name_people_and_numbers() -> None:
    town = the_grid().path[: Level.TOWN]
    area = next(each for each in [the_grid().parent] if each)
    set_public_numbers(area, contact="12345", supervision="0632-7654321", by=the("sysadmin"), now=NOW)
    pages = printed(ordered(what="signboards", area=town))
    mine = next(page for page in pages if the_grid().path in page)
    worker = the("worker").user
    assert worker
    assert all(words in mine for words in (the_grid().name, worker.name, "0632-7654321", "12345"))
    assert len(pages) > 1


def test_a_card_for_each_home_with_its_address_and_nobodys_name() -> None:
    household = a_household(a_dwelling(number="9302"))
    a_resident(household, name="王秀英", relation="0", phone="13900000001")
    a_household(a_dwelling(a_unit(a_building_elsewhere()), number="9909"))
    pages = printed(ordered(what="cards", area=the_grid().path))
    assert all(words in "".join(pages) for words in ("9302", "1/1"))
    assert not any(words in "".join(pages) for words in ("王秀英", "13900000001", "9909"))


def test_so_many_for_each_grid_are_set_in_batches_and_go_on_after_a_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan, "PAGES_A_BATCH", 1)
    job = ordered(what="cards", area=the_grid().path, each="25")
    set_, real = list[int](), paper.pdf

    def stop_at_the_second(template: str, data: dict[str, object], *, language: str) -> bytes:
        set_.append(1)
        if len(set_) == 2:
            raise Interrupted
        return real(template, data, language=language)

    monkeypatch.setattr("mulin.doors.publicity.tasks.paper.pdf", stop_at_the_second)
    jobs.run_next(house_clock.now, threading.Event())
    job.refresh_from_db()
    assert (job.stage, job.done, job.cursor) == ("waiting", 10, "1")
    pages = printed(job)
    assert [f"{number}/3" in page for number, page in enumerate(pages, start=1)] == [True] * 3
    assert (job.total, len(set_)) == (25, 4)


def test_one_signboard_at_once_in_the_language_asked_for() -> None:
    path = f"/desk/publicity/{the_grid().path}/signboard.pdf"
    answer = at_desk("operator").post(path, {"language": "en"})
    assert answer["Content-Type"] == "application/pdf"
    assert "Supervision phone" not in read(answer.content)[0]  # there is none
    assert at_desk("worker").post(path).status_code == 403
    assert at_desk("operator").get(path).status_code == 405


def test_orders_that_cannot_be_say_why() -> None:
    desk, grid = at_desk("operator"), the_grid().path
    order = {"language": "en", "what": "cards", "area": grid, "each": ""}
    Household.objects.update(to_on=NOW.date())
    nobody = desk.post("/desk/publicity/", order)
    assert nobody.status_code == 422
    assert "No homes are entered" in words_of(nobody)
    for wrong in ({"each": "0"}, {"each": "99999"}, {"area": "99"}, {"what": "money"}, {"language": "xx"}):
        assert desk.post("/desk/publicity/", order | wrong).status_code == 422, wrong
    assert not Job.objects.exists()
    assert at_desk("worker").get("/desk/publicity/").status_code == 403


def test_the_publisher_does_not_see_which_homes_there_are() -> None:
    a_household()
    town = the_grid().path[: Level.TOWN]
    order = {"language": "en", "what": "cards", "area": town, "each": ""}
    assert at_desk("publisher").post("/desk/publicity/", order).status_code == 403
    assert at_desk("publisher").post("/desk/publicity/", order | {"each": "3"}).status_code == 303


def test_the_page_says_what_boards_lack_and_its_links_lead_on() -> None:
    desk = at_desk("operator", "zh-CN")
    page = words_of(desk.get("/desk/publicity/"))
    assert all(words in page for words in (the_grid().path, "没有监督电话", f"/grid/{the_grid().path}/"))
    numbers = f"/desk/publicity/{the_grid().path}/numbers/"
    assert 'name="supervision"' not in words_of(desk.get(numbers))
    assert desk.post(numbers, {"supervision": "12345"}).status_code == 403
    admin = at_desk("sysadmin")
    assert admin.post(numbers, {"contact": "", "supervision": "123 45678"}).status_code == 303
    assert "123 45678" in words_of(admin.get(numbers))
    assert admin.post(numbers, {"supervision": "ring me"}).status_code == 422


def test_a_program_orders_and_sets_numbers() -> None:
    program, grid = Program("operator"), the_grid().path
    told = said(program.post("/publicity/papers", {"what": "signboards", "area": grid, "language": "en"}))
    assert Job.objects.get().pk.hex in str(told["job"]).replace("-", "")
    answer = Program("sysadmin").post(f"/publicity/numbers/{grid}", {"supervision": "12345678"})
    assert said(answer)["supervision"] == "12345678"
