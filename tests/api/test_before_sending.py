"""What programs ask before they send: what is personal, what is known, what all will see; me too; whom it is about."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.journal.face import Entry
from mulin.matters.face import Matter, MatterType, Reporter
from mulin.posts.face import User
from tests.api.client import Program, said
from tests.matters.test_similar import a_lamp, pin
from tests.matters.world import NOW, body_of, the_building, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
TEXT = "路灯不亮，请打13800138000找王先生"


def asked(program: Program, **more: Any) -> Any:
    lon, lat = pin()
    body = {"type": "010301", "text": TEXT, "lon": lon, "lat": lat} | more
    answer = program.post("/matters/check", body)
    assert answer.status_code == 200, answer.content
    return said(answer)


def a_resident() -> Program:
    User.objects.create(username="a.neighbour", name="邻居", created_at=NOW)
    return Program("a.neighbour")


def test_all_that_is_personal_comes_with_its_place_and_what_could_stand_there() -> None:
    program = Program("worker")
    before = (Matter.objects.count(), Entry.objects.count())
    finds = asked(program, title="王先生家", address="138 0013 8000")["finds"]
    assert [(each["field"], each["kind"], each["words"], each["certain"]) for each in finds] == [
        ("title", "name", "王先生", False),
        ("text", "phone", "13800138000", True),
        ("text", "name", "王先生", False),
        ("address", "phone", "138 0013 8000", True),
    ]
    phone = finds[1]
    assert TEXT[phone["start"] : phone["end"]] == "13800138000"
    assert phone["instead"] == "「电话」"
    assert (Matter.objects.count(), Entry.objects.count()) == before, "nothing is stored"


def test_what_is_known_is_shown_to_staff_with_its_number_and_to_residents_without() -> None:
    matter = a_lamp(10)
    [known] = asked(Program("worker"))["similar"]
    assert (known["number"], known["title"], known["voices"]) == (matter.number, "路灯不亮", 1)
    [known] = asked(a_resident())["similar"]
    assert (known["number"], known["title"], known["type_label"]) == ("", "", "Street lamp out")


def test_what_all_will_see_or_why_they_will_not() -> None:
    program, hidden = Program("worker"), MatterType.objects.listed().filter(public=False)[0]
    shown = asked(program)["public"]
    assert (shown["shown"], shown["title"], shown["state_label"]) == (True, "Street lamp out", "We have it")
    assert shown["lon"] != pin()[0] or shown["lat"] != pin()[1], "rounded"
    for more, why in (
        ({"type": hidden.code}, "this kind"),
        ({"secret": True}, "who raised it"),
        ({"about": f"area:{the_grid().path}"}, "about staff"),
    ):
        view = asked(program, **more)["public"]
        assert not view["shown"]
        assert why in view["why_not"]
        assert (view["title"], view["lon"]) == ("", None)


def test_without_a_place_nothing_is_near_by() -> None:
    a_lamp(10)
    answer = Program("worker").post("/matters/check", {"type": "010301", "text": "灯"})
    assert said(answer)["similar"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "nonsense"}, "type"),
        ({"type": "010301", "area": "999999999999"}, "area"),
        ({"type": "010301", "lon": 0.0, "lat": 0.0}, "area"),
    ],
)
def test_what_cannot_be_checked_is_said(body: dict[str, Any], field: str) -> None:
    answer = Program("worker").post("/matters/check", body)
    assert answer.status_code == 422
    assert said(answer)["field"] == field


def test_a_resident_says_me_too_by_the_key_they_were_shown() -> None:
    matter, program = a_lamp(10), a_resident()
    key = asked(program)["similar"][0]["key"]
    answer = program.post("/matters/me-too", {"matter": key})
    told = said(answer)
    assert (answer.status_code, told["number"], told["voices"], told["again"]) == (
        201,
        matter.number,
        2,
        False,
    )
    assert len(told["code"]) == 8
    again = said(program.post("/matters/me-too", {"matter": key}))
    assert (again["again"], again["code"]) == (True, "")
    assert Matter.objects.get(pk=matter.pk).voices == 2
    assert program.get(f"/matters/{matter.number}").status_code == 404, "not the first reporter's words"
    assert said(program.get("/matters", q="路灯"))["items"] == []


def test_a_number_opens_nothing_for_a_resident_and_a_key_nothing_that_is_hidden() -> None:
    matter, program = a_lamp(10), a_resident()
    key = asked(program)["similar"][0]["key"]
    assert program.post("/matters/me-too", {"matter": matter.number}).status_code == 404
    Matter.objects.filter(pk=matter.pk).update(about_area=the_grid())
    assert program.post("/matters/me-too", {"matter": key}).status_code == 404
    assert program.post("/matters/me-too", {"matter": "nonsense"}).status_code == 404


def test_a_clerk_adds_a_caller_by_number() -> None:
    matter = a_lamp(10)
    body = {"matter": matter.number, "reporter": {"name": "李雷", "phone": "154 0000 5678"}}
    answer = Program("operator").post("/matters/me-too", body, key="once")
    assert answer.status_code == 201
    voice = Reporter.objects.select_related("contact").get(matter=matter, first=False)
    assert voice.contact
    assert voice.contact.phone == "15400005678"
    assert Program("operator").get(f"/matters/{matter.number}").json()["voices"] == 2


def test_a_voice_is_taken_back_by_its_code_and_by_no_other() -> None:
    matter, program = a_lamp(10), a_resident()
    code = said(program.post("/matters/me-too", {"matter": asked(program)["similar"][0]["key"]}))["code"]
    wrong = program.post("/matters/me-too/take-back", {"number": matter.number, "code": "AAAAAAAA"})
    assert wrong.status_code == 404
    assert program.post("/matters/me-too/take-back", {"number": "x", "code": code}).status_code == 404
    body = {"number": matter.number, "code": code.lower()}
    taken, repeated = (program.post("/matters/me-too/take-back", body, key="back") for _ in range(2))
    assert repeated.content == taken.content
    assert (taken.status_code, said(taken)["voices"]) == (200, 1)
    again = program.post("/matters/me-too/take-back", {"number": matter.number, "code": code})
    assert again.status_code == 404


def test_a_wrong_phone_of_a_caller_is_said() -> None:
    body = {"matter": a_lamp(10).number, "reporter": {"phone": "12"}}
    answer = Program("operator").post("/matters/me-too", body)
    assert (answer.status_code, said(answer)["field"]) == (422, "phone")


def raised(program: Program, **more: Any) -> Any:
    return program.post("/matters", {"type": "010301", "text": "灯不亮", "area": the_building().path} | more)


def test_whom_it_is_about_does_not_see_it() -> None:
    body = body_of("handler")
    answer = raised(Program("clerk"), about=f"body:{body.pk}", anonymous=True)
    assert answer.status_code == 201, answer.content
    matter = Matter.objects.get(number=said(answer)["number"])
    assert matter.about_organisation == body
    assert Program("handler").get(f"/matters/{matter.number}").status_code == 404
    grid = raised(Program("clerk"), about=f"area:{the_grid().path}", anonymous=True)
    number = said(grid)["number"]
    worker = Program("worker")
    assert worker.get(f"/matters/{number}").status_code == 404
    assert number not in {each["number"] for each in said(worker.get("/matters", show="mine"))["items"]}
    assert Program("head").get(f"/matters/{number}").status_code == 200


@pytest.mark.parametrize(
    "about",
    ["area:110101", "body:nonsense", "nonsense", "area:", "body:0199e2b0-0000-7000-8000-000000000000"],
)
def test_nobody_is_complained_of_where_they_have_nothing_to_do(about: str) -> None:
    answer = raised(Program("clerk"), about=about)
    assert (answer.status_code, said(answer)["field"]) == (422, "about")


def test_what_is_about_staff_is_not_settled_on_the_spot() -> None:
    answer = raised(Program("worker"), about=f"area:{the_grid().path}", done="换了灯泡")
    assert (answer.status_code, said(answer)["code"]) == (422, "about_settled")
    assert not Matter.objects.filter(about_area=the_grid()).exists()


def test_of_whom_one_may_complain_is_listed() -> None:
    groups = said(Program("clerk").get("/matters/about", area=the_building().path))
    areas, bodies = ({each["label"]: each["value"] for each in group["choices"]} for group in groups)
    assert any(the_grid().label in label for label in areas)
    assert body_of("handler").label in bodies
    narrowed = said(
        Program("clerk").get("/matters/about", area=the_building().path, q=body_of("handler").name)
    )
    assert [each["label"] for each in narrowed[1]["choices"]] == [body_of("handler").label]
    assert Program("clerk").get("/matters/about", area="99").status_code == 422


def test_looking_first_works_in_chinese_too() -> None:
    a_lamp(5)
    told = asked(Program("worker", "zh-hans"))
    assert told["finds"][0]["label"] == "电话号码"
    assert told["similar"][0]["state_label"] == "已上报"
