"""The way in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from mulin.journal.face import Subject, timeline
from mulin.posts.face import (
    DemoPerson,
    User,
    deactivate,
    make_token,
    offer_demo_cast,
    reactivate,
    set_password,
    token_from,
)
from tests.posts import cast
from tests.posts.pages.browsers import browser_of
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
SIGN_IN, WORD = "/desk/sign-in/", "a long enough pass phrase"


def somebody(**facts: Any) -> User:
    return cast.a_person(password=WORD, **facts)


def send(client: Client, user: User | str, password: str = WORD, **more: str) -> object:
    name = user.username if isinstance(user, User) else user
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/desk/own/sign-in/").status_code == 200


def test_with_the_right_password_one_is_in(client: Client) -> None:
    user = somebody()
    before = client.session.session_key
    assert send(client, user.username.upper()).status_code == 303  # type: ignore[attr-defined]  # what the client answers
    assert is_in(client)
    assert client.session.session_key != before
    assert [line.code for line in timeline(Subject("person", user.id))] == ["person.signed_in"]


def test_unknown_names_and_wrong_passwords_get_the_same_words(client: Client) -> None:
    user, closed = somebody(), somebody(is_active=False)
    pages = [send(client, name, "wrong").content for name in ("nobody-knows", user, closed)]  # type: ignore[attr-defined]  # what the client answers
    pages.append(send(client, closed).content)  # type: ignore[attr-defined]  # what the client answers
    told = [page.decode().split("error-summary")[1].split("</div>")[0] for page in pages]
    assert len(set(told)) == 1
    assert not is_in(client)


def test_what_was_typed_stays_but_not_the_password(client: Client) -> None:
    page = send(client, "Somebody", "secret-in-vain").content.decode()  # type: ignore[attr-defined]  # what the client answers
    assert "Somebody" in page
    assert "secret-in-vain" not in page


def test_whoever_guesses_is_slowed_down(
    client: Client, settings: LazySettings, clock: time_machine.Traveller
) -> None:
    settings.MULIN_SIGN_IN_TRIES = 3
    user, other = somebody(), somebody()
    assert [send(client, user, "wrong").status_code for _ in range(4)] == [422, 422, 422, 429]  # type: ignore[attr-defined]  # what the client answers
    refused = send(client, user)
    assert refused.status_code == 429  # type: ignore[attr-defined]  # what the client answers
    assert int(refused["Retry-After"]) > 0  # type: ignore[index]  # what the client answers
    assert send(client, other).status_code == 303  # type: ignore[attr-defined]  # what the client answers
    clock.shift(timedelta(minutes=10))
    assert send(client, user).status_code == 303  # type: ignore[attr-defined]  # what the client answers


def test_one_address_has_only_so_many_tries(client: Client, settings: LazySettings) -> None:
    settings.MULIN_SIGN_IN_TRIES = 1
    told = [send(client, f"guess{number}").status_code for number in range(21)]  # type: ignore[attr-defined]  # what the client answers
    assert told == [422] * 20 + [429]


def test_the_security_administrator_lets_them_try_again(client: Client, settings: LazySettings) -> None:
    settings.MULIN_SIGN_IN_TRIES = 1
    user = somebody()
    send(client, user, "wrong")
    assert send(client, user).status_code == 429  # type: ignore[attr-defined]  # what the client answers
    browser_of(cast.as_security_administrator()).post(f"/desk/people/{user.id}/unlock/")
    assert send(client, user).status_code == 303  # type: ignore[attr-defined]  # what the client answers


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", ""]
)
def test_one_is_never_led_elsewhere(client: Client, elsewhere: str) -> None:
    assert send(client, somebody(), next=elsewhere)["Location"] == "/desk/"  # type: ignore[index]  # what the client answers


def test_one_is_led_to_where_one_wanted_to_go(client: Client) -> None:
    led = client.get("/desk/seats/?vacant=1")
    assert led["Location"] == "/desk/sign-in/?next=%2Fdesk%2Fseats%2F%3Fvacant%3D1"
    assert send(client, somebody(), next="/desk/seats/?vacant=1")["Location"] == "/desk/seats/?vacant=1"  # type: ignore[index]  # what the client answers


def test_a_given_password_must_be_changed_before_anything_else(client: Client) -> None:
    user = somebody(must_change_password=True)
    assert send(client, user)["Location"] == "/desk/password/"  # type: ignore[index]  # what the client answers
    assert client.get("/desk/tokens/")["Location"] == "/desk/password/"
    new = {"current": WORD, "password": "another long phrase", "again": "another long phrase"}
    assert client.post("/desk/password/", new | {"current": "wrong"}).status_code == 422
    assert client.post("/desk/password/", new | {"again": "something else"}).status_code == 422
    assert client.post("/desk/password/", new | {"password": "12345", "again": "12345"}).status_code == 422
    assert client.post("/desk/password/", new).status_code == 303
    assert is_in(client)


def test_a_new_password_ends_every_other_session(client: Client) -> None:
    user = somebody()
    elsewhere = browser_of(user)
    send(client, user)
    new = {"current": WORD, "password": "another long phrase", "again": "another long phrase"}
    client.post("/desk/password/", new)
    assert is_in(client)
    assert not is_in(elsewhere)


def test_an_account_that_is_opened_again_opens_no_old_session(client: Client) -> None:
    user, by = somebody(), cast.as_system_administrator()
    send(client, user)
    deactivate(user, by=by, now=NOW)
    reactivate(user, by=by, now=NOW)
    assert not is_in(client)
    assert "person.session_ended" in [entry.code for entry in timeline(Subject("person", user.pk))]


def test_a_password_given_by_somebody_else_ends_every_token() -> None:
    worker = cast.as_grid_worker()
    user = cast.person_of(worker)
    given: dict[str, Any] = {"password": "another long phrase", "now": NOW}
    _token, text = make_token(name="script", by=worker, now=NOW)
    set_password(user, by=worker, **given)
    assert token_from(text, NOW), "one's own new password ends no program of one's own"
    set_password(user, by=cast.as_system_administrator(), **given)
    assert token_from(text, NOW) is None
    assert timeline(Subject("person", user.id))[-1].code == "token.revoked"


def test_whoever_does_nothing_for_long_is_signed_out(
    client: Client, settings: LazySettings, clock: time_machine.Traveller
) -> None:
    send(client, somebody())
    assert is_in(client)
    clock.shift(settings.MULIN_IDLE_TIMEOUT - timedelta(seconds=1))
    assert is_in(client)
    clock.shift(settings.MULIN_IDLE_TIMEOUT + timedelta(minutes=2))
    assert not is_in(client)


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(
    client: Client, settings: LazySettings, clock: time_machine.Traveller
) -> None:
    send(client, somebody())
    assert is_in(client)
    for _ in range(2):
        clock.shift(settings.MULIN_IDLE_TIMEOUT / 2 + timedelta(seconds=1))
        answer = client.get("/desk/own/sign-in/", headers={"X-Poll": "1"})
    assert answer.status_code == 302
    assert not is_in(client)


def test_signing_out_is_recorded_and_a_post(client: Client) -> None:
    user = somebody()
    send(client, user)
    assert client.get("/desk/sign-out/").status_code == 405
    assert is_in(client)
    answer = client.post("/desk/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)
    assert timeline(Subject("person", user.id))[-1].code == "person.signed_out"


@pytest.fixture
def demo(settings: LazySettings) -> None:
    settings.MULIN_DEMO = True


@pytest.fixture
def cast_of_one() -> User:
    user = cast.a_person()
    offer_demo_cast(lambda: [DemoPerson(user.username, "网格员", "巡查"), DemoPerson("gone", "没有的人")])
    return user


def test_a_demo_offers_its_people_at_one_click(client: Client, demo: None, cast_of_one: User) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "网格员" in page
    assert "没有的人" not in page
    assert client.get("/desk/sign-in/as/").status_code == 405
    answer = client.post("/desk/sign-in/as/", {"username": cast_of_one.username})
    assert answer.status_code == 303
    assert is_in(client)


def test_even_a_demo_offers_nobody_else(client: Client, demo: None, cast_of_one: User) -> None:
    other = cast.a_person()
    assert client.post("/desk/sign-in/as/", {"username": other.username}).status_code == 404


def test_a_towns_own_installation_offers_nobody(client: Client, cast_of_one: User) -> None:
    assert "网格员" not in client.get(SIGN_IN).content.decode()
    assert client.post("/desk/sign-in/as/", {"username": cast_of_one.username}).status_code == 404
    assert not is_in(client)


def test_the_first_page_comes_in_the_language_of_the_account(client: Client) -> None:
    user = cast.a_person(password=WORD, language="zh-hans")
    send(client, user)
    assert client.cookies["language"].value == "zh-hans"


def test_a_form_without_its_token_is_refused() -> None:
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(SIGN_IN, {"username": "x", "password": "y"}).status_code == 403


def test_a_whole_office_arrives_at_once(client: Client, settings: LazySettings) -> None:
    settings.MULIN_SIGN_IN_TRIES = 1
    users = [somebody() for _ in range(25)]
    assert {send(Client(), user).status_code for user in users} == {303}  # type: ignore[attr-defined]  # what the client answers
