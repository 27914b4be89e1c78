"""Takes the pictures of docs/screens again, from a running demo: `make screens`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.support import chromium, environment, server, visitors
from tests.support.shapes import ROOT, Shape
from tests.support.visitors import DESK, PHONE, TABLET, Visitor

FOLDER = ROOT / "docs" / "screens"
QUALITY = 80


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, how wide, in which language, and how they get there."""

    name: str
    path: str
    width: int = DESK
    language: str = "en"
    who: str = ""
    dark: bool = False
    then: Callable[[Visitor], None] | None = None


def _first_matter(visitor: Visitor) -> None:
    visitor.page.locator('main a[href^="/desk/matters/"]:not([href*="/new/"])').first.click()
    visitor.page.wait_for_load_state("networkidle")


SHOTS = (
    Shot("portal-phone-en", "/", PHONE),
    Shot("portal-phone-zh", "/", PHONE, "zh-CN"),
    Shot("report-phone-zh", "/report/", PHONE, "zh-CN"),
    Shot("public-map-tablet-en", "/map/", TABLET),
    Shot("sign-in-desk-zh", "/desk/sign-in/", DESK, "zh-CN"),
    Shot("queue-desk-en", "/desk/", DESK, who="operator"),
    Shot("queue-phone-zh", "/desk/", PHONE, "zh-CN", who="worker"),
    Shot("queue-tablet-dark-zh", "/desk/", TABLET, "zh-CN", who="head", dark=True),
    Shot("matter-desk-en", "/desk/", DESK, who="operator", then=_first_matter),
    Shot("matter-desk-zh", "/desk/", DESK, "zh-CN", who="operator", then=_first_matter),
    Shot("matter-phone-zh", "/desk/", PHONE, "zh-CN", who="worker", then=_first_matter),
    Shot("map-desk-zh", "/desk/map/", DESK, "zh-CN", who="director"),
    Shot("people-desk-en", "/desk/people/", DESK, who="sysadmin"),
)


def take(browser: Browser, url: str, shot: Shot) -> list[str]:
    """Store one picture; what went wrong on that screen."""
    scheme = "dark" if shot.dark else "light"
    visitor = visitors.enter(browser, url, shot.width, shot.language, color_scheme=scheme)
    if shot.who:
        visitor.sign_in_as(shot.who)
    visitor.go(shot.path).wait_for_load_state("networkidle")
    if shot.then:
        shot.then(visitor)
    _compress(visitor.picture(shot.name), FOLDER / f"{shot.name}.webp")
    visitor.context.close()
    return [f"{shot.name}: {problem}" for problem in visitor.problems]


def _compress(picture: Path, target: Path) -> None:
    with Image.open(picture) as image:
        image.convert("RGB").save(target, "WEBP", quality=QUALITY, method=6)


def main(names: list[str]) -> int:
    environment.prepare()
    FOLDER.mkdir(parents=True, exist_ok=True)
    chosen = [shot for shot in SHOTS if not names or shot.name in names]
    with server.running(Shape.FULL) as mulin, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.ensure(), args=list(chromium.FLAGS))
        problems = [problem for shot in chosen for problem in take(browser, mulin.url, shot)]
        browser.close()
    print("\n".join([*problems, f"{len(chosen)} pictures in {FOLDER.relative_to(ROOT)}"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
