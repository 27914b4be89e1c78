"""A new administrator's first morning: password, passkey, an app; each lets in again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.support import server, visitors
from tests.support.server import Running
from tests.support.visitors import Visitor

WORD = "hours-of-quiet-rain-4"


@pytest.fixture(scope="module")
def town() -> Iterator[Running]:
    """A town's own installation: nobody comes in at one click."""
    with server.running(MULIN_DEMO="0", MULIN_SECOND_FACTOR="administrators") as mulin:
        yield mulin


def code_after(secret: str, steps: int) -> str:
    """What an app shows now, or half a minute later: that is taken too, as clocks differ."""
    counter = list(yield_hotp_counters_from_time())[1] + steps
    return str(format_hotp_value(hotp_value(secret.replace(" ", ""), counter)))


def with_authenticator(visitor: Visitor) -> None:
    """Chromium's own: a finger that is always there, and always the right one."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(visitor: Visitor, password: str) -> None:
    page = visitor.go("/desk/sign-in/")
    page.fill('input[name="username"]', "guard")
    page.fill('input[name="password"]', password)
    page.get_by_role("button", name="登录", exact=True).click()


def sign_out(visitor: Visitor) -> None:
    """Forget the session, as closing a browser in an internet café should."""
    visitor.context.clear_cookies()


def choose_password(visitor: Visitor, given: str) -> None:
    page = visitor.page
    page.fill('input[name="current"]', given)
    page.fill('input[name="password"]', WORD)
    page.fill('input[name="again"]', WORD)
    page.get_by_role("button", name="设置密码").click()


def checked(visitor: Visitor) -> None:
    visitor.check_accessible()
    visitor.check_fits_every_screen()


def add_passkey(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="添加通行密钥").click()
    page.fill('input[name="name"]', "办公电脑")
    checked(visitor)
    page.get_by_role("button", name="创建通行密钥").click()
    expect(page.locator("#codes li")).to_have_count(10)
    checked(visitor)


def add_app(visitor: Visitor) -> str:
    """The secret that the app holds."""
    page = visitor.go("/desk/own/app/")
    checked(visitor)
    secret = page.locator("#secret").inner_text()
    page.fill('input[name="code"]', code_after(secret, 0))
    page.get_by_role("button", name="设置", exact=True).click()
    expect(page.get_by_text("验证码应用").first).to_be_visible()
    return secret


def test_a_passkey_and_an_app_let_in_again(enter: Enter, town: Running) -> None:
    told = town.mulin("administrator", "security_administrator", "guard", "王芳", "370402005")
    given = told.rsplit(": ", 1)[1].strip()
    visitor = enter(visitors.DESK, "zh-CN")
    page = visitor.page
    with_authenticator(visitor)

    sign_in(visitor, given)
    choose_password(visitor, given)
    page.goto("/desk/queue/")
    expect(page.get_by_role("heading", name="我的登录方式", level=1)).to_be_visible()
    checked(visitor)
    add_passkey(visitor)

    sign_out(visitor)
    visitor.go("/desk/sign-in/")
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url("**/desk/people/")

    secret = add_app(visitor)
    sign_out(visitor)
    sign_in(visitor, WORD)
    expect(page.get_by_role("heading", name="第二步验证")).to_be_visible()
    checked(visitor)
    page.fill('input[name="code"]', code_after(secret, 1))
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/desk/people/")
    visitor.go("/desk/sign-ins/")
    expect(page.locator("tbody tr")).to_have_count(3)
    checked(visitor)
