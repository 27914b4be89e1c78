"""Somebody takes over last year's list in which there are errors, and takes it back."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from mulin.kernel.sheets import Out, write
from tests.browser.conftest import Enter

TITLES = ("编号", "类别", "问题描述", "社区", "受理时间", "办结时间", "是否解决", "办理情况", "联系电话")
GOOD = (
    "A-1",
    "路灯",
    "路口的灯不亮",
    "长乐居委会",
    "2025-06-03 09:20",
    "2025/6/5",
    "是",
    "换了灯泡",
    "13800001234",
)


def a_list(folder: Path) -> Path:
    """One row is right once its kind is explained, one has no date, one lies in no place of ours."""
    rows = [GOOD, ("A-2", *GOOD[1:5], "昨天", *GOOD[6:]), ("A-3", *GOOD[1:3], "别处", *GOOD[4:])]
    file = folder / "2025年台账.xlsx"
    file.write_bytes(write([Out("台账", TITLES, rows)]))
    return file


def done(page: Page, words: str) -> None:
    """Its bar fills while one looks on."""
    expect(page).to_have_url(re.compile("/desk/jobs/"))
    expect(page.locator("main")).to_contain_text(words, timeout=30_000)


def test_a_list_with_errors_is_taken_over_and_taken_back(enter: Enter, tmp_path: Path) -> None:
    operator = enter()
    operator.sign_in_as("operator")
    page = operator.go("/desk/imports/")
    operator.check_accessible()
    page.get_by_label("List of former matters").set_input_files(a_list(tmp_path))
    page.get_by_role("button", name="Upload and look at it").click()
    main = page.locator("main")
    expect(main).to_contain_text("“昨天” is no date that can be read")
    expect(main).to_contain_text("台账, row 4, column D")
    operator.check_accessible()
    operator.check_fits_every_screen()
    kind = page.get_by_label(re.compile("Kind “路灯”"))
    kind.select_option(label=kind.locator("option", has_text="010301").inner_text())
    page.get_by_role("button", name="That is what they mean").click()
    page.get_by_role("button", name="Take over 1 matter").click()
    expect(main).to_contain_text("Some rows are wrong")
    operator.forgive("422")
    page.get_by_label("Leave out the rows that are wrong").check(force=True)
    page.get_by_role("button", name="Take over 1 matter").click()
    done(page, "Taken over: 1 matters. Left out: 2 rows.")
    operator.go("/desk/search/?q=" + "路口的灯不亮")
    page.get_by_role("link", name="路口的灯不亮").click()
    expect(main).to_contain_text("Taken over from a former list")
    operator.go("/desk/imports/").get_by_role("link", name="2025年台账.xlsx").click()
    page.locator("summary", has_text="Take all of it back").click()
    page.get_by_role("button", name="Take all of it back").click()
    done(page, "Taken back: 1 matters")
