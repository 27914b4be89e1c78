"""What each seat takes: made from the matter list and the town's own table, on a page, on paper and in Excel."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.kernel import sheets
from mulin.matters.actions.types import close_type
from mulin.matters.actions.who_does import set_who
from mulin.matters.models import MatterType
from mulin.matters.queries.takes import DutySheet, duty_sheets, starts_in
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Function
from mulin.places.face import Area
from mulin.posts.face import Who
from tests.matters.world import NOW, the
from tests.support.cast import TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def the_town() -> Area:
    return Area.objects.plain().get(path=TOWN)


def sheet(key: str, who: Who | None = None) -> DutySheet:
    asked = who or the("operator")
    return next(each for each in duty_sheets(the_town(), asked) if each.key == key)


def test_every_entry_of_the_list_has_whoever_takes_it_first(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    operator = the("operator")
    with django_assert_max_num_queries(13):
        found = duty_sheets(the_town(), operator)
    files = {take.kind.code for each in found for take in each.takes if Function.FILES in take.does}
    assert files == set(MatterType.objects.listed().values_list("code", flat=True))
    assert all(len(take.limits) == len(take.does) for each in found for take in each.takes)


def test_bodies_are_told_by_what_they_take_care_of() -> None:
    found = sheet("body-urban_management")
    assert found.takes
    assert all("urban_management" in take.kind.handlers for take in found.takes)
    assert "Law Enforcement" in found.sits


def test_a_town_that_changes_who_does_what_changes_the_list() -> None:
    small = {kind.code for kind in MatterType.objects.listed() if starts_in(kind) is Circulation.SMALL}
    files = {take.kind.code for take in sheet("grid_worker").takes if Function.FILES in take.does}
    assert small
    assert not small & files
    set_who(
        the_town(),
        Circulation.SMALL,
        Function.FILES,
        ["grid_worker"],
        from_day=NOW.date(),
        by=the("director"),
        now=NOW,
    )
    later = Who.of(the("operator").user, NOW + timedelta(minutes=1))  # type: ignore[arg-type]  # they have an account
    after = {take.kind.code for take in sheet("grid_worker", later).takes if Function.FILES in take.does}
    assert after == files | small


def test_an_entry_that_is_off_the_list_is_off_this_one() -> None:
    gone = sheet("grid_worker").takes[0].kind
    close_type(gone, by=the("director"), now=NOW)
    assert gone.code not in {take.kind.code for take in sheet("grid_worker").takes}


@pytest.mark.only_on("sqlite")
def test_on_a_page_on_paper_and_in_excel() -> None:
    desk = Client(headers={"accept-language": "zh-CN"})
    user = the("operator").user
    assert user
    desk.force_login(user)
    assert "网格员" in desk.get("/desk/takes/").content.decode()
    assert desk.get("/desk/takes/grid_worker/").status_code == 200
    assert desk.get("/desk/takes/astronaut/").status_code == 404
    first = sheet("grid_worker").takes[0].kind
    paper = desk.get("/desk/takes/grid_worker/paper.pdf")
    words = pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert first.code in words
    assert first.name in words.replace("\n", "")
    assert desk.get("/desk/takes/grid_worker/paper.pdf?language=xx").status_code == 404
    (book,) = sheets.read(desk.get("/desk/takes/list.xlsx").content)
    assert any(first.code in cells for cells in book.rows)
