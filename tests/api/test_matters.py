"""Programs do what people do: raise, list, move, and are refused alike."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.journal.face import Disclosure, Entry
from mulin.matters.face import Matter, ReporterGiven
from mulin.places.face import Level
from tests.api.client import Program, said
from tests.matters.world import a_kind, a_matter, body_of, the_building

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def a_body(**more: Any) -> dict[str, Any]:
    plain = {"type": a_kind().code, "text": "单元门口的灯不亮了", "area": the_building().path}
    return plain | more


def test_a_matter_is_raised_and_has_an_owner() -> None:
    answer = Program("clerk").post("/matters", a_body(channel="window"))
    assert answer.status_code == 201, answer.content
    told = said(answer)
    matter = Matter.objects.get(number=told["number"])
    assert len(told["code"]) == 8
    assert told["matter"]["turn"]["role"] == "grid_worker"
    assert (matter.channel, matter.reporters.get().user) == ("window", None) or matter.reporters.get().user


def test_the_whole_loop_by_programs() -> None:
    number = said(Program("operator").post("/matters", a_body(type=a_kind(Level.TOWN).code, anonymous=True)))[
        "number"
    ]
    operator, handler, worker = Program("operator"), Program("handler"), Program("worker")
    assert said(operator.post(f"/matters/{number}/moves/file"))["state"] == "filed"
    moves = said(operator.get(f"/matters/{number}/moves"))
    seat = next(each["value"] for each in moves["seats"] if str(body_of("handler").pk) in each["value"])
    assert said(operator.post(f"/matters/{number}/moves/dispatch", {"seat": seat}))["state"] == "dispatched"
    assert said(handler.get(f"/matters/{number}/moves"))["moves"][0]["code"] == "accept"
    handler.post(f"/matters/{number}/moves/accept")
    handler.post(f"/matters/{number}/moves/hand_in", {"reason": "已修好"})
    closed = worker.post(f"/matters/{number}/moves/confirm", {"outcome": "solved"})
    assert said(closed)["state"] == "closed"
    codes = [line["code"] for line in said(worker.get(f"/matters/{number}/timeline"))]
    assert codes[0] == "matter.reported"
    assert codes[-1] == "matter.confirmed"


def test_without_a_token_nobody_comes_in() -> None:
    answer = Program().get("/matters")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_does_not_count_at_the_api() -> None:
    from mulin.posts.face import User

    program = Program()
    program.http.force_login(User.objects.get(username="operator"))
    assert program.get("/matters").status_code == 401


def test_the_same_key_again_gets_the_first_answer() -> None:
    program, body = Program("clerk"), a_body()
    first, again = (program.post("/matters", body, key="k-1") for _ in range(2))
    assert first.content == again.content
    assert again.status_code == 201
    assert again["Idempotent-Replay"] == "true"
    assert Matter.objects.filter(number=said(first)["number"]).count() == 1
    assert Entry.objects.filter(
        code="matter.reported", subject=Matter.objects.get(number=said(first)["number"]).pk
    )


def test_a_key_used_for_something_else_is_refused() -> None:
    program = Program("clerk")
    program.post("/matters", a_body(), key="k-2")
    other = program.post("/matters", a_body(text="别的事"), key="k-2")
    assert (other.status_code, said(other)["code"]) == (422, "key_reused")


def test_two_people_with_the_same_key_do_not_meet() -> None:
    first = Program("clerk").post("/matters", a_body(), key="k-3")
    second = Program("worker").post("/matters", a_body(), key="k-3")
    assert said(first)["number"] != said(second)["number"]


def test_a_refused_request_may_use_its_key_again() -> None:
    program = Program("clerk")
    before = Matter.objects.count()
    refused = program.post("/matters", a_body(text="   "), key="k-4")
    assert refused.status_code == 422
    assert Matter.objects.count() == before
    assert program.post("/matters", a_body(), key="k-4").status_code == 201


def test_errors_name_the_field_and_speak_the_language() -> None:
    english = Program("clerk").post("/matters", a_body(type="nonsense"))
    chinese = Program("clerk", language="zh-hans").post("/matters", a_body(text="  "))
    assert (english.status_code, said(english)["field"]) == (422, "type")
    assert any("一" <= letter <= "鿿" for letter in said(chinese)["detail"])


@pytest.mark.parametrize(
    "wrong",
    [{"text": "长" * 10_000}, {"lon": 999}, {"area": "12"}, {"area": "999999"}, {"lon": "x"}, {"type": None}],
)
def test_bad_input_is_told_and_changes_nothing(wrong: dict[str, Any]) -> None:
    before = Matter.objects.count()
    answer = Program("clerk").post("/matters", a_body(**wrong))
    assert answer.status_code == 422
    assert Matter.objects.count() == before


def test_a_pin_outside_every_grid_is_offered_the_nearest() -> None:
    body = {"type": a_kind().code, "text": "灯坏了", "lon": 120.0, "lat": 30.0}
    answer = Program("clerk").post("/matters", body)
    assert (answer.status_code, said(answer)["code"]) == (422, "outside")
    taken = Program("clerk").post("/matters", body | {"area": the_building().path[:15]})
    assert taken.status_code == 201


def test_a_strangers_matter_does_not_exist() -> None:
    number = a_matter().matter.number
    assert Program("handler").get(f"/matters/{number}").status_code == 404
    assert Program("auditor").get(f"/matters/{number}").status_code == 404
    assert Program("handler").post(f"/matters/{number}/moves/file").status_code == 404
    assert Program("checker").post(f"/matters/{number}/moves/file").status_code == 403


def test_a_stale_version_is_a_conflict_that_says_who() -> None:
    matter = a_matter().matter
    worker = Program("worker")
    assert worker.post(f"/matters/{matter.number}/moves/file", {"version": 1}).status_code == 200
    late = Program("head").post(f"/matters/{matter.number}/moves/file", {"version": 1})
    assert late.status_code == 409
    assert "Filed" in said(late)["detail"]


def test_the_contact_is_shown_for_a_purpose_and_on_record() -> None:
    matter = a_matter(reporter=ReporterGiven.with_contact("王女士", "15400001234")).matter
    worker = Program("worker")
    assert "15400001234" not in worker.get(f"/matters/{matter.number}").content.decode()
    assert worker.post(f"/matters/{matter.number}/contact", {"purpose": "curiosity"}).status_code == 422
    shown = worker.post(f"/matters/{matter.number}/contact", {"purpose": "contact"})
    assert said(shown) == {"name": "王女士", "phone": "15400001234"}
    assert Disclosure.objects.filter(subject=matter.pk).count() == 1


def test_the_queue_pages_by_key() -> None:
    for _ in range(5):
        a_matter()
    worker = Program("worker")
    first = said(worker.get("/matters", show="mine", limit=2))
    second = said(worker.get("/matters", show="mine", limit=2, after=first["next"]))
    assert len(first["items"]) == 2
    assert {row["number"] for row in first["items"]}.isdisjoint(row["number"] for row in second["items"])


def test_the_list_of_entries_and_limits() -> None:
    kind = a_kind()
    assert (
        Program("worker")
        .post(f"/matter-types/{kind.code}/limits", {"clock": "handle", "amount": 2, "unit": "workday"})
        .status_code
        == 403
    )
    changed = Program("director").post(
        f"/matter-types/{kind.code}/limits", {"clock": "handle", "amount": 2, "unit": "workday"}
    )
    assert {"clock": "handle", "amount": 2, "unit": "workday"} in said(changed)["limits"]
    renamed = Program("director").send("PATCH", f"/matter-types/{kind.code}", {"name": "新名字"})
    assert said(renamed)["name"] == "新名字"


def test_places_and_the_public_map() -> None:
    building = the_building()
    detail = said(Program("worker").get(f"/areas/{building.path}"))
    assert [area["level"] for area in detail["lineage"]][-2:] == ["grid", "building"]
    spot = said(Program("worker").get("/locate", lon=building.lon, lat=building.lat))
    assert spot["place"]["path"] == building.path
    public = Program().get("/public/matters", west=117, south=34, east=118, north=35)
    assert public.status_code == 200


def test_the_description_is_public_and_whole() -> None:
    schema = said(Program().get("/openapi.json"))
    assert "/api/v1/matters" in schema["paths"]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert "404" in operation["responses"] or "422" in operation["responses"], (method, path)
