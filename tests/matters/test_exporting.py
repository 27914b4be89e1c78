"""A list as Excel: as filtered, as one may read it, masked, and on record."""

from __future__ import annotations

import threading

import pytest
from django.urls import reverse

from mulin.journal.face import Disclosure, DisclosureOf
from mulin.kernel import clock as house_clock
from mulin.kernel import jobs, sheets
from mulin.kernel.jobs import folder_of
from mulin.kernel.models import Job
from mulin.matters.face import Filters, Matter, Show, listed
from mulin.places.face import Area, Level
from mulin.posts.face import Post, appoint
from tests.api.client import Program, said
from tests.matters.pages.desk import CONTACT, at_desk, words_of
from tests.matters.world import NOW, a_matter, the, the_grid

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]


def taken_out(username: str, **filters: str) -> list[list[str]]:
    """The rows of the file that the worker makes of it."""
    page = at_desk(username).post(reverse("matters-export", query=filters), {"purpose": "duty"})
    assert page["Location"].startswith("/desk/jobs/")
    return made()


def made() -> list[list[str]]:
    jobs.run_next(house_clock.now, threading.Event())
    row = Job.objects.order_by("-pk")[0]
    assert row.stage == "done", row.lines
    list_, about = sheets.read((folder_of(row) / row.file).read_bytes())
    assert about.rows
    return list_.rows


def test_the_list_is_taken_out_as_filtered_masked_and_on_record() -> None:
    mine = a_matter(start=Level.TOWN, text="=HYPERLINK(坏灯)", reporter=CONTACT).matter
    a_matter(start=Level.TOWN, text="别的事情")
    header, *rows = taken_out("operator", show="all", q="HYPERLINK")
    assert [row[0] for row in rows] == [mine.number]
    row = dict(zip(header, rows[0], strict=False))
    assert row["What is the matter"] == "=HYPERLINK(坏灯)"
    assert (row["Reporter's name"], row["Reporter's phone"]) == ("王**", "138****2211")
    reading = Disclosure.objects.get(kind="export")
    assert (reading.reader, reading.purpose) == (getattr(the("operator").user, "pk", None), "duty")
    assert DisclosureOf.objects.get(disclosure=reading).person == mine.reporters.get().contact_id


def test_nobody_takes_out_what_they_may_not_read_and_of_secrecy_nothing() -> None:
    secret = a_matter(start=Level.TOWN, reporter=CONTACT, secret=True).matter
    rows = taken_out("operator", show="open")
    assert next(row for row in rows if row[0] == secret.number)[-3:] != ["王**", "138****2211"]
    assert "138****2211" not in str(next(row for row in rows if row[0] == secret.number))
    stranger = [row[0] for row in taken_out("handler", show="open")]
    assert secret.number not in stranger


def test_whoever_lost_the_post_meanwhile_gets_no_file() -> None:
    at_desk("worker").post(reverse("matters-export"), {"purpose": "duty"})
    Post.objects.filter(user=the("worker").user).update(to_at=NOW)
    jobs.run_next(house_clock.now, threading.Event())
    row = Job.objects.get()
    assert (row.stage, row.file) == ("failed", "")


def test_the_queue_offers_it_to_whoever_may() -> None:
    assert "matters/export/?show=late" in words_of(at_desk("worker").get("/desk/queue/", {"show": "late"}))
    assert "matters/export" not in words_of(at_desk("building").get("/desk/queue/"))
    assert at_desk("building").get(reverse("matters-export")).status_code == 403
    words = words_of(at_desk("worker", "zh-CN").get(reverse("matters-export"), {"show": "late"}))
    assert "已超期" in words


def test_a_program_does_the_same() -> None:
    program = Program("operator")
    assert program.post("/matters/export", {}).status_code == 422
    assert said(program.post("/matters/export", {"purpose": "audit", "show": "all"}, key="once"))["job"]
    assert len(made()) > 10


def test_what_one_reads_by_a_post_that_takes_nothing_out_stays() -> None:
    mine, elsewhere = a_matter().matter, a_matter().matter
    town = the_grid().path[: Level.TOWN]
    grids = Area.objects.open().filter(level=Level.GRID, family__code="base", path__startswith=town)
    other = grids.exclude(pk=the_grid().pk)[0]
    Matter.objects.filter(pk=elsewhere.pk).update(place=other.path, taken_by=other, held_at=other, turn=None)
    clerk = the("worker").user
    assert clerk
    by = the("sysadmin")
    appoint(clerk, role="window_clerk", area=Area.objects.get(path=town), by=by, now=NOW)
    assert elsewhere in listed(the("worker"), Filters(show=Show.OPEN)).rows
    numbers = [row[0] for row in taken_out("worker", show="open")]
    assert mine.number in numbers
    assert elsewhere.number not in numbers
