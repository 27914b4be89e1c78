"""The machine is gone. What is left: last night's backup on another disk, and the key sheet from the safe."""

from __future__ import annotations

import subprocess
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.support import databases, server, visitors
from tests.support.databases import Home
from tests.support.server import MULIN
from tests.support.shapes import Shape


def mulin(home: Home, *arguments: str) -> str:
    done = subprocess.run([MULIN, *arguments], env=home.environ(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_town_comes_back_on_an_empty_machine(browser: Browser, tmp_path: Path) -> None:
    lost = databases.copy("sqlite", shape=Shape.LIVE)
    archive, sheet = tmp_path / "town.tar", tmp_path / "typed.txt"
    sheet.write_text(mulin(lost, "keys", "sheet"), encoding="utf-8")
    mulin(lost, "backup", str(archive))
    databases.drop(lost)

    machine = Home(tmp_path / "machine", "sqlite")
    assert "Restored: " in mulin(machine, "restore", str(archive), "--key-sheet", str(sheet))
    with server.serving(machine, MULIN_DEMO="1") as town:
        visitor = visitors.enter(browser, town.url)
        page = visitor.sign_in_as("head")
        page.locator("tr.row-link a, [data-row] a").first.click()
        expect(page.locator("h1")).to_be_visible()
        shown = page.locator("form[action$='/contact/'] button[type=submit]")
        if shown.count():  # the keys that were typed in open a telephone number
            shown.first.click()
            page.wait_for_load_state()
        visitor.check_accessible()
        assert visitor.problems == []
        visitor.context.close()
