"""People at a browser. Whatever goes wrong on their screen fails the test, seen or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.support.environment import BUILT

PHONE, TABLET, DESK = 360, 768, 1440
_HEIGHTS = {PHONE: 740, TABLET: 1024, DESK: 900}
_TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PICTURES = BUILT / "pictures"


@dataclass
class Visitor:
    """One person with a browser of their own: own cookies, language, screen."""

    context: BrowserContext
    page: Page
    problems: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def sign_in_as(self, username: str) -> Page:
        """Be somebody of the demo's cast: worker, head, operator, handler, checker …"""
        self.go("/desk/sign-in/")
        self.page.locator(f'button[name="username"][value="{username}"]').click()
        self.page.wait_for_load_state()
        return self.page

    def forgive(self, part: str) -> None:
        """Forget problems that this test provokes: those with these words, of which there must be some."""
        kept = [problem for problem in self.problems if part not in problem]
        assert len(kept) < len(self.problems), f"nothing to forgive like {part!r} in {self.problems}"
        self.problems[:] = kept

    def check_accessible(self) -> None:
        """WCAG 2.2 AA, as far as a machine can tell."""
        found = Axe().run(self.page, options={"runOnly": _WCAG}).response["violations"]
        wrong = [f"{each['id']}: {each['help']}: {_where(each)}" for each in found]
        assert wrong == [], f"at {self.page.url}:\n" + "\n".join(wrong)

    def check_fits(self) -> None:
        """Nothing makes the page wider than the screen."""
        wider = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{self.page.url} is {wider} px too wide at {self.page.viewport_size}"

    def check_fits_every_screen(self) -> None:
        """From the phone to the desk, without loading the page again."""
        before = self.page.viewport_size
        assert before
        for width, height in _HEIGHTS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate(_TWO_FRAMES)  # what follows the screen by script has followed
            self.check_fits()
        self.page.set_viewport_size(before)

    def picture(self, name: str, *, whole: bool = False) -> Path:
        file = PICTURES / f"{name}.png"
        self.page.screenshot(path=file, full_page=whole, animations="disabled")
        return file


def enter(browser: Browser, url: str, width: int = DESK, language: str = "en", **more: Any) -> Visitor:
    """Open a browser window; `more` goes to Playwright: java_script_enabled, color_scheme, geolocation …"""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": _HEIGHTS.get(width, 900)},
        locale=language,
        timezone_id="Asia/Shanghai",
        has_touch=width < DESK,
        **more,
    )
    context.set_default_timeout(15_000)
    visitor = Visitor(context, context.new_page())
    context.on("console", lambda message: _note_message(visitor, message))
    context.on("weberror", lambda error: visitor.problems.append(f"script error: {error.error}"))
    context.on("response", lambda response: _note_response(visitor, response))
    return visitor


def _note_message(visitor: Visitor, message: ConsoleMessage) -> None:
    # What the Content-Security-Policy refuses is an error on the console, too.
    if message.type == "error":
        visitor.problems.append(f"console: {message.text} ({message.location.get('url')})")


def _note_response(visitor: Visitor, response: Response) -> None:
    if response.status >= 500:
        visitor.problems.append(f"{response.status} from {response.url}")


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
