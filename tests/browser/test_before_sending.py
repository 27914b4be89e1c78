"""Before it is sent: a neighbour says me too on a phone; a clerk is shown what is known and personal while typing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.support import visitors
from tests.support.visitors import Visitor

LAMP = "楼下的路灯不亮，王先生知道，电话13800138000"


def checked(visitor: Visitor, name: str) -> None:
    visitor.check_accessible()
    visitor.check_fits()
    visitor.picture(f"before-{name}", whole=True)


def up_to_the_place(visitor: Visitor, text: str) -> Page:
    """Told, of the kind that was proposed, in the first building of the lists."""
    page = visitor.go("/")
    page.locator("#id_text").fill(text)
    page.locator("form[action='/report/'] button").click()
    page.wait_for_url("**/report/kind/")
    page.locator("input[name=kind][value='010301']").first.check(force=True)
    page.locator("main form .btn-lg").click()
    page.wait_for_url("**/report/where/")
    page.goto(f"{page.url}?list=1")
    for level in (12, 15, 22):
        page.locator(f"select[name=area_{level}]").select_option(index=1)
        if level < 22:
            page.locator("button[name=open]").click()
            page.wait_for_load_state()
    page.locator("main form .btn-primary.btn-lg").click()
    page.wait_for_load_state()
    return page


def test_two_neighbours_and_one_lamp(enter: Enter) -> None:
    first = enter(visitors.PHONE, "zh-CN")
    page = up_to_the_place(first, LAMP)
    page.wait_for_url("**/report/send/")
    page.locator("#about summary").click()
    checked(first, "send")
    expect(page.locator("#finds input:checked")).to_have_count(1)
    page.locator("input[name=how][value=anonymous]").check(force=True)
    page.locator("main form .btn-lg").click()
    page.wait_for_url("**/receipt/**")
    number = page.locator("#number").inner_text()

    second = enter(visitors.PHONE)
    page = up_to_the_place(second, "The street lamp is out.")
    page.wait_for_url("**/report/known/")
    checked(second, "known")
    page.get_by_role("button", name=re.compile("^Me too")).first.click()
    page.wait_for_url("**/report/me-too/")
    page.get_by_label("Not at all").check(force=True)
    checked(second, "me-too")
    page.get_by_role("button", name="Add my voice").click()
    page.wait_for_url("**/receipt/**")
    expect(page.locator("#number")).to_have_text(number)
    checked(second, "voice-receipt")
    page.get_by_role("link", name="Follow it").click()
    expect(page.locator("main")).to_contain_text("2 people told us of this; you are one of them.")
    expect(page.locator("main")).not_to_contain_text("王先生")
    checked(second, "voice-story")


def test_a_clerk_is_shown_it_while_typing(enter: Enter) -> None:
    """The lamp of the two neighbours is known by now."""
    clerk = enter(visitors.DESK)
    clerk.sign_in_as("operator")
    page = clerk.go("/desk/matters/new/")
    page.locator("#id_text").press_sequentially("路灯不亮 13800138000")
    expect(page.locator("#finds")).to_contain_text("13800138000")
    expect(page.locator("#public-view")).to_be_visible()
    for name, index in (
        ("village", 2),
        ("grid", 1),
        ("building", 1),
    ):  # the first of the villages is the town itself
        page.locator(f"#id_{name} option:not([value=''])").first.wait_for(state="attached")
        page.locator(f"#id_{name}").select_option(index=index)
    expect(page.locator("#known")).to_contain_text("people raised it", timeout=20_000)
    page.locator("#about summary").click()
    checked(clerk, "desk")
