"""The pages of people, posts and organisations do what they say, in both languages and without a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.posts.face import Duty, Organisation, Post, Token, User, Who, token_from
from tests.posts import cast
from tests.posts.cast import BUILDING, GRID, TOWN, VILLAGE
from tests.posts.pages.browsers import browser_of
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
LISTS = [
    "people/",
    "seats/",
    "seats/?vacant=1&role=unit_head",
    "leave/",
    "leave/add/",
    "organisations/",
    "roles/",
    "tokens/",
    "password/",
]
FORMS = ["people/add/", "organisations/add/", "people/{person}/", "people/{person}/change/"]
FORMS += [
    "people/{person}/appoint/",
    "people/{person}/duty/",
    "people/{person}/leave/",
    "people/{person}/password/",
    "posts/{post}/end/",
]
FORMS += ["organisations/{body}/", "organisations/{body}/change/"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def administrator() -> Who:
    return cast.as_system_administrator()


@pytest.fixture
def things() -> dict[str, object]:
    person = cast.a_person("王芳", home=TOWN, name_en="Wang Fang", phone="13800001234")
    post = cast.a_post(person, "building_head", BUILDING)
    cast.a_seat("unit_head", cast.UNIT)
    cast.a_duty(person, BUILDING)
    body = cast.a_body("睦邻物业", serves=(VILLAGE,))
    return {"person": person.id, "post": post.id, "body": body.id}


@pytest.mark.parametrize("path", LISTS + FORMS)
def test_in_english_no_chinese_word_of_ours_is_left(
    path: str, administrator: Who, things: dict[str, object]
) -> None:
    page = _page(browser_of(administrator), path.format(**things), "en")
    words = re.sub(r"简体中文|地方\d+|睦邻物业|睦邻|王芳|龙山路街道", "", page)
    assert not CHINESE.search(words), CHINESE.findall(words)


@pytest.mark.parametrize("path", LISTS + FORMS)
def test_in_chinese_headings_and_buttons_are_chinese(
    path: str, administrator: Who, things: dict[str, object]
) -> None:
    page = _page(browser_of(administrator), path.format(**things), "zh-hans")
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert heading
    assert CHINESE.search(heading[1])
    main = page.split("<main")[1].split("</main>")[0]
    for button in re.findall(r"<button[^>]*>(.*?)</button>", main, re.DOTALL):
        assert CHINESE.search(button), button


def _page(browser: Client, path: str, language: str) -> str:
    browser.cookies["language"] = language
    answer = browser.get(f"/desk/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_lists_cost_few_statements_however_long(
    administrator: Who, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        cast.a_post(cast.a_person(), "unit_head", f"{BUILDING}{number + 1:02d}")
        cast.a_body(serves=(VILLAGE,))
    browser = browser_of(administrator)
    browser.get("/desk/people/")
    for path, most in (("people/", 7), ("seats/", 7), ("organisations/", 7), ("roles/", 4), ("leave/", 6)):
        with django_assert_max_num_queries(most):
            assert browser.get(f"/desk/{path}").status_code == 200


def test_lists_go_on_and_each_row_comes_once(administrator: Who) -> None:
    for number in range(55):
        cast.a_person(f"人{number % 3}")
    browser, seen, url = browser_of(administrator), [], "/desk/people/?q=人"
    while url:
        page = browser.get(url).content.decode()
        seen += re.findall(r'class="cell-main"[^>]*><a href="/desk/people/([0-9a-f-]+)/"', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        url = "/desk/people/" + more[1].replace("&amp;", "&") if more else ""
    assert len(seen) == len(set(seen)) == 55


def test_a_person_is_added_and_appointed_by_name_of_place(administrator: Who) -> None:
    cast.a_place(GRID)
    browser = browser_of(administrator)
    given = {
        "username": "li.na",
        "name": "李娜",
        "home": f"地方{TOWN}",
        "language": "zh-hans",
        "phone": "138 0000 1234",
    }
    answer = browser.post("/desk/people/add/", given)
    user = User.objects.get(username="li.na")
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/people/{user.id}/")
    assert user.phone == "13800001234"
    answer = browser.post(f"/desk/people/{user.id}/appoint/", {"role": "grid_worker", "area": GRID})
    assert answer.status_code == 303
    assert cast.as_(user).seats[0].role == "grid_worker"


def test_what_was_typed_stays_when_something_is_wrong(administrator: Who) -> None:
    given = {
        "username": "x",
        "name": "李娜",
        "home": "没有的地方",
        "language": "zh-hans",
        "password": "not shown again",
    }
    answer = browser_of(administrator).post("/desk/people/add/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "李娜" in page
    assert "没有的地方" in page
    assert "not shown again" not in page
    assert not User.objects.filter(name="李娜").exists()


def test_script_in_a_name_is_only_text(administrator: Who) -> None:
    cast.a_person("<script>alert(1)</script>")
    assert "<script>alert" not in _page(browser_of(administrator), "people/", "en")


def test_changing_without_a_phone_keeps_the_phone(administrator: Who, things: dict[str, object]) -> None:
    given = {"name": "王芳芳", "home": TOWN, "language": "en", "phone": ""}
    browser_of(administrator).post(f"/desk/people/{things['person']}/change/", given)
    user = User.objects.get(pk=str(things["person"]))
    assert (user.name, user.language, user.phone) == ("王芳芳", "en", "13800001234")


def test_a_phone_is_masked_until_somebody_says_why(administrator: Who, things: dict[str, object]) -> None:
    browser, path = browser_of(administrator), f"/desk/people/{things['person']}/"
    assert "13800001234" not in browser.get(path).content.decode()
    assert "13800001234" not in browser.post(f"{path}phone/", {"purpose": ""}).content.decode()
    assert "13800001234" in browser.post(f"{path}phone/", {"purpose": "contact"}).content.decode()


def test_a_post_is_ended_at_once_or_on_a_day(administrator: Who, things: dict[str, object]) -> None:
    browser, post = browser_of(administrator), Post.objects.get(pk=str(things["post"]))
    assert browser.post(f"/desk/posts/{post.id}/end/", {"last_day": "2026-03-31"}).status_code == 303
    post.refresh_from_db()
    assert post.to_at is not None
    assert post.to_at.isoformat() == "2026-03-31T16:00:00+00:00"  # midnight in Longshan
    browser.post(f"/desk/posts/{post.id}/end/", {})
    post.refresh_from_db()
    assert post.to_at == NOW
    assert browser.post(f"/desk/posts/{post.id}/end/", {}).status_code == 409


def test_a_duty_is_given_and_ended(administrator: Who, things: dict[str, object]) -> None:
    browser = browser_of(administrator)
    browser.post(f"/desk/people/{things['person']}/duty/", {"area": GRID})
    duty = Duty.objects.get(area__path=GRID)
    assert browser.post(f"/desk/duties/{duty.id}/end/").status_code == 303
    assert not Duty.objects.open_at(NOW).filter(pk=duty.id).exists()


def test_an_organisation_serves_what_one_writes_line_by_line(administrator: Who) -> None:
    cast.a_place(GRID)
    cast.a_place(cast.OTHER_VILLAGE)
    given = {
        "name": "供热公司", "kind": "company", "home": TOWN, "functions": ["heating"],
        "serves": f"{VILLAGE}\nPlace {cast.OTHER_VILLAGE}\n",
    }  # fmt: skip
    assert browser_of(administrator).post("/desk/organisations/add/", given).status_code == 303
    body = Organisation.objects.get(name="供热公司")
    assert {row.area.path for row in body.services.all()} == {VILLAGE, cast.OTHER_VILLAGE}
    assert body.functions == ["heating"]
    assert list(Organisation.objects.serving(cast.UNIT, NOW).taking("heating")) == [body]


def test_a_token_is_shown_once(administrator: Who) -> None:
    browser = browser_of(administrator)
    page = browser.post("/desk/tokens/", {"name": "脚本", "days": "90"}).content.decode()
    text = re.search(r"mulin_[A-Za-z0-9_-]{20,}", page)
    assert text
    token = token_from(text[0], NOW)
    assert token is not None
    assert text[0] not in browser.get("/desk/tokens/").content.decode()
    assert text[0] not in str(Token.objects.filter(pk=token.pk).values())
    browser.post(f"/desk/tokens/{token.id}/revoke/")
    assert token_from(text[0], NOW) is None


def test_empty_lists_say_so() -> None:
    browser = browser_of(cast.as_system_administrator("990407001"))
    assert "Nobody of this name" in _page(browser, "people/?q=zzz", "en")
    assert "No organisations here yet" in _page(browser, "organisations/", "en")
