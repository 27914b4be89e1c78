"""Mail by a running Mulin: an address is proved, a test arrives, the link under a mail stops it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.channels.mail_world import Office, office
from tests.support import server, visitors
from tests.support.server import Running
from tests.support.shapes import ROOT

PYTHON = ROOT / ".venv" / "bin" / "python"
LINK = """
import django; django.setup()
from mulin.channels.mail.stopping import stop_path
from mulin.posts.face import User
print(stop_path(User.objects.get(username="sysadmin").pk))
"""


@pytest.fixture(scope="module")
def post_office() -> Iterator[Office]:
    with office(SimpleNamespace()) as handler:
        yield handler


@pytest.fixture(scope="module")
def town(post_office: Office) -> Iterator[Running]:
    with server.running(
        MULIN_MAIL_URL=post_office.url, MULIN_MAIL_FROM="睦邻 <mulin@town.example.cn>"
    ) as mulin:
        yield mulin


def arrives(visitor: visitors.Visitor, post_office: Office, count: int) -> str:
    """The text of the latest mail, once so many are there."""
    for _ in range(100):
        if len(post_office.taken) >= count:
            return post_office.texts[-1]
        visitor.page.wait_for_timeout(100)
    raise AssertionError(f"{len(post_office.taken)} of {count} mails")


def test_from_a_test_to_an_address_of_ones_own(enter: Enter, post_office: Office) -> None:
    keeper = enter()
    page = keeper.sign_in_as("sysadmin")
    keeper.go("/desk/mail/")
    page.locator('input[name="address"]').fill("it@town.example.cn")
    page.locator('form[action$="/mail/test/"] button').click()
    arrives(keeper, post_office, 1)
    looked_at(keeper, "/desk/mail/")
    keeper.go("/desk/inbox/mail/")
    page.locator('input[name="address"]').fill("it@town.example.cn")
    page.locator('form[action$="/address/"] button').click()
    code = re.findall(r"\d{6}", arrives(keeper, post_office, 2))[-1]
    looked_at(keeper)
    page.locator('input[name="code"]').fill(code)
    page.locator('form[action$="/prove/"] button').click()
    expect(page.locator("main strong", has_text="it@town.example.cn")).to_be_visible()
    looked_at(keeper)


def test_whoever_holds_the_link_says_how_often(town: Running, enter: Enter) -> None:
    somebody = enter(visitors.PHONE, "zh-CN")
    page = somebody.go(link_under_a_mail(town))
    looked_at(somebody)
    page.locator("button", has_text="不再接收邮件").click()
    expect(page.locator("main")).to_contain_text("不再发送邮件")
    page.locator('input[value="daily"]').check()
    page.locator("button", has_text="保存").click()
    expect(page.locator('input[value="daily"]')).to_be_checked()


def link_under_a_mail(town: Running) -> str:
    done = subprocess.run(
        [PYTHON, "-c", LINK], env=town.home.environ(), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def looked_at(visitor: visitors.Visitor, path: str = "") -> None:
    if path:
        visitor.go(path)
    visitor.check_accessible()
    visitor.check_fits_every_screen()
