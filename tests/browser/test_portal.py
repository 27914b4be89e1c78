"""A resident on a phone: raises a matter, follows it, rates it; also without a script, and without WebGL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from mulin.kernel.clock import now
from mulin.matters.face import Given, Matter, Outcome, act
from mulin.posts.face import User, Who
from tests.browser.conftest import Enter
from tests.support import switch, visitors
from tests.support.server import Running
from tests.support.visitors import Visitor

LAMP = "The street lamp in front of the school has been out for three days."
RIVER = {"latitude": 34.0, "longitude": 117.0}


@pytest.fixture
def desk(town: Running, django_db_blocker: DjangoDbBlocker) -> Desk:
    return Desk(town, django_db_blocker)


class Desk:
    """The people of the street, at work in the same town."""

    def __init__(self, town: Running, blocker: DjangoDbBlocker) -> None:
        self.town, self.blocker = town, blocker

    @contextmanager
    def open(self) -> Iterator[None]:
        with self.blocker.unblock(), switch.connected_to(self.town.home):
            yield

    def settle(self, number: str) -> None:
        """The worker of the grid takes it and does it; the head checks it, whoever would have been drawn."""
        with self.open():
            self._do(number, "file", Given())
            self._do(number, "hand_in", Given(reason="The lamp has a new bulb."))
            matter = Matter.objects.get(number=number)
            if matter.turn is None:
                due = matter.due_at
                assert due
                act(matter, "close_unchecked", given=Given(), by=Who.system(due), now=due)
            else:
                self._do(number, "confirm", Given(outcome=Outcome.SOLVED, reason="Checked, it is lit."))

    def _do(self, number: str, code: str, given: Given) -> None:
        matter = Matter.objects.select_related("turn").get(number=number)
        assert matter.turn
        user = User.objects.filter(posts__seat=matter.turn, posts__to_at=None)[0]
        act(matter, code, given=given, by=Who.of(user, now()), now=now())


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Go on|Send|下一步|提交)$")).last.click()
    page.wait_for_load_state()


def checked(visitor: Visitor) -> None:
    """What every page must pass."""
    visitor.check_accessible()
    visitor.check_fits_every_screen()


def tell(visitor: Visitor, text: str = LAMP) -> Page:
    page = visitor.go("/")
    page.get_by_label("What is the matter?").fill(text)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/report/kind/")
    return page


def send(visitor: Visitor, page: Page) -> tuple[str, str]:
    page.wait_for_url("**/report/send/")
    checked(visitor)
    page.get_by_label("Phone number").fill("13800138000")
    go_on(page)
    page.wait_for_url("**/receipt/**")
    checked(visitor)
    return page.locator("#number").inner_text(), page.locator("#code").inner_text()


def test_a_lamp_from_the_phone_to_the_rating(enter: Enter, desk: Desk, tmp_path: Path) -> None:
    visitor = enter(visitors.PHONE)
    page = tell(visitor)
    checked(visitor)
    photo = tmp_path / "lamp.png"
    photo.write_bytes(visitor.page.screenshot())
    page.get_by_label("Photos").set_input_files(photo)
    expect(page.locator("[data-previews] img")).to_be_visible()
    go_on(page)
    page.wait_for_url("**/report/where/")
    expect(page.locator("[data-map-ready]")).to_be_visible(timeout=30_000)
    page.locator("[data-map]").click(position={"x": 150, "y": 200})
    expect(page.locator(".map-note")).not_to_contain_text("Tap where it is")
    checked(visitor)
    go_on(page)
    number, code = send(visitor, page)
    follow_on_another_phone(enter, number, code)
    desk.settle(number)
    page = visitor.go(f"/follow/{number}/")
    checked(visitor)
    page.get_by_label("Very satisfied").check(force=True)
    go_on(page)
    expect(page.locator("main")).to_contain_text("You said")
    checked(visitor)


def follow_on_another_phone(enter: Enter, number: str, code: str) -> None:
    """The QR code brings the number in the address and the code behind the #: nobody types, nothing is logged."""
    other = enter(visitors.PHONE)
    page = other.go(f"/follow/{number}/#code={code}")
    expect(page.get_by_label("Code")).to_have_value(code)
    assert "#" not in page.url
    page.get_by_role("button", name="See where it is").click()
    expect(page.locator("main")).to_contain_text(LAMP)
    expect(page.locator("main img")).to_be_visible()
    checked(other)


