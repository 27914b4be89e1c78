"""One household, one dossier, in front of a browser: found floor by floor, opened, a number shown, printed, visited."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.support import server, visitors
from tests.support.databases import Home
from tests.support.server import Running


def _somebody_lives_there(home: Home) -> None:
    made = [sys.executable, "-m", "tests.browser.homes"]
    done = subprocess.run(made, env=home.environ(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def town() -> Iterator[Running]:
    """A tiny town in which somebody lives."""
    with server.running(before=_somebody_lives_there) as mulin:
        yield mulin


def test_from_the_building_to_the_household_and_a_number(enter: Enter) -> None:
    worker = enter()
    page = worker.sign_in_as("worker")
    worker.go("/desk/registry/")
    worker.check_accessible()
    worker.check_fits_every_screen()
    page.locator("tbody a").first.click()
    page.wait_for_load_state()
    worker.check_accessible()
    worker.check_fits_every_screen()
    page.locator("a.door").filter(has_text="302").click()
    page.wait_for_url("**/desk/households/*/")
    expect(page.locator("main")).to_contain_text("王秀英")
    expect(page.locator("#care")).to_be_visible()
    worker.check_accessible()
    worker.check_fits_every_screen()
    phone = page.locator("#members dd").filter(has_text="139****0001")
    phone.locator("summary").click()
    phone.locator("select").select_option("contact")
    phone.locator("button[type=submit]").click()
    expect(page.locator("#members")).to_contain_text("13900000001")
    page.reload()
    expect(page.locator("#members")).not_to_contain_text("13900000001")


def test_on_a_phone_without_a_script_in_chinese(enter: Enter) -> None:
    worker = enter(visitors.PHONE, "zh-CN", java_script_enabled=False)
    page = worker.sign_in_as("worker")
    worker.go("/desk/registry/households/")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/desk/households/*/")
    expect(page.locator("main")).to_contain_text("李建国")
    page.locator("#members a[href*='street-residents']").first.click()
    page.wait_for_url("**/desk/street-residents/*/")
    expect(page.locator("h1")).to_have_text(re.compile("王秀英|李建国"))


def test_the_dossier_is_printed_and_a_cadre_is_named(enter: Enter) -> None:
    head = enter()
    page = head.sign_in_as("head")
    head.go("/desk/registry/residents/")
    page.fill("#q", "秀英")
    page.press("#q", "Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").first.click()
    page.wait_for_url("**/desk/street-residents/*/")
    head.check_accessible()
    head.check_fits_every_screen()
    page.locator("#residences a").first.click()
    page.wait_for_url("**/desk/households/*/")
    page.locator("#duties select").select_option(index=1)
    page.locator("#duties button[type=submit]").click()
    expect(page.locator("#duties li")).to_have_count(1)
    form = page.locator("form[action$='/print/']")
    answer = page.request.post(
        str(form.evaluate("form => form.action")),
        form={
            "csrfmiddlewaretoken": form.locator("[name=csrfmiddlewaretoken]").get_attribute("value") or "",
            "purpose": "duty",
        },
        headers={"Referer": page.url},
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_a_visit_is_recorded_at_the_door_and_a_matter_raised_from_it(enter: Enter) -> None:
    worker = enter(visitors.PHONE)
    page = worker.sign_in_as("worker")
    worker.go("/desk/visits/")
    page.locator("#needs a").first.click()
    page.wait_for_url("**/desk/visits/record/household/*/")
    worker.check_accessible()
    worker.check_fits()
    page.locator('#right input[name="marks"]').first.check()
    page.fill('[name="said"]', "She would like a handrail.")
    page.get_by_role("button", name="Record the visit").click()
    expect(page.locator("#said")).to_contain_text("handrail")
    page.get_by_role("link", name="A matter came up").click()
    worker.check_accessible()
    worker.check_fits()
    page.locator('[name="type"]').select_option(index=1)
    page.fill('[name="text"]', "The stairs have no handrail.")
    page.get_by_role("button", name="Raise the matter").click()
    expect(page.locator("#matters a")).to_contain_text("no handrail")
