"""Every main page, as those who use it: accessible, and nothing wider than a screen; in both languages and themes."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Enter
from tests.support import visitors
from tests.support.visitors import Visitor

RESIDENTS = ("/", "/report/", "/follow/", "/map/", "/desk/sign-in/")
STAFF = {
    "operator": (
        "/desk/queue/?show=open",
        "/desk/matters/new/",
        "/desk/map/",
        "/desk/search/?q=楼",
        "/desk/places/370402005/",
        "/desk/people/",
        "/desk/organisations/",
        "/desk/seats/",
        "/desk/matter-types/",
        "/desk/tokens/",
    ),
    "sysadmin": ("/desk/people/add/", "/desk/organisations/add/", "/desk/roles/"),
}


def first_matter(visitor: Visitor) -> str:
    """The page of the first matter in the list."""
    page = visitor.go("/desk/queue/?show=all")
    return page.locator("tbody a").first.get_attribute("href") or ""


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh-CN", "dark")])
def test_every_page_is_accessible_and_fits(enter: Enter, language: str, theme: str) -> None:
    resident = enter(visitors.PHONE, language, color_scheme=theme)
    for path in RESIDENTS:
        checked(resident, path)
    for username, paths in STAFF.items():
        visitor = enter(visitors.DESK, language, color_scheme=theme)
        visitor.sign_in_as(username)
        for path in (*paths, *((first_matter(visitor),) if username == "operator" else ())):
            checked(visitor, path)


def checked(visitor: Visitor, path: str) -> None:
    visitor.go(path)
    visitor.check_accessible()
    visitor.check_fits_every_screen()


def test_the_keyboard_reaches_the_likely_move(enter: Enter) -> None:
    """`/` searches, j moves, Enter opens, a letter makes the move."""
    worker = enter()
    page = worker.sign_in_as("worker")
    worker.go("/desk/queue/?show=open")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    page.locator("main").click(position={"x": 5, "y": 5})
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/matters/**")
