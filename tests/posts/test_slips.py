"""Slips for the first sign-in: a code on paper opens an account once, and only for whoever holds it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.test import Client

from mulin.journal.face import Subject, timeline
from mulin.kernel.refusals import Invalid, NotAllowed, TooMany
from mulin.posts.actions import deactivate, first_sign_in, issue_slips, set_password
from mulin.posts.face import User, Who
from mulin.posts.models import Slip
from tests.posts import cast
from tests.posts.cast import GRID, TOWN, person_of
from tests.posts.pages.browsers import browser_of
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
CHOSEN = "morning-rain-on-tiles-7"
A_WEEK = timedelta(days=7)


@pytest.fixture
def administrator() -> Who:
    return cast.as_system_administrator()


@pytest.fixture
def wang() -> User:
    person = cast.a_person("王芳", name_en="Wang Fang")
    cast.a_post(person, "grid_worker", GRID)
    return person


def enters(person: User, code: str, *, password: str = CHOSEN, now: object = NOW) -> User:
    return first_sign_in(username=person.username, code=code, password=password, client="10.0.0.1", now=now)  # type: ignore[arg-type]  # an instant


def codes_of(person: User) -> list[str]:
    return [line.code for line in timeline(Subject("person", person.id))]


def test_a_slip_opens_the_account_once(administrator: Who, wang: User) -> None:
    (handed,) = issue_slips([wang], by=administrator, now=NOW)
    assert handed.code not in Slip.objects.get().code
    again = f" {handed.code[:5].lower()} {handed.code[5:].lower()}"  # however they type it
    assert enters(wang, again) == wang
    wang.refresh_from_db()
    assert wang.check_password(CHOSEN)
    assert not wang.must_change_password
    with pytest.raises(Invalid, match="used already"):
        enters(wang, handed.code, password="another-one-of-theirs-9")
    assert codes_of(wang)[-3:] == ["person.slip_issued", "person.slip_used", "person.slip_failed"]


def test_a_slip_that_is_too_old_says_so(administrator: Who, wang: User) -> None:
    (handed,) = issue_slips([wang], by=administrator, now=NOW)
    with pytest.raises(Invalid, match="too old"):
        enters(wang, handed.code, now=NOW + A_WEEK)
    assert enters(wang, handed.code, now=NOW + A_WEEK - timedelta(seconds=1))


def test_of_two_slips_only_the_newer_counts(administrator: Who, wang: User) -> None:
    (old,), (new,) = (issue_slips([wang], by=administrator, now=NOW) for _time in range(2))
    with pytest.raises(Invalid, match="newer one"):
        enters(wang, old.code)
    assert enters(wang, new.code)


def test_a_password_that_is_too_weak_leaves_the_slip_as_it_was(administrator: Who, wang: User) -> None:
    (handed,) = issue_slips([wang], by=administrator, now=NOW)
    with pytest.raises(Invalid) as refused:
        enters(wang, handed.code, password="1234567890")
    assert refused.value.field == "password"
    assert enters(wang, handed.code)


def test_somebody_elses_code_a_made_up_name_and_a_closed_account_are_answered_alike(
    administrator: Who, wang: User
) -> None:
    other = cast.a_person("李强")
    cast.a_post(other, "grid_worker", GRID)
    mine, theirs = issue_slips([wang, other], by=administrator, now=NOW)
    deactivate(other, by=administrator, now=NOW)
    said = set()
    for name, code in (
        (wang.username, theirs.code),
        ("nobody.at.all", mine.code),
        (other.username, theirs.code),
    ):
        with pytest.raises(Invalid) as refused:
            first_sign_in(username=name, code=code, password=CHOSEN, client="10.0.0.1", now=NOW)
        said.add(str(refused.value))
    assert len(said) == 1


def test_guessing_ends_soon(administrator: Who, wang: User) -> None:
    issue_slips([wang], by=administrator, now=NOW)
    for _try in range(10):
        with pytest.raises(Invalid):
            enters(wang, "ABCDEFGHJK")
    with pytest.raises(TooMany):
        enters(wang, "ABCDEFGHJK")


def test_a_password_that_was_set_makes_the_slip_worthless(administrator: Who, wang: User) -> None:
    (handed,) = issue_slips([wang], by=administrator, now=NOW)
    set_password(wang, password=CHOSEN, by=administrator, now=NOW)
    with pytest.raises(Invalid, match="newer one"):
        enters(wang, handed.code)


def test_slips_are_for_people_who_work_here_and_whom_one_manages(administrator: Who, wang: User) -> None:
    nobody = cast.a_person("没有岗位")
    with pytest.raises(Invalid, match="post first"):
        issue_slips([wang, nobody], by=administrator, now=NOW)
    assert not Slip.objects.exists()  # all of them, or none
    with pytest.raises(NotAllowed):
        issue_slips([person_of(administrator)], by=administrator, now=NOW)
    auditor = person_of(cast.as_auditor())
    with pytest.raises(NotAllowed):
        issue_slips([auditor], by=administrator, now=NOW)


@pytest.mark.only_on("sqlite")
def test_the_whole_way_on_paper(administrator: Who, wang: User) -> None:
    """Printed at the desk, handed over, typed in: the desk opens."""
    desk = browser_of(administrator)
    listed = desk.get("/desk/people/slips/").content.decode()
    assert "王芳" in listed or "Wang Fang" in listed
    printed = desk.post("/desk/people/slips/print/", {"person": [str(wang.id)]})
    assert printed["Content-Type"] == "application/pdf"
    assert "no-store" in printed["Cache-Control"]
    words = pypdf.PdfReader(io.BytesIO(printed.content)).pages[0].extract_text()
    assert "王芳" in words
    assert wang.username in words
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", words)
    assert code
    phone = Client()
    typed = {"username": wang.username, "code": code[0], "password": CHOSEN, "again": CHOSEN}
    assert phone.post("/desk/first/", typed | {"again": "something-else-4"}).status_code == 422
    assert phone.post("/desk/first/", typed).status_code == 303
    assert phone.get("/desk/password/").status_code == 200
    assert phone.get("/desk/first/").status_code == 200
    assert wang.username not in desk.get("/desk/people/slips/").content.decode()
    assert TOWN in str(person_of(administrator).home.path)  # type: ignore[union-attr]  # they have a home
