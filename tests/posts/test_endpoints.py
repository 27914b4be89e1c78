"""What programs can do with people, posts and organisations."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from ninja import NinjaAPI

from mulin.kernel.refusals import Refusal
from mulin.posts.endpoints import router
from mulin.posts.face import Organisation, Post, User, Who
from mulin.posts.gate import gate_of
from tests.posts import cast
from tests.posts.cast import FAR_GRID, GRID, TOWN, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
Ask = Callable[..., tuple[int, Any]]

_api = NinjaAPI(urls_namespace="posts-under-test", docs_url=None, openapi_url=None)
_api.add_router("", router)


@_api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return _api.create_response(
        request, {"code": refusal.code, "field": refusal.field}, status=refusal.status
    )


def ask(who: Who, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Send a request through the router as this person."""
    from django.urls import path as route
    from django.urls.resolvers import RegexPattern, URLResolver

    patterns, _app, _namespace = _api.urls
    resolver = URLResolver(RegexPattern(r"^/"), [route("", (patterns, None, None))])
    found = resolver.resolve(path.partition("?")[0])
    data = json.dumps(body) if body is not None else ""
    request = RequestFactory().generic(method, path, data, content_type="application/json")
    request.who = who  # type: ignore[attr-defined]  # as the middleware does
    answer = found.func(request, *found.args, **found.kwargs)
    return answer.status_code, json.loads(answer.content) if answer.content else None


def test_each_operation_declares_who_may() -> None:
    for path, view in router.path_operations.items():
        assert all(gate_of(each.view_func) for each in view.operations), path


def test_i_am_told_who_i_am_and_what_i_may_do() -> None:
    status, told = ask(cast.as_grid_worker(), "GET", "/me")
    assert status == 200
    assert told["person"]["posts"][0]["seat"]["role"] == "grid_worker"
    assert "matter.file" in told["permissions"]
    assert "person.manage" not in told["permissions"]
    assert ask(Who.anonymous(NOW), "GET", "/me") == (401, {"code": "not_signed_in", "field": None})


def test_an_account_is_opened_given_a_post_and_closed() -> None:
    by = cast.as_system_administrator()
    cast.a_place(GRID)
    given = {"username": "Wang.Fang", "name": "王芳", "home": TOWN, "phone": "13800001234"}
    status, told = ask(by, "POST", "/people", given)
    assert (status, told["username"], told["phone"]) == (201, "wang.fang", "138****1234")
    status, post = ask(by, "POST", f"/people/{told['id']}/posts", {"role": "grid_worker", "area": GRID})
    assert (status, post["seat"]["area"]["path"]) == (201, GRID)
    status, told = ask(by, "GET", f"/people/{told['id']}")
    assert [each["id"] for each in told["posts"]] == [post["id"]]
    assert ask(by, "POST", f"/posts/{post['id']}/end", {})[0] == 200
    assert ask(by, "POST", f"/posts/{post['id']}/end", {})[0] == 409
    assert ask(by, "POST", f"/people/{told['id']}/close")[1]["is_active"] is False
    assert ask(by, "POST", f"/people/{told['id']}/open")[1]["is_active"] is True


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"username": "x"}, "bad_username", "username"),
        ({"username": "person-taken"}, "taken", "username"),
        ({"name": " \u200b "}, "required", "name"),
        ({"home": "990402009"}, "unknown_area", "home"),
        ({"home": FAR_GRID}, "unknown_area", "home"),
        ({"phone": "call me"}, "bad_phone", "phone"),
        ({"language": "tlh"}, "unknown_language", "language"),
        ({"password": "123"}, "weak_password", "password"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_done(change: dict[str, str], code: str, field: str) -> None:
    cast.a_person(username="person-taken")
    cast.a_place(FAR_GRID)
    by, before = cast.as_system_administrator(), User.objects.count()
    given = {"username": "li.na", "name": "李娜", "home": TOWN} | change
    assert ask(by, "POST", "/people", given) == (422, {"code": code, "field": field})
    assert User.objects.count() == before


def test_dates_far_from_our_time_are_refused() -> None:
    by, user = cast.as_system_administrator(), cast.a_person()
    cast.a_place(GRID)
    for to_at in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2026-04-01"):
        given = {"role": "grid_worker", "area": GRID, "to_at": to_at}
        assert ask(by, "POST", f"/people/{user.id}/posts", given)[0] == 422
    assert not Post.objects.filter(user=user).exists()


def test_an_organisation_is_added_changed_and_closed() -> None:
    by = cast.as_system_administrator()
    cast.a_place(VILLAGE)
    given = {
        "kind": "company",
        "name": "睦邻物业",
        "home": TOWN,
        "functions": ["property"],
        "serves": [VILLAGE],
    }
    status, told = ask(by, "POST", "/organisations", given)
    assert (status, [each["path"] for each in told["serves"]], told["functions"]) == (
        201,
        [VILLAGE],
        ["property"],
    )
    status, told = ask(
        by, "PATCH", f"/organisations/{told['id']}", {"serves": [], "name_en": "Mulin Property"}
    )
    assert (status, told["serves"], told["name_en"]) == (200, [], "Mulin Property")
    wrong = {"name": "另名", "serves": ["990402009"]}
    assert ask(by, "PATCH", f"/organisations/{told['id']}", wrong)[0] == 422
    assert Organisation.objects.get(pk=told["id"]).name == "睦邻物业"
    assert ask(by, "POST", f"/organisations/{told['id']}/close")[1]["closed_at"]


def test_lists_go_on_from_page_to_page() -> None:
    by = cast.as_system_administrator()
    for name in ("甲", "乙", "丙"):
        cast.a_person(name)
    seen: list[str] = []
    after = ""
    while True:
        status, told = ask(by, "GET", f"/people?limit=2&after={after}")
        assert status == 200
        seen += [each["id"] for each in told["items"]]
        if not told["next"]:
            break
        after = told["next"]
    assert len(seen) == len(set(seen)) == User.objects.visible_to(by).count()


@pytest.mark.parametrize("q", ["%00", "%27%20OR%201=1", "_", "%25", "𠀀", "a" * 200])
def test_odd_searches_find_nothing_and_break_nothing(q: str) -> None:
    status, told = ask(cast.as_operator(), "GET", f"/people?q={q}&after={q}")
    assert status == 200
    assert isinstance(told["items"], list)


def test_seats_roles_tokens() -> None:
    by = cast.as_grid_head()
    seat = cast.a_seat("grid_worker", GRID)
    told = ask(by, "GET", f"/seats?area={GRID}&vacant=true")[1]
    assert [each["id"] for each in told] == [str(seat.id)]
    assert {each["code"] for each in ask(by, "GET", "/roles")[1]} >= {"grid_worker", "auditor"}
    assert ask(by, "GET", "/tokens") == (200, [])


def test_a_phone_is_shown_to_who_says_why_and_it_is_written_down() -> None:
    from mulin.journal.face import disclosures_about

    by, user = cast.as_operator(), cast.a_person(phone="13800001234", home=TOWN)
    assert ask(by, "POST", f"/people/{user.id}/phone", {"purpose": "curiosity"})[0] == 422
    assert ask(by, "POST", f"/people/{user.id}/phone", {"purpose": "contact"}) == (
        200,
        {"phone": "13800001234"},
    )
    assert [each.disclosure.purpose for each in disclosures_about(user.id)] == ["contact"]