def test_without_a_script(enter: Enter) -> None:
    visitor = enter(visitors.PHONE, java_script_enabled=False)
    page = visitor.go("/")
    page.get_by_label("What is the matter?").fill(LAMP)
    page.get_by_role("button", name="Go on").click()
    go_on(page)
    for level in (12, 15, 22):
        page.locator(f"select[name=area_{level}]").select_option(index=1)
        page.get_by_role("button", name="Show what lies in it").click()
        page.wait_for_load_state()
    page.get_by_label("Address, or how to find it").fill("entrance 2")
    go_on(page)
    page.get_by_label("Not at all").check(force=True)
    go_on(page)
    number = page.locator("#number").inner_text()
    page.get_by_role("link", name="Follow it").click()
    expect(page.locator("main")).to_contain_text(number)
    page.go_back()
    page.go_back()
    page.goto("/map/")
    expect(page.locator("table")).to_contain_text("Street lamp out")


def test_without_webgl_the_map_is_a_list(enter: Enter, browser_without_webgl: Browser) -> None:
    visitor = enter(visitors.PHONE, browser=browser_without_webgl)
    page = tell(visitor)
    go_on(page)
    page.wait_for_url("**/report/where/")
    expect(page.locator("[data-map]")).to_be_hidden()
    page.get_by_label("Community").select_option(index=1)
    checked(visitor)
    go_on(page)
    send(visitor, page)
    page.goto("/map/")
    expect(page.locator("table")).to_contain_text("Street lamp out")
    checked(visitor)


def test_my_place_lies_outside_every_grid(enter: Enter) -> None:
    visitor = enter(visitors.PHONE, geolocation=RIVER, permissions=["geolocation"])
    page = tell(visitor)
    go_on(page)
    expect(page.locator("[data-map-ready]")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Use my place").click()
    expect(page.locator(".map-note")).to_contain_text("Outside every grid")
    go_on(page)
    checked(visitor)
    visitor.forgive("422")
    page.get_by_role("button", name=re.compile("^Yes, take")).click()
    page.wait_for_url("**/report/send/")
    expect(page.locator("main")).to_contain_text("with a pin on the map")


def test_danger_comes_first(enter: Enter) -> None:
    visitor = enter(visitors.PHONE, "zh-CN")
    page = visitor.go("/")
    page.locator("#id_text").fill("三楼着火了，老人倒地不起")
    go_on_home(page)
    expect(page.locator("a.call-now")).to_have_count(2)
    checked(visitor)
    page.get_by_role("button", name="不是紧急情况，继续").click()
    page.wait_for_url("**/report/kind/")


def go_on_home(page: Page) -> None:
    page.locator("form[action='/report/'] button").click()
    page.wait_for_url("**/report/danger/")


@pytest.mark.parametrize(("width", "theme"), [(visitors.PHONE, "light"), (visitors.DESK, "dark")])
def test_the_public_map_in_both_themes(enter: Enter, width: int, theme: str) -> None:
    visitor = enter(width, "zh-CN", color_scheme=theme)
    page = visitor.go("/map/")
    expect(page.locator("[data-map-ready]")).to_be_visible(timeout=30_000)
    checked(visitor)


def test_words_survive_a_reload_and_a_throw_away(enter: Enter) -> None:
    visitor = enter(visitors.PHONE)
    page = visitor.go("/")
    page.locator("#id_text").fill(LAMP)
    page.reload()
    expect(page.locator("#id_text")).to_have_value(LAMP)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/report/kind/")
    page.goto("/")
    expect(page.locator("#id_text")).to_have_value(LAMP)
    page.get_by_role("button", name="Throw it away").click()
    page.wait_for_url("**/report/?fresh=1")
    expect(page.locator("#id_text")).to_have_value("")
