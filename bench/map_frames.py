"""How smoothly the one map moves, and how soon it means something, in headless Chromium.

`python -m bench.map_frames URL USERNAME` opens a demo town that is served already, as somebody of its cast. It says
when the page's words were painted and when borders, buildings and their colours stood; then it drags and zooms the map
and counts frames. The floor is an empty page of the same browser that counts frames for as long.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.support import chromium

COUNT = """milliseconds => new Promise(done => {
  const begun = performance.now(); const gaps = []; let last = begun;
  const step = now => { gaps.push(now - last); last = now;
    if (now - begun < milliseconds) requestAnimationFrame(step); else done(gaps.slice(1)); };
  requestAnimationFrame(step); })"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
SECONDS = 4


def main() -> None:
    url, username = sys.argv[1], sys.argv[2]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.ensure(), args=[*chromium.FLAGS])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=url)
        page.set_default_timeout(120_000)
        page.goto("/desk/sign-in/")
        page.locator(f'button[name="username"][value="{username}"]').click()
        page.wait_for_load_state()
        for kept in ("cold", "again"):
            print(kept, _opened(page), f"load {os.getloadavg()[0]:.1f}")
        _show_all(page)
        print("moving", _moved(page))
        print("floor", _frames(browser.new_page(), lambda _page: None))
        browser.close()


def _opened(page: Page) -> str:
    page.goto("/desk/map/")
    page.locator("[data-map-drawn]").wait_for()
    drawn = page.evaluate("performance.now()")
    page.locator("[data-map-ready]").wait_for()
    ready = page.evaluate("performance.now()")
    return f"words {page.evaluate(PAINTED):.0f} ms, borders {drawn:.0f} ms, everything {ready:.0f} ms"


def _show_all(page: Page) -> None:
    """Every layer there is: the switches that are off."""
    page.evaluate(
        "document.querySelectorAll('.map-panel input[type=checkbox]:not(:checked)').forEach(each => each.click())"
    )
    page.wait_for_load_state("networkidle")


def _moved(page: Page) -> str:
    return _frames(page, _drag)


def _drag(page: Page) -> None:
    for way in (1, -1, 1, -1):
        page.mouse.move(700, 600)
        page.mouse.down()
        page.mouse.move(700 + way * 250, 600 + way * 80, steps=12)
        page.mouse.up()
        page.mouse.wheel(0, -way * 300)


def _frames(page: Page, act: Any) -> str:
    counting = page.evaluate_handle(
        f"() => {{ const run = {COUNT}; return {{ gaps: run({SECONDS * 1000}) }}; }}"
    )
    act(page)
    gaps = sorted(counting.evaluate("run => run.gaps"))
    worst = gaps[int(len(gaps) * 0.95)]
    rate, middle = len(gaps) / SECONDS, gaps[len(gaps) // 2]
    return f"{rate:.0f} frames a second, middle {middle:.0f} ms, 95 % within {worst:.0f} ms"


if __name__ == "__main__":
    main()
