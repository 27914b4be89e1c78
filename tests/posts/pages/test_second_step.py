"""Second steps: an app, recovery codes; whose post asks for one; proving again that it is you."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.test import Client

from mulin.journal.face import Subject, timeline
from mulin.posts.face import User
from tests.posts import cast
from tests.posts.pages.browsers import browser_of
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
WORD = "a long enough pass phrase"
OWN = "/desk/own/sign-in/"


def somebody(**facts: Any) -> User:
    return cast.a_person(password=WORD, **facts)


def sign_in(client: Client, user: User, **more: str) -> Any:
    return client.post("/desk/sign-in/", {"username": user.username, "password": WORD, **more})


def shown_by(secret: str) -> str:
    """What an app shows now that holds this secret."""
    return str(format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1])))


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """The secret, and the recovery codes that came with it."""
    page = client.get("/desk/own/app/").content.decode()
    found = re.search(r'<code id="secret">([^<]+)</code>', page)
    assert found
    secret = found[1].replace(" ", "")
    answer = client.post("/desk/own/app/", {"code": shown_by(secret)})
    assert answer.status_code == 200, answer.content
    return secret, re.findall(r"<li><code>([\d ]+)</code></li>", answer.content.decode())


def is_in(client: Client) -> bool:
    return bool(client.get("/desk/tokens/").status_code == 200)


def codes_of(user: User) -> list[str]:
    return [line.code for line in timeline(Subject("person", user.id))]


def with_app(user: User) -> tuple[str, list[str]]:
    client = Client()
    sign_in(client, user)
    return set_up_app(client)


def test_with_an_app_the_password_alone_lets_nobody_in(client: Client, clock: time_machine.Traveller) -> None:
    user = somebody()
    secret, codes = with_app(user)
    assert len(codes) == 10
    clock.shift(timedelta(minutes=1))
    assert sign_in(client, user, next="/desk/seats/")["Location"] == "/desk/sign-in/second/"
    assert not is_in(client)
    assert client.post("/desk/sign-in/second/", {"code": "000000"}).status_code == 422
    answer = client.post("/desk/sign-in/second/", {"code": shown_by(secret)})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/seats/")
    assert is_in(client)
    assert codes_of(user)[-3:] == ["person.signed_in", "person.factor_added", "person.signed_in"]


def test_a_code_lets_in_once(client: Client, clock: time_machine.Traveller) -> None:
    user = somebody()
    secret, codes = with_app(user)
    clock.shift(timedelta(minutes=1))
    for code, told in (
        (shown_by(secret), [303, 422]),
        (codes[0], [303, 422]),
        (codes[1].replace(" ", ""), [303]),
    ):
        for status in told:
            other = Client()
            sign_in(other, user)
            assert other.post("/desk/sign-in/second/", {"code": code}).status_code == status


def test_the_secret_lies_locked_in_the_row(client: Client) -> None:
    user = somebody()
    secret, _codes = with_app(user)
    rows = {row.type: str(row.data) for row in Authenticator.objects.filter(user_id=user.pk)}
    assert secret not in rows["totp"]
    assert "v1:" in rows["totp"]
    assert "v1:" in rows["recovery_codes"]


def test_whoever_guesses_codes_is_slowed_down(client: Client, settings: LazySettings) -> None:
    user = somebody()
    secret, _codes = with_app(user)
    settings.MULIN_SIGN_IN_TRIES = 3
    sign_in(client, user)
    told = [client.post("/desk/sign-in/second/", {"code": "000000"}).status_code for _ in range(4)]
    assert told == [422, 422, 422, 429]
    assert client.post("/desk/sign-in/second/", {"code": shown_by(secret)}).status_code == 429


def test_between_password_and_second_step_are_five_minutes(
    client: Client, clock: time_machine.Traveller
) -> None:
    user = somebody()
    secret, _codes = with_app(user)
    sign_in(client, user)
    clock.shift(timedelta(minutes=6))
    answer = client.post("/desk/sign-in/second/", {"code": shown_by(secret)})
    assert answer["Location"] == "/desk/sign-in/"
    assert not is_in(client)


def test_nobody_takes_a_second_step_who_did_not_take_the_first(client: Client) -> None:
    assert client.get("/desk/sign-in/second/")["Location"] == "/desk/sign-in/"
    assert client.post("/desk/sign-in/second/", {"code": "123456"})["Location"] == "/desk/sign-in/"


def test_posts_that_ask_for_a_second_step_open_nothing_without_one(
    client: Client, settings: LazySettings
) -> None:
    settings.MULIN_SECOND_FACTOR = ["administrators", "operators"]
    worker, operator = cast.as_grid_worker(), cast.as_operator()
    for who, led in ((worker, 200), (operator, 302)):
        client.logout()
        user = cast.person_of(who)
        user.set_password(WORD)
        user.save()
        sign_in(client, user)
        assert client.get("/desk/queue/").status_code == led
    assert client.get("/desk/queue/")["Location"] == OWN
    assert "其他页面都打不开" in client.get(OWN).content.decode()
    set_up_app(client)
    assert client.get("/desk/queue/").status_code == 200


def test_a_demo_asks_nobody(client: Client, settings: LazySettings) -> None:
    settings.MULIN_SECOND_FACTOR = ["staff"]
    settings.MULIN_DEMO = True
    assert browser_of(cast.as_operator()).get("/desk/queue/").status_code == 200


def test_new_recovery_codes_make_the_old_ones_worthless(client: Client) -> None:
    user = somebody()
    _secret, old = with_app(user)
    me = browser_of(user)
    page = me.post("/desk/own/codes/").content.decode()
    new = re.findall(r"<li><code>([\d ]+)</code></li>", page)
    assert len(new) == 10
    assert not set(new) & set(old)
    sign_in(client, user)
    assert client.post("/desk/sign-in/second/", {"code": old[0]}).status_code == 422
    assert client.post("/desk/sign-in/second/", {"code": new[0]}).status_code == 303


def test_what_is_removed_is_not_asked_for_any_more(client: Client) -> None:
    user = somebody()
    with_app(user)
    row = Authenticator.objects.get(user_id=user.pk, type="totp")
    other = browser_of(somebody())
    assert other.post(f"/desk/own/factors/{row.pk}/remove/").status_code == 409, "another's is none of mine"
    assert browser_of(user).post(f"/desk/own/factors/{row.pk}/remove/").status_code == 303
    assert not Authenticator.objects.filter(user_id=user.pk).exists(), "its recovery codes went with it"
    assert sign_in(client, user)["Location"] == "/desk/"


def test_the_security_administrator_resets_whoever_lost_it(client: Client) -> None:
    worker = cast.as_grid_worker()
    user = cast.person_of(worker)
    user.set_password(WORD)
    user.save()
    there = Client()
    sign_in(there, user)
    set_up_app(there)
    guard, manager = browser_of(cast.as_security_administrator()), browser_of(cast.as_system_administrator())
    assert manager.post(f"/desk/people/{user.id}/sign-in/reset/").status_code == 403
    assert guard.post(f"/desk/people/{user.id}/sign-in/reset/").status_code == 303
    assert not is_in(there), "their sessions end"
    assert sign_in(client, user)["Location"] == "/desk/"
    assert "person.factors_reset" in codes_of(user)


def test_for_what_is_dangerous_one_proves_again_that_it_is_oneself(
    client: Client, clock: time_machine.Traveller
) -> None:
    user = somebody()
    sign_in(client, user)
    assert client.get("/desk/tokens/").status_code == 200
    clock.shift(timedelta(minutes=16))
    led = client.get("/desk/tokens/")
    assert led["Location"] == "/desk/own/confirm/?next=%2Fdesk%2Ftokens%2F"
    assert client.post("/desk/tokens/", {"name": "x", "days": 30}).status_code == 200, "begun in time"
    clock.shift(timedelta(minutes=16))
    sent = client.post(
        "/desk/tokens/", {"name": "y", "days": 30}, headers={"Referer": "http://testserver/desk/tokens/"}
    )
    assert sent["Location"] == "/desk/own/confirm/?next=%2Fdesk%2Ftokens%2F"
    assert client.post("/desk/own/confirm/", {"password": "wrong"}).status_code == 422
    answer = client.post("/desk/own/confirm/", {"password": WORD, "next": "/desk/tokens/"})
    assert answer["Location"] == "/desk/tokens/"
    assert is_in(client)


def test_whoever_has_an_app_proves_it_by_the_app(client: Client, clock: time_machine.Traveller) -> None:
    user = somebody()
    sign_in(client, user)
    secret, _codes = set_up_app(client)
    clock.shift(timedelta(minutes=31))
    assert client.post("/desk/own/confirm/", {"password": WORD}).status_code == 422
    assert client.post("/desk/own/confirm/", {"code": shown_by(secret)}).status_code == 303
    assert is_in(client)


def test_one_signs_out_elsewhere(client: Client) -> None:
    user = somebody()
    there, further = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}), Client()
    for browser in (client, there, further):
        sign_in(browser, user)
    page = client.get(OWN).content.decode()
    assert "Firefox · Windows" in html.unescape(page)
    ends = re.findall(r"/desk/own/sessions/[0-9a-f-]{36}/end/", page)
    assert len(set(ends)) == 2, "not the one of this browser"
    assert browser_of(somebody()).post(ends[0]).status_code == 404
    assert client.post(ends[0]).status_code == 303
    assert sum(is_in(browser) for browser in (there, further)) == 1
    assert client.post("/desk/own/sessions/end/").status_code == 303
    assert [is_in(browser) for browser in (client, there, further)] == [True, False, False]
    assert codes_of(user)[-2:] == ["person.session_ended"] * 2


def test_a_session_ends_after_half_a_day_whatever_is_done(
    client: Client, clock: time_machine.Traveller
) -> None:
    sign_in(client, somebody())
    for _ in range(13):
        clock.shift(timedelta(minutes=55))
        client.get(OWN)
    assert client.get(OWN).status_code == 200
    clock.shift(timedelta(minutes=55))
    assert client.get(OWN).status_code == 302


def test_a_new_password_leaves_only_this_session(client: Client) -> None:
    user = somebody()
    there = Client()
    for browser in (there, client):
        sign_in(browser, user)
    new = {"current": WORD, "password": "another long phrase", "again": "another long phrase"}
    client.post("/desk/password/", new)
    page = client.get(OWN).content.decode()
    assert "本机" in page
    assert "/end/" not in page
    assert "已改密码" in page


def test_what_is_no_passkey_is_refused_in_words(client: Client) -> None:
    assert client.get("/desk/sign-in/passkey/challenge/").json()["publicKey"]["challenge"]
    for nonsense in ("", "{}", "[1]", '{"response": {"userHandle": "xx"}}', "{" * 30_000):
        answer = client.post("/desk/sign-in/passkey/", {"credential": nonsense})
        assert answer.status_code == 422
        assert "This passkey is not known here" in answer.content.decode()
    user = somebody()
    me = browser_of(user)
    assert me.post("/desk/own/passkeys/add/", {"name": "x", "credential": '{"id": "AA"}'}).status_code == 422


def test_the_log_says_who_came_and_who_tried_in_vain(
    client: Client, settings: LazySettings, django_assert_max_num_queries: Any
) -> None:
    settings.MULIN_SIGN_IN_TRIES = 2
    user, auditor = somebody(), browser_of(cast.as_auditor())
    client.post("/desk/sign-in/", {"username": "my-secret-typed-here", "password": "x"})
    for password in (WORD, "wrong", "wrong", "wrong", "wrong"):
        Client().post("/desk/sign-in/", {"username": user.username, "password": password})
    with django_assert_max_num_queries(14):
        page = auditor.get("/desk/sign-ins/").content.decode()
    assert "my-secret-typed-here" not in page
    assert page.count("Wrong name or password") == 3
    assert page.count("Too many tries") == 1, "written down once, however often they try"
    assert "127.0.0.1" in page
    failed = auditor.get("/desk/sign-ins/?failed=1").content.decode()
    assert "Signed in" not in failed.split("<tbody>")[1]
    assert auditor.get(f"/desk/sign-ins/?q={user.username}&after=nonsense").status_code == 200
    assert client.get("/desk/sign-ins/").status_code == 302
    assert browser_of(cast.as_system_administrator()).get("/desk/sign-ins/").status_code == 403
    assert page.count(NOW.strftime("%Y")) >= 4
