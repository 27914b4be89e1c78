"""The whole loop at the desk, by six people with browsers of their own; and once without any script."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.support import visitors
from tests.support.visitors import Visitor


def move(visitor: Visitor, number: str, code: str, **given: str) -> Page:
    """Open the matter, unfold the move, fill in what it asks, send."""
    page = visitor.go(f"/desk/matters/{number}/")
    form = page.locator(f"form[action$='/do/{code}/']")
    if not form.is_visible():
        more = page.locator("details.actions-more")
        action = page.locator("details.action", has=form)
        if more.count() and not action.locator("summary").first.is_visible():
            more.locator("summary").first.click()
        if action.count():
            action.locator("summary").first.click()
    for name, value in given.items():
        fill(form.locator(f"[name={name}]"), value)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    return page


def fill(field: object, value: str) -> None:
    first = field.first  # type: ignore[attr-defined]  # a locator
    kind = first.evaluate("element => element.type || element.tagName")
    if kind == "radio":
        field.locator(f"xpath=self::*[@value='{value}']").check(force=True)  # type: ignore[attr-defined]  # a locator
    elif kind == "select-one":
        option = first.locator("option", has_text=value).first
        first.select_option(option.get_attribute("value") or "")
    else:
        first.fill(value)


def test_a_staff_member_follows_the_whole_loop(enter: Enter) -> None:
    head, operator, handler = enter(), enter(), enter(visitors.TABLET)
    checker, auditor = enter(visitors.PHONE, "zh-CN"), enter()
    cast = {"head": head, "operator": operator, "handler": handler, "checker": checker, "auditor": auditor}
    for name, visitor in cast.items():
        visitor.sign_in_as(name)
    number = raise_for_the_town(head)
    page = move(operator, number, "file")
    expect(page.locator("main")).to_contain_text("Filed")
    page = move(operator, number, "dispatch", seat="Law Enforcement", note="Please go today.")
    expect(page.locator("main")).to_contain_text("Dispatched")
    expect(handler.go("/desk/queue/").locator("main")).to_contain_text(number)
    move(handler, number, "accept")
    page = move(handler, number, "hand_in", reason="Done: work has stopped.")
    expect(page.locator("main")).to_contain_text("Handled, to be checked")
    assert checker.go("/desk/queue/").locator("main").get_by_text(number).count()
    move(checker, number, "send_back", note="又开始搭了")
    move(handler, number, "hand_in", reason="Done again, for good.")
    page = move(checker, number, "confirm", outcome="solved")
    expect(page.locator("main")).to_contain_text("已结案")
    page = move(head, number, "rate", rating="5")
    expect(page.locator("main")).to_contain_text("Rated")
    answer = auditor.page.goto(f"/desk/matters/{number}/")
    assert answer
    assert answer.status in (403, 404)
    auditor.forgive("status of 40")


def raise_for_the_town(head: Visitor) -> str:
    """The head raises in their own name what the town must settle."""
    page = head.go("/desk/matters/new/")
    page.fill("[name=text]", "A shed is being built on the pavement in front of the school.")
    stall = page.locator("select[name=type] option").filter(has_text="Building without leave").first
    page.select_option("select[name=type]", stall.get_attribute("value") or "")
    village = page.locator("select[name=village] option").nth(1).get_attribute("value") or ""
    page.select_option("select[name=village]", village)
    page.check("[name=on_behalf][value=myself]", force=True)
    page.get_by_role("button", name="Raise the matter").click()
    page.wait_for_url(re.compile(r"/desk/matters/\d"))
    found = re.search(r"/desk/matters/([0-9-]+)/", page.url)
    assert found
    return found[1]
