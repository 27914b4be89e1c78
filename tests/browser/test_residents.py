"""A resident without email: gets a paper at the door, signs in on a phone, keeps their report, leaves again."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_portal import LAMP, checked, go_on
from tests.support import visitors
from tests.support.visitors import Visitor


def paper_from(worker: Visitor) -> str:
    """What the worker hands over at the door."""
    page = worker.go("/desk/residents/")
    page.get_by_label("Name as it stands in the document").fill("王秀英")
    page.get_by_label("Identity card").check()
    page.get_by_role("button", name="Issue the code").click()
    expect(page.get_by_text("A code is only for somebody who stands before you").first).to_be_visible()
    checked(worker)
    page.get_by_label("They stand before me").check()
    page.get_by_role("button", name="Issue the code").click()
    page.wait_for_url(re.compile("/desk/residents/[0-9a-f-]{36}/"))
    checked(worker)
    return page.locator("#code").inner_text()


def raised(visitor: Visitor) -> tuple[str, str]:
    """A lamp, told on an old phone without a script; its number and code."""
    page = visitor.go("/")
    page.get_by_label("What is the matter?").fill(LAMP)
    page.get_by_role("button", name="Go on").click()
    go_on(page)
    for level in (12, 15, 22):
        page.locator(f"select[name=area_{level}]").select_option(index=1)
        page.get_by_role("button", name="Show what lies in it").click()
        page.wait_for_load_state()
    go_on(page)
    page.get_by_label("Not at all").check(force=True)
    go_on(page)
    return page.locator("#number").inner_text(), page.locator("#code").inner_text()


def test_by_paper_to_all_reports_in_one_place(enter: Enter) -> None:
    worker, old = enter(visitors.DESK), enter(visitors.PHONE, java_script_enabled=False)
    worker.sign_in_as("worker")
    paper, (number, code) = paper_from(worker), raised(old)
    phone = enter(visitors.PHONE, "zh-CN")
    page = phone.go("/mine/")
    checked(phone)
    page = phone.go(f"/mine/paper/#code={paper}")
    expect(page.locator("#id_code")).to_have_value(paper)
    assert "#" not in page.url
    checked(phone)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/mine/")
    checked(phone)
    link(phone, number, code)
    account(phone)
    worker.go("/desk/residents/")
    expect(worker.page.locator("main")).to_contain_text("Used")
    checked(worker)
    # without a script, too: the paper is used up, and says so
    old.go("/mine/sign-in/").locator("#paper_code").fill(paper)
    old.page.get_by_role("button", name="Sign in with the paper").click()
    expect(old.page.locator("main")).to_contain_text("This code opens nothing")
    for visitor in (worker, phone, old):
        visitor.forgive("422")  # a form without a document, a wrong code, a paper that is used up


def link(phone: Visitor, number: str, code: str) -> None:
    page = phone.go("/mine/link/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill("ABCDEFGH")
    page.get_by_role("button", name="关联").click()
    expect(page.get_by_label("编号")).to_have_value(number)
    checked(phone)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="关联").click()
    page.wait_for_url("**/mine/")
    expect(page.locator("main")).to_contain_text(number)
    checked(phone)
    page.locator(f"a[href='/follow/{number}/']").first.click()
    expect(page.locator("main")).to_contain_text(LAMP)
    checked(phone)


def account(phone: Visitor) -> None:
    page = phone.go("/mine/account/")
    expect(page.locator("#devices")).to_contain_text("这台设备")
    checked(phone)
    page.locator("#close summary").click()
    page.get_by_role("button", name="注销我的账户").click()
    page.wait_for_url("**/mine/account/close/")
    checked(phone)
    phone.go("/mine/").get_by_role("button", name="退出登录").click()
    page.wait_for_url(re.compile(":[0-9]+/$"))
    phone.go("/mine/")
    expect(page).to_have_url(re.compile("/mine/sign-in/$"))
