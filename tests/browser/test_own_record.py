"""A resident in front of their own record: linked at the window, who looked, something different, something asked."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_residents import paper_from
from tests.support import server, visitors
from tests.support.databases import Home
from tests.support.server import Running
from tests.support.visitors import Visitor


def _somebody_lives_there(home: Home) -> None:
    made = [sys.executable, "-m", "tests.browser.homes"]
    done = subprocess.run(made, env=home.environ(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def town() -> Iterator[Running]:
    """A tiny town in which 王秀英 and 李建国 share a door."""
    with server.running(before=_somebody_lives_there) as mulin:
        yield mulin


def looks_right(visitor: Visitor) -> None:
    visitor.check_accessible()
    visitor.check_fits_every_screen()


def linked(worker: Visitor, phone: Visitor) -> str:
    """王秀英 shows her document at the door; the id of her record."""
    code = paper_from(worker)
    page = phone.go(f"/mine/paper/#code={code}")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/mine/")
    phone.go("/mine/record/")
    looks_right(phone)
    number = page.locator("dl.facts dd").first.inner_text()
    desk = worker.go("/desk/registry/residents/?q=秀英")
    desk.locator("tbody a").first.click()
    desk.wait_for_url("**/desk/street-residents/*/")
    record = re.search("[0-9a-f-]{36}", desk.url)
    assert record
    worker.go(f"/desk/linking/{record[0]}/")
    looks_right(worker)
    desk.get_by_label("Account number").fill(number)
    desk.get_by_label("Date of birth, as it stands in the document").fill("1948-03-05")
    desk.get_by_label("They stand before me").check()
    desk.get_by_role("button", name="Link", exact=True).click()
    expect(desk.locator("#linked")).to_be_visible()
    looks_right(worker)
    return record[0]


def test_a_resident_sees_who_looked_and_what_comes_of_what_they_say(enter: Enter) -> None:
    worker, phone = enter(), enter(visitors.PHONE, "zh-CN")
    worker.sign_in_as("worker")
    name = worker.page.locator(".avatar-letter").first.get_attribute("title") or ""
    linked(worker, phone)
    page = phone.go("/mine/record/")
    main = page.locator("main")
    expect(main).to_contain_text("王秀英")
    expect(main).to_contain_text("13900000001")
    expect(main).not_to_contain_text("李建国")
    expect(page.locator("#cares")).to_be_visible()
    looks_right(phone)
    page.locator("a[href='/mine/record/looked/']").first.click()
    page.wait_for_url("**/looked/")
    expect(page.locator("#readings")).to_contain_text("网格员")
    expect(page.locator("#readings")).to_contain_text("有人打开了您的信息页面")
    assert not name or name not in main.inner_text()
    looks_right(phone)
    says_something_different(worker, phone)
    asks_and_is_answered(enter(), phone)
    phone.go("/mine/record/copy/")
    looks_right(phone)
    worker.forgive("422")  # the paper that was to be issued without a document


def says_something_different(worker: Visitor, phone: Visitor) -> None:
    """She has another number; the grid worker sees both, masked, asks for them, and accepts."""
    page = phone.go("/mine/record/change/")
    looks_right(phone)
    page.locator("#id_phone").fill("139 0000 0002")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/mine/record/**")
    expect(page.locator("#changes")).to_be_visible()
    desk = worker.go("/desk/proposals/")
    looks_right(worker)
    desk.locator("#waiting tbody a").first.click()
    expect(desk.locator("#side-by-side")).to_contain_text("139****0002")
    looks_right(worker)
    desk.locator("#purpose").select_option("verify")
    desk.get_by_role("button", name="Show", exact=True).click()
    expect(desk.locator("#side-by-side")).to_contain_text("13900000002")
    desk.get_by_role("button", name="Accept", exact=True).click()
    desk.wait_for_url("**/desk/proposals/")
    phone.go("/mine/record/")
    expect(page.locator("main")).to_contain_text("13900000002")


def asks_and_is_answered(head: Visitor, phone: Visitor) -> None:
    page = phone.go("/mine/record/ask/")
    looks_right(phone)
    page.locator("input[value=erase]").check(force=True)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#requests")).to_be_visible()
    desk = head.sign_in_as("head")
    head.go("/desk/requests/")
    looks_right(head)
    desk.locator("tbody a").first.click()
    desk.wait_for_url("**/desk/requests/*/")
    desk.locator("#refuse summary").click()
    looks_right(head)
    desk.locator("#id_refuse-ground").select_option("needed")
    desk.locator("#id_refuse-answer").fill("您还住在这里。")
    desk.locator("#refuse button[type=submit]").click()
    expect(desk.locator("#answer")).to_be_visible()
    phone.go("/mine/record/")
    expect(page.locator("#requests")).to_contain_text("您还住在这里。")
    looks_right(phone)


def test_without_a_script_it_works_as_well(enter: Enter) -> None:
    worker, old = enter(), enter(visitors.PHONE, java_script_enabled=False)
    worker.sign_in_as("worker")
    code = paper_from(worker)
    page = old.go("/mine/paper/")
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/mine/")
    old.go("/mine/record/")
    expect(page.locator("main")).to_contain_text("Your account is not linked to a record")
    old.go("/mine/record/looked/")
    expect(page.locator("main")).to_contain_text("Nobody has opened your data")
    worker.forgive("422")
