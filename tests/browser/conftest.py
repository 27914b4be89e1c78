"""A running Mulin, and people with browsers in front of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.support import chromium, server, visitors
from tests.support.server import Running
from tests.support.visitors import Visitor

# Playwright's loop runs in this thread; Django would take a look into the database for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

Enter = Callable[..., Visitor]
_FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="module")
def town() -> Iterator[Running]:
    """A Mulin with a tiny town of this module's own."""
    with server.running() as mulin:
        yield mulin


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    window = launch(playwright)
    yield window
    window.close()


@pytest.fixture(scope="session")
def browser_without_webgl(playwright: Playwright) -> Iterator[Browser]:
    window = launch(playwright, "--disable-3d-apis")
    yield window
    window.close()


@pytest.fixture
def enter(request: pytest.FixtureRequest, town: Running, browser: Browser) -> Iterator[Enter]:
    """Opens a window for one more person: `enter(visitors.PHONE, "zh-CN", java_script_enabled=False)`."""
    came: list[Visitor] = []

    def one_more(width: int = visitors.DESK, language: str = "en", **more: Any) -> Visitor:
        came.append(visitors.enter(more.pop("browser", browser), town.url, width, language, **more))
        return came[-1]

    yield one_more
    for number, visitor in enumerate(came):
        if request.node.stash.get(_FAILED, False):
            visitor.picture(f"{request.node.name}-{number}")
        visitor.context.close()
    problems = [problem for visitor in came for problem in visitor.problems]
    assert problems == [], "something went wrong on a screen"


@pytest.fixture
def visitor(enter: Enter) -> Visitor:
    """A person at a desk who reads English."""
    return enter()


def launch(playwright: Playwright, *more: str) -> Browser:
    # Playwright starts it without its sandbox, which root and containers cannot have: it sees our pages only.
    return playwright.chromium.launch(executable_path=chromium.ensure(), args=[*chromium.FLAGS, *more])
