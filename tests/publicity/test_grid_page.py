"""The public page of a grid: who is there, whom to call, whom to complain to; and the portal as one stands in it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mulin.doors.portal import draft as drafts
from mulin.journal.face import Entry
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.places.face import Area
from mulin.places.models import RetiredPath
from mulin.posts.face import Board, PublicNumbers, boards, set_public_numbers
from tests.posts import cast
from tests.posts.cast import GRID, TOWN, UNIT, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
OWN_PHONE = "13800001234"


@pytest.fixture
def grid() -> Area:
    cast.a_place(UNIT)
    grid = cast.a_place(GRID)
    wang = cast.a_person("王芳", phone=OWN_PHONE, public_phone="0632-5551234")
    cast.a_post(wang, "grid_worker", GRID)
    cast.a_duty(cast.a_person("李强"), GRID)
    return grid


def board(grid: Area) -> Board:
    return boards([grid], NOW)[0]


def test_a_board_names_who_is_on_duty_and_says_what_it_lacks(grid: Area) -> None:
    with translation.override("zh-hans"):
        found = board(grid)
    assert [(line.name, line.area.path) for line in found.lines] == [
        ("王芳", GRID),
        ("", VILLAGE),
        ("李强", GRID),
    ]
    assert len(found.lacks) == 1  # no supervision phone
    assert not boards([], NOW)


def test_numbers_count_for_all_that_lies_below_until_something_nearer_says_another(grid: Area) -> None:
    admin = cast.as_system_administrator()
    for path, number in ((TOWN, "0632-1111111"), (VILLAGE, "0632-2222222")):
        set_public_numbers(cast.a_place(path), contact="", supervision=number, by=admin, now=NOW)
    set_public_numbers(cast.a_place(TOWN), contact="12345", supervision="0632-1111111", by=admin, now=NOW)
    assert (board(grid).contact, board(grid).supervision) == ("12345", "0632-2222222")
    assert not board(grid).lacks
    set_public_numbers(cast.a_place(VILLAGE), contact="", supervision=" ", by=admin, now=NOW)
    assert board(grid).supervision == "0632-1111111"
    entries = Entry.objects.filter(code="area.numbers_set")
    assert entries.count() == 4
    assert not [entry for entry in entries if "1111111" in entry.text]


def test_only_whoever_keeps_the_organisations_sets_them_and_only_what_can_be_dialled(grid: Area) -> None:
    admin = cast.as_system_administrator()
    for nonsense in ("call me", "12", "<b>12345</b>"):
        with pytest.raises(Invalid):
            set_public_numbers(grid, contact=nonsense, supervision="", by=admin, now=NOW)
    with pytest.raises(Invalid):
        set_public_numbers(cast.a_place(UNIT), contact="12345", supervision="", by=admin, now=NOW)
    with pytest.raises(NotAllowed):
        set_public_numbers(grid, contact="12345", supervision="", by=cast.as_grid_head(), now=NOW)
    assert not PublicNumbers.objects.exists()


@pytest.mark.only_on("sqlite")
def test_whoever_scans_the_code_stands_in_the_grid(
    grid: Area, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    phone = Client(headers={"accept-language": "zh-CN"})
    phone.get("/")
    with django_assert_max_num_queries(18):
        page = phone.get(f"/grid/{GRID}/").content.decode()
    assert all(words in page for words in ("王芳", "李强", "0632-5551234", f'name="area" value="{GRID}"'))
    assert OWN_PHONE not in page
    assert phone.post("/report/", {"text": "路灯不亮", "area": GRID}).status_code == 303
    request = phone.get("/report/kind/").wsgi_request
    assert drafts.load(request).area == GRID  # type: ignore[union-attr]  # there is one
    told = phone.get(f"/api/v1/public/grids/{GRID}").json()
    assert (told["people"][0]["name"], told["people"][1]["name"]) == ("王芳", "")
    assert OWN_PHONE not in str(told)


@pytest.mark.only_on("sqlite")
def test_a_signboard_that_hangs_for_years_still_leads_there(grid: Area) -> None:
    RetiredPath.objects.create(path="990402005001777", area=grid, retired_at=NOW)
    assert GRID in Client().get("/grid/990402005001777/").content.decode()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("path", [TOWN, VILLAGE, "999999999999999", "abc", "１２３", "0" * 60])
def test_what_is_no_grid_has_no_page(grid: Area, path: str) -> None:
    assert Client().get(f"/grid/{path}/").status_code == 404
