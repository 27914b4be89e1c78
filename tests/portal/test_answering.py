"""Who answers for this building: names of people at work and numbers of offices, never anybody's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.doors.portal.views import answering
from mulin.posts.face import deactivate, who_answers
from tests.posts import cast
from tests.posts.cast import BUILDING, GRID, TOWN, UNIT, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
OWN_PHONE = "13800001234"


@pytest.fixture
def lives_here() -> None:
    cast.a_place(UNIT)
    wang = cast.a_person("王芳", phone=OWN_PHONE, public_phone="0632-5551234")
    cast.a_post(wang, "grid_worker", GRID)
    li = cast.a_person("李强")
    cast.a_duty(li, BUILDING)
    cast.a_body("睦邻物业", serves=(VILLAGE,), phone="0632-5550000")
    cast.a_body("别处物业", serves=(cast.OTHER_VILLAGE,))


def test_a_resident_finds_whoever_answers(lives_here: None) -> None:
    found = who_answers(cast.a_place(UNIT), NOW)
    assert [each.area.path for each in found.duties] == [BUILDING]
    names = {str(role): [each.name for each in people] for role, _area, people in found.seats}
    assert len(names) == 2  # the grid has its worker, the community's seat is vacant and says so
    assert [body.phone for body in found.bodies] == ["0632-5550000"]


def test_whoever_left_or_will_come_is_not_named(lives_here: None) -> None:
    area = cast.a_place(BUILDING)
    gone = cast.a_person("走了")
    cast.a_post(gone, "grid_worker", GRID, to_at=NOW)
    cast.a_post(gone, "grid_worker", GRID, from_at=NOW + timedelta(days=1), to_at=NOW + timedelta(days=2))
    closed = cast.a_person("注销")
    cast.a_duty(closed, BUILDING)
    deactivate(closed, by=cast.as_system_administrator(), now=NOW)
    found = who_answers(area, NOW)
    said = {each.name for each in found.duties} | {
        each.name for _r, _a, people in found.seats for each in people
    }
    assert not said & {gone.label, closed.label}


@pytest.mark.only_on("sqlite")
def test_the_way_without_a_script(
    lives_here: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    phone = Client(headers={"accept-language": "zh-CN"})
    assert phone.get("/who/").status_code == 200
    chosen = {"area_12": VILLAGE, "area_15": GRID, "area_22": BUILDING}
    assert phone.get("/who/", chosen).status_code == 200
    led = phone.get("/who/", chosen | {"show": "1"})
    assert led["Location"] == f"/who/{BUILDING}/"
    with django_assert_max_num_queries(16):
        page = phone.get(led["Location"]).content.decode()
    assert all(words in page for words in ("王芳", "李强", "睦邻物业", "0632-5551234"))
    assert "别处物业" not in page
    assert OWN_PHONE not in page
    told = phone.get(f"/api/v1/public/places/{BUILDING}/who").json()
    assert told["seats"][0]["name"] == "王芳"
    assert OWN_PHONE not in str(told)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("path", [TOWN, "999999999999", "abc", "１２３", "0" * 60])
def test_what_is_no_place_to_live_is_not_there(path: str) -> None:
    cast.a_place(TOWN)
    assert Client().get(f"/who/{path}/").status_code == 404


@pytest.mark.only_on("sqlite")
def test_nobody_reads_out_a_whole_town(lives_here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "LOOKS", 2)
    phone = Client()
    answers = [phone.get(f"/who/{BUILDING}/").status_code for _look in range(3)]
    assert answers == [200, 200, 429]
