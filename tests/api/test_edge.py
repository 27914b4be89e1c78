"""Whatever goes wrong under /api/ is told as a problem, also where no operation was reached."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from mulin.doors.api.main import api
from mulin.posts.face import User
from tests.api.client import ROOT, Program, said
from tests.api.test_matters import a_body
from tests.matters.world import a_matter

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
PROBLEM = "application/problem+json"


def check_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    told: dict[str, Any] = orjson.loads(answer.content)
    assert told["status"] == status
    assert told["detail"]
    assert told["code"]
    return told


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nonsense", "/api/v2/matters", "/api/v1/matters/x/y"]
)
def test_an_unknown_path(path: str) -> None:
    check_problem(Client().get(path), 404)


@pytest.mark.parametrize("method", ["DELETE", "PUT", "OPTIONS", "TRACE", "PATCH"])
def test_a_wrong_method_says_which_are_right(method: str) -> None:
    answer = Program("worker").send(method, "/matters")
    check_problem(answer, 405)
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_a_wrong_method_of_nobody() -> None:
    check_problem(Program().send("DELETE", "/me"), 405)


@pytest.mark.parametrize(
    "body",
    [b"{", b"", b"\xff\xfe", b"[1]", b'"x"', b"NaN", b'{"text": NaN}', b'{"text": "\\ud800"}', b"[" * 5000],
)
def test_what_is_no_json(body: bytes) -> None:
    program = Program("clerk")
    answer = program.http.post(
        f"{ROOT}/matters", body, content_type="application/json", headers=program.headers
    )
    assert answer.status_code in (400, 422)
    check_problem(answer, answer.status_code)


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/xml", ""])
def test_another_kind_of_content(kind: str) -> None:
    program = Program("clerk")
    answer = program.http.post(f"{ROOT}/matters", b"<x/>", content_type=kind, headers=program.headers)
    check_problem(answer, 400)


@pytest.mark.parametrize("name", ["type", "text", "address", "title", "area", "\0"])
def test_the_character_nul(name: str) -> None:
    check_problem(Program("clerk").post("/matters", a_body(**{name: "a\0b"})), 400)


@pytest.mark.parametrize(
    "path", ["/areas/37%00", "/matters?q=%00", "/matters?after=%00", "/areas?q=a%00b", "/%00"]
)
def test_nul_in_an_address(path: str) -> None:
    check_problem(Program("worker").get(path), 400)


def test_nul_in_an_address_of_the_desk() -> None:
    browser = Client()
    browser.force_login(User.objects.get(username="worker"))
    assert browser.get("/desk/places/37%00/").status_code == 400
    assert browser.get("/desk/queue/?q=%00").status_code == 400


@pytest.mark.parametrize(
    "query",
    ["level=²", "level=99999999999999999999", "level=1", "after=~", "show=done&after=~0192", "limit=0",
     "show=done&after=~01a20082e52d715a84f41289f2c094bb", "limit=99999999999999999999", "limit=nan",
     "after=nan~01a20082e52d715a84f41289f2c094bb", "after=1e400~01a20082e52d715a84f41289f2c094bb"],
)  # fmt: skip
def test_a_list_that_nobody_can_mean(query: str) -> None:
    check_problem(Program("worker").get(f"/matters?{query}"), 422)


def test_a_megabyte_of_text_is_refused_unread() -> None:
    for key in ("", "k-large"):
        answer = Program("clerk").post("/matters", a_body(text="长" * 500_000), key=key)
        assert check_problem(answer, 413)["code"] == "too_large"


def test_what_breaks_is_told_without_a_word_of_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(request: HttpRequest, error: Exception) -> HttpResponse:
        raise RuntimeError("王女士 15400001234")

    monkeypatch.setattr(api, "on_exception", breaks)
    program = Program()
    program.http = Client(raise_request_exception=False)
    told = check_problem(program.get("/matters"), 500)
    assert "15400001234" not in str(told)


def test_a_refusal_speaks_chinese() -> None:
    told = said(Program(language="zh-hans").get("/nonsense"))
    assert any("一" <= letter <= "鿿" for letter in told["detail"])


def test_tokens_need_no_csrf_mark_and_sessions_are_no_way_in() -> None:
    program = Program("clerk")
    program.http = Client(enforce_csrf_checks=True)
    assert program.post("/matters", a_body()).status_code == 201
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.force_login(User.objects.get(username="operator"))
    check_problem(signed_in.post(f"{ROOT}/matters", a_body(), content_type="application/json"), 401)


def test_no_answer_is_kept_on_the_way() -> None:
    for path in ("/me", f"/matters/{a_matter().matter.number}", "/nonsense"):
        assert "no-store" in Program("worker").get(path)["Cache-Control"]


def test_a_host_that_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["mulin.example"])
    check_problem(Client().get("/api/v1/matters", headers={"Host": "evil.example"}), 400)
