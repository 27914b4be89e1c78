"""A staff list with a mistake comes in, is corrected, and its people sign in by a printed slip."""

from __future__ import annotations

import io
import re

import pypdf
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Enter
from tests.support import visitors
from tests.support.cast import BUILDING
from tests.support.visitors import Visitor

CHOSEN = "morning-rain-on-tiles-7"


def a_list(*rows: str) -> FilePayload:
    text = "\n".join(["Full name,Name in Latin letters,Role,Area,Phone", *rows])
    return {"name": "staff.csv", "mimeType": "text/csv", "buffer": text.encode()}


def bring(visitor: Visitor, file: FilePayload) -> Page:
    page = visitor.go("/desk/people/list/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="See what it would do").click()
    page.wait_for_load_state()
    return page


def printed(page: Page) -> tuple[str, str]:
    """What stands on the first slip of the list: user name and code."""
    form = page.locator("form[action$='/people/slips/print/']")
    token = form.locator("[name=csrfmiddlewaretoken]").input_value()
    row = page.locator("tr", has_text="hao.xin")
    person = row.locator("[name=person]").input_value()
    answer = page.request.post(
        "/desk/people/slips/print/",
        form={"csrfmiddlewaretoken": token, "person": person},
        headers={"Referer": page.url},
    )
    words = pypdf.PdfReader(io.BytesIO(answer.body())).pages[0].extract_text()
    found = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", words)
    assert found
    return "hao.xin", found[0]


def test_a_list_with_errors_is_corrected_and_somebody_new_signs_in(enter: Enter) -> None:
    clerk = enter()
    clerk.sign_in_as("sysadmin")
    right, wrong = f"郝新,Hao Xin,building_head,{BUILDING},13900001111", "钱多,,Astronaut,,13900001111"
    page = bring(clerk, a_list(right, wrong))
    expect(page.locator("main")).to_contain_text("CSV, row 3, column C")
    clerk.check_accessible()
    clerk.check_fits_every_screen()
    page = bring(clerk, a_list(right))
    expect(page.locator("main")).to_contain_text("hao.xin")
    clerk.check_accessible()
    page.get_by_role("button", name="Take the list in").click()
    page.wait_for_url("**/people/slips/")
    clerk.check_accessible()
    clerk.check_fits_every_screen()
    username, code = printed(page)
    newcomer = enter(visitors.PHONE, "zh-CN")
    page = newcomer.go(f"/desk/first/#username={username}&code={code}")
    expect(page.locator("[name=username]")).to_have_value(username)
    expect(page.locator("[name=code]")).to_have_value(code)
    assert code not in page.url
    newcomer.check_accessible()
    newcomer.check_fits_every_screen()
    page.locator("[name=password]").fill(CHOSEN)
    page.locator("[name=again]").fill(CHOSEN)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/desk/(?!first)"))
    expect(page.locator("main")).to_be_visible()


def test_the_chart_leads_from_the_street_to_a_building(enter: Enter) -> None:
    operator = enter(visitors.PHONE)
    operator.sign_in_as("operator")
    page = operator.go("/desk/chart/")
    operator.check_accessible()
    operator.check_fits_every_screen()
    page.locator(".org-box a.org-name[href*='area=']").first.click()
    page.wait_for_load_state()
    assert page.locator("[aria-current=page]").count()
    for path in ("/desk/takes/", "/desk/takes/grid_worker/", "/desk/people/list/"):
        operator.go(path)
        operator.check_accessible()
        operator.check_fits_every_screen()


def test_a_resident_finds_who_answers_without_a_script(enter: Enter) -> None:
    resident = enter(visitors.PHONE, "zh-CN", java_script_enabled=False)
    page = resident.go("/")
    page.locator("a[href='/who/']").click()
    for name in ("area_12", "area_15", "area_22"):
        page.locator(f"[name={name}]").select_option(BUILDING[: int(name[5:])])
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
    page.locator("button[name=show]").click()
    page.wait_for_url(f"**/who/{BUILDING}/")
    expect(page.locator("main")).to_contain_text("网格员")
    resident.check_fits()
