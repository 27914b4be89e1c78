"""Whoever merely raised a matter reads what concerns them: no note among colleagues, no colleague's name."""

from __future__ import annotations

import pytest
from django.test import Client

from mulin.matters.face import Matter
from mulin.places.face import Level
from mulin.posts.face import User, Who, make_token
from tests.api.client import Program, said
from tests.matters.world import NOW, a_matter, body_of, do, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
AMONG_US = "他总是抱怨，先拖一拖"


def a_resident() -> tuple[User, Program]:
    user = User.objects.create(username="a.resident", name="李秀兰", name_en="Li Xiulan", created_at=NOW)
    program = Program()
    program.headers["Authorization"] = f"Bearer {make_token(name='x', by=Who.of(user, NOW), now=NOW)[1]}"
    return user, program


def handled_for(who: Who) -> Matter:
    """Theirs, with a word among colleagues and one for them."""
    matter = a_matter(by=who).matter
    do(matter, "file", "worker", note=AMONG_US)
    Program("worker").post(f"/matters/{matter.number}/notes", {"text": AMONG_US})
    Program("worker").post(f"/matters/{matter.number}/notes", {"text": "明天来修", "for_reporter": True})
    return matter


def test_a_resident_reads_no_note_and_no_name() -> None:
    user, program = a_resident()
    matter = handled_for(Who.of(user, NOW))
    timeline = program.get(f"/matters/{matter.number}/timeline")
    assert AMONG_US not in timeline.content.decode()
    assert "明天来修" in timeline.content.decode()
    assert {line["by"] for line in said(timeline)} == {None}
    assert {part["person"] for part in said(program.get(f"/matters/{matter.number}"))["parts"]} == {None}
    assert AMONG_US in Program("worker").get(f"/matters/{matter.number}/timeline").content.decode()


def test_staff_who_raised_it_elsewhere_read_no_note_either() -> None:
    """The police officer has nothing to do with this grid: it is theirs only as anybody's who reports."""
    matter = handled_for(the("police"))
    assert AMONG_US not in Program("police").get(f"/matters/{matter.number}/timeline").content.decode()
    browser = Client()
    browser.force_login(User.objects.get(username="police"))
    page = browser.get(f"/desk/matters/{matter.number}/").content.decode()
    assert "明天来修" in page
    assert AMONG_US not in page


def test_whoever_is_complained_of_reads_no_note_of_their_own_report() -> None:
    matter = a_matter(by=the("handler"), start=Level.TOWN).matter
    Matter.objects.filter(pk=matter.pk).update(about_organisation=body_of("handler"))
    Program("operator").post(f"/matters/{matter.number}/notes", {"text": AMONG_US})
    assert AMONG_US not in Program("handler").get(f"/matters/{matter.number}/timeline").content.decode()


def test_a_resident_is_named_to_nobody_and_a_secret_reporter_not_to_who_handles_it() -> None:
    user, _program = a_resident()
    matter = a_matter(by=Who.of(user, NOW)).matter
    assert "李秀兰" not in Program("worker").get(f"/matters/{matter.number}/timeline").content.decode()
    raised = a_matter(by=the("clerk"), secret=True).matter
    clerk = User.objects.get(username="clerk").name
    told = Program("building", language="zh-hans").get(f"/matters/{raised.number}/timeline")
    assert told.status_code == 200
    assert clerk not in told.content.decode()
