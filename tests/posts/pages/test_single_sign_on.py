"""Single sign-on, against a real provider in this process: who is bound comes in, and nobody else."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import requests
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from mulin.journal.face import Subject, timeline
from mulin.posts.face import User
from mulin.posts.models import Bond
from tests.posts import cast
from tests.posts.pages.browsers import browser_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_clock,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the provider's own
]
BEGIN = "/desk/sign-in/single/"


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A whole provider of OpenID Connect, on a port of its own."""
    import oidc_provider_mock

    app = oidc_provider_mock.app()
    logging.getLogger("oidc_provider_mock").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def single(issuer: str, settings: LazySettings) -> str:
    settings.MULIN_SSO_ISSUER = issuer
    settings.MULIN_SSO_NAME = "Town Hall"
    settings.MULIN_SSO_CLIENT_ID = "mulin"
    settings.MULIN_SSO_CLIENT_SECRET = "secret"
    return issuer


def there(client: Client, subject: str, next_url: str = "") -> str:
    """To the provider, sign in there as this person; the address that leads back."""
    led = client.get(BEGIN, {"next": next_url} if next_url else {})
    assert led.status_code == 302, led.content
    assert "code_challenge=" in led["Location"]
    assert "scope=openid&" in led["Location"] + "&"
    with requests.Session() as browser:
        back = browser.post(led["Location"], data={"sub": subject}, allow_redirects=False)
    return back.headers["Location"].replace("http://testserver", "")


def bound(subject: str) -> User:
    """A grid worker whom the administrator bound."""
    user = cast.person_of(cast.as_grid_worker())
    answer = browser_of(cast.as_system_administrator()).post(
        f"/desk/people/{user.id}/sign-in/", {"subject": subject}
    )
    assert answer.status_code == 303, answer.content
    return user


def test_whoever_is_bound_comes_in(client: Client, single: str) -> None:
    user = bound("2617-abc")
    assert "Sign in by Town Hall" in client.get("/desk/sign-in/").content.decode()
    answer = client.get(there(client, "2617-abc", "/desk/seats/"))
    assert (answer.status_code, answer["Location"]) == (303, "/desk/seats/")
    assert client.get("/desk/seats/").status_code == 200
    codes = [line.code for line in timeline(Subject("person", user.id))]
    assert codes[-2:] == ["person.bound", "person.signed_in"]


def test_whoever_is_not_bound_is_told_their_number_and_stays_out(client: Client, single: str) -> None:
    user = cast.a_person()
    answer = client.get(there(client, user.username))
    assert answer.status_code == 403
    assert user.username in answer.content.decode(), "the number to give to the administrator"
    assert client.get("/desk/queue/").status_code == 302


def test_what_was_not_begun_here_leads_nowhere(client: Client, single: str) -> None:
    bound("2617-abc")
    back = there(client, "2617-abc")
    assert Client().get(back).status_code == 422, "another browser"
    assert client.get(re.sub(r"code=[^&]+", "code=forged", back)).status_code == 422
    assert client.get(back).status_code == 422, "used once, right or wrong"
    assert client.get(f"{BEGIN}back/?error=access_denied&state=x").status_code == 422


def test_the_single_sign_on_does_not_replace_the_second_step(client: Client, single: str) -> None:
    from tests.posts.pages.test_second_step import set_up_app

    user = bound("2617-abc")
    set_up_app(browser_of(user))
    assert client.get(there(client, "2617-abc"))["Location"] == "/desk/sign-in/second/"
    assert client.get("/desk/queue/").status_code == 302


def test_one_that_is_down_says_so(client: Client, single: str, settings: LazySettings) -> None:
    settings.MULIN_SSO_ISSUER = "http://localhost:9"
    answer = client.get(BEGIN)
    assert answer.status_code == 422
    assert "use your password" in answer.content.decode()


def test_where_the_provider_stands_for_a_second_step_only_who_may_reset_one_binds_past_it(
    client: Client, single: str, settings: LazySettings
) -> None:
    settings.MULIN_SSO_IS_STRONG = True
    user = cast.person_of(cast.as_grid_worker())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    page = f"/desk/people/{user.id}/sign-in/"
    assert browser_of(cast.as_system_administrator()).post(page, {"subject": "mine"}).status_code == 403
    assert not Bond.objects.filter(user=user).exists()


def test_an_administrator_binds_once_and_undoes_it(client: Client, single: str) -> None:
    user = bound("2617-abc")
    manager, guard = browser_of(cast.as_system_administrator()), browser_of(cast.as_security_administrator())
    second = cast.person_of(cast.as_grid_worker())
    taken = manager.post(f"/desk/people/{second.id}/sign-in/", {"subject": "2617-abc"})
    assert taken.status_code == 422
    auditor = cast.person_of(cast.as_auditor())
    assert manager.post(f"/desk/people/{auditor.id}/sign-in/", {"subject": "9"}).status_code in (403, 404)
    assert guard.post(f"/desk/people/{auditor.id}/sign-in/", {"subject": "9"}).status_code == 303
    assert manager.post(f"/desk/people/{user.id}/sign-in/unbind/").status_code == 303
    assert manager.post(f"/desk/people/{user.id}/sign-in/unbind/").status_code == 409
    assert client.get(there(client, "2617-abc")).status_code == 403


def test_where_none_is_set_there_is_none(client: Client) -> None:
    assert client.get(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}back/").status_code == 404
