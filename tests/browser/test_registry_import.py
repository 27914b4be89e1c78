"""Somebody takes a list of homes in, in which there are errors and people who are known, and takes it back."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mulin.kernel.checkdigits import identity_check
from mulin.kernel.sheets import Out, write
from tests.browser.conftest import Enter
from tests.support import server
from tests.support.databases import Home
from tests.support.server import Running

TITLES = ("所属网格", "楼栋", "单元", "门牌号", "姓名", "与户主关系", "证件号码", "出生日期", "联系电话")


_WHERE: list[str] = []  # the building and the entrance of the household that there is
_ASK = """
from mulin.commands import start
start.django()
from mulin.registry.face import Dwelling
place = Dwelling.objects.get(number="302").place
print(place[:22], place[22:].lstrip("0"))
"""


def _run(home: Home, *command: str) -> str:
    made = subprocess.run([sys.executable, *command], env=home.environ(), capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return made.stdout


def _somebody_lives_there(home: Home) -> None:
    _run(home, "-m", "tests.browser.homes")
    _WHERE[:] = [*_run(home, "-c", _ASK).split(), ""][:2]


@pytest.fixture(scope="module")
def town() -> Iterator[Running]:
    """A tiny town in which somebody lives."""
    with server.running(before=_somebody_lives_there) as mulin:
        yield mulin


def a_document(serial: int) -> str:
    first = f"99040219800517{serial:03d}"
    return first + identity_check(first)


def _wrong(number: str) -> str:
    """With another last digit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def a_list(folder: Path, building: str, unit: str) -> Path:
    """Two who are right, one with a wrong digit, one who lives there already."""
    rows = [
        ("", building, unit, "1801", "周一新", "户主", a_document(1), "", "13900000011"),
        ("", building, unit, "1801", "周二新", "儿子", a_document(3), "", ""),
        ("", building, unit, "1802", "周三错", "户主", _wrong(a_document(5)), "", ""),
        ("", building, unit, "302", "王秀英", "户主", "", "1948-03-05", "13900000012"),
    ]
    file = folder / "居民名单.xlsx"
    file.write_bytes(write([Out("居民", TITLES, rows)]))
    return file


def looked_at(page: Page) -> None:
    """The dry run is long work: one looks again."""
    main = page.locator("main")
    for _ in range(60):
        if main.get_by_role("heading", name="Take it in").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(main).to_contain_text("Take it in")


def done(page: Page, words: str) -> None:
    expect(page).to_have_url(re.compile("/desk/jobs/"))
    expect(page.locator("main")).to_contain_text(words, timeout=60_000)


def test_a_list_with_errors_is_taken_in_and_taken_back(enter: Enter, tmp_path: Path) -> None:
    operator = enter()
    operator.sign_in_as("operator")
    page = operator.go("/desk/registry/intakes/")
    operator.check_accessible()
    operator.check_fits_every_screen()
    page.get_by_label("File with the list").set_input_files(a_list(tmp_path, *_WHERE))
    page.get_by_label("Enter doors that are not in the registry yet").check(force=True)
    page.get_by_role("button", name="Upload and check it").click()
    looked_at(page)
    main = page.locator("main")
    expect(main).to_contain_text("居民, row 4, column G")
    expect(main).to_contain_text("This document number is not right")
    expect(main).to_contain_text("王**")
    operator.check_accessible()
    operator.check_fits_every_screen()
    page.get_by_role("button", name="Take the list in").click()
    expect(main).to_contain_text("Some rows are wrong")
    operator.forgive("422")
    page.get_by_label("Leave out the rows that are wrong").check(force=True)
    page.get_by_role("button", name="Take the list in").click()
    done(page, "Taken in: 2.")
    operator.go("/desk/registry/intakes/").get_by_role("link", name="居民名单.xlsx").click()
    page.locator("summary", has_text="Take all of it back").click()
    page.get_by_role("button", name="Take all of it back").click()
    done(page, "Taken back: 4 records")
