"""The one map in a real browser: layers, colours, cards, floors, a search that flies, panoramas; the CSP unbroken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Enter
from tests.places.pictures import a_panorama_file
from tests.support import visitors
from tests.support.visitors import Visitor

READY = 40_000


def open_map(visitor: Visitor, query: str = "") -> Page:
    page = visitor.go(f"/desk/map/{query}")
    expect(page.locator("[data-map-ready]")).to_be_visible(timeout=READY)
    expect(page.locator(".map-sketch")).to_be_hidden()
    return page


def switch(page: Page, words: str) -> None:
    page.locator(".map-switch").filter(has_text=re.compile(f"^{words}$")).click()


def middle(page: Page) -> None:
    """Enter on the map asks for what lies in its middle."""
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("Enter")


def fly_to_a_building(page: Page) -> str:
    page.get_by_role("searchbox", name=re.compile("Find a place")).fill("号楼")
    first = page.locator(".map-find-list button").first
    expect(first).to_be_visible(timeout=READY)
    name = first.locator("b").inner_text()
    first.click()
    expect(page.locator(".map-drawer [data-card-heading]")).to_have_text(name, timeout=READY)
    return name


def test_layers_colours_cards_and_floors(enter: Enter) -> None:
    visitor = enter()
    visitor.sign_in_as("operator")
    page = open_map(visitor)
    expect(page.locator(".map-scale li")).to_have_count(5)
    counted = [int(each) for each in page.locator(".map-scale li b").all_inner_texts()]
    assert sum(counted) == 12, "every building of the tiny town has a colour"
    switch(page, "Households")
    expect(page.locator("[data-map-colour='households']")).to_be_visible(timeout=READY)
    for layer in ("Merchants", "On duty", "Public places", "Panoramas"):
        switch(page, layer)
    visitor.check_accessible()
    name = fly_to_a_building(page)
    drawer = page.locator(".map-drawer")
    expect(drawer.locator("#floors")).to_be_visible()
    expect(drawer).to_contain_text("Who answers for it")
    expect(drawer).to_contain_text("Open matters")
    visitor.check_accessible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.wait_for_timeout(1000)  # the flight is over
    middle(page)
    expect(drawer.locator("[data-card-heading]")).to_have_text(name, timeout=READY)


def test_the_keyboard_alone_leads_to_a_card(enter: Enter) -> None:
    visitor = enter()
    visitor.sign_in_as("worker")
    page = open_map(visitor)
    page.get_by_role("searchbox", name=re.compile("Find a place")).focus()
    page.keyboard.type("号楼")
    expect(page.locator(".map-find-list button").first).to_be_visible(timeout=READY)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading = page.locator(".map-drawer [data-card-heading]")
    expect(heading).to_be_focused(timeout=READY)
    page.keyboard.press("Escape")
    expect(page.locator(".map-drawer")).to_be_hidden()


@pytest.mark.parametrize("width", [visitors.PHONE, visitors.DESK])
def test_the_map_fits_in_chinese_and_dark(enter: Enter, width: int) -> None:
    visitor = enter(width, "zh-CN", color_scheme="dark")
    visitor.sign_in_as("head")
    open_map(visitor)
    visitor.check_fits()
    visitor.check_accessible()


def test_without_webgl_the_same_is_a_list_with_a_field_for_the_address(
    enter: Enter, browser_without_webgl: Browser
) -> None:
    visitor = enter(browser=browser_without_webgl)
    visitor.sign_in_as("worker")
    page = visitor.go("/desk/map/")
    expect(page.locator("#map-list")).to_be_visible()
    page.get_by_label("Address, building, grid").fill("号楼")
    page.keyboard.press("Enter")
    expect(page.locator("#map-list li a").first).to_have_attribute("href", re.compile(r"/desk/places/\d+/"))


def test_a_panorama_is_pinned_and_opens_under_the_strict_policy(enter: Enter, tmp_path: Path) -> None:
    visitor = enter()
    visitor.sign_in_as("operator")
    page = visitor.go("/desk/panoramas/new/")
    expect(page.locator("[data-map-ready]")).to_be_visible(timeout=READY)
    page.locator("[data-map]").click(position={"x": 600, "y": 120})
    expect(page.get_by_label("Longitude")).not_to_have_value("")
    page.get_by_label("Picture", exact=False).set_input_files(a_panorama_file(tmp_path))
    page.get_by_label("Name", exact=True).fill("街心广场")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="街心广场").click()
    expect(page.locator("[data-panorama-ready]")).to_be_visible(timeout=READY)
    expect(page.locator(".panorama-compass")).to_have_text("Looking north")
    page.locator(".psv-canvas-container").focus()
    page.keyboard.down("ArrowRight")
    expect(page.locator(".panorama-compass")).not_to_have_text("Looking north", timeout=READY)
    page.keyboard.up("ArrowRight")
    visitor.check_accessible()
    page.goto("/desk/map/")
    expect(page.locator("[data-map-ready]")).to_be_visible(timeout=READY)
    page.get_by_role("searchbox", name=re.compile("Find a place")).fill("街心")
    page.locator(".map-find-list button").first.click()
    expect(page.locator(".map-drawer img")).to_be_visible(timeout=READY)
    expect(page.locator(".map-switch").filter(has_text="Panoramas").locator("input")).to_be_checked()
