"""The harness of the browser tests sees what goes wrong on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.support import visitors
from tests.support.visitors import Visitor

HEAD = (
    "<!doctype html><html lang='en'><title>A page</title><meta name='viewport' content='width=device-width'>"
)
PAGES = {
    "/good": "<main><h1>Good</h1></main>",
    "/inline": "<main><h1 style='color:red'>Inline</h1></main>",
    "/throws": "<main><h1>Throws</h1></main><script src='/throws.js'></script>",
    "/unnamed": "<main><h1>Unnamed</h1><input></main>",
    "/wide": "<main><h1>Wide</h1><img alt='' width='2000' height='1'></main>",
    "/favicon.ico": "",
    "/throws.js": "throw new Error('broken')",
}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(500 if body is None else 200)
        script = self.path.endswith(".js")
        self.send_header("Content-Type", "text/javascript" if script else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:")
        self.end_headers()
        self.wfile.write(((body or "") if script else HEAD + (body or "")).encode())

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def someone(browser: Browser, address: str) -> Iterator[Visitor]:
    visitor = visitors.enter(browser, address, visitors.PHONE)
    yield visitor
    visitor.context.close()


def test_a_good_page_passes(someone: Visitor) -> None:
    someone.go("/good")
    someone.check_accessible()
    someone.check_fits()
    assert someone.problems == []


@pytest.mark.parametrize(
    ("path", "words"),
    [("/inline", "Content Security Policy"), ("/throws", "broken"), ("/nowhere", "500 from")],
)
def test_what_goes_wrong_is_noted(someone: Visitor, path: str, words: str) -> None:
    someone.go(path)
    someone.page.wait_for_load_state("networkidle")
    assert any(words in problem for problem in someone.problems), someone.problems
    someone.forgive(words)


def test_an_input_without_a_name_is_not_accessible(someone: Visitor) -> None:
    someone.go("/unnamed")
    with pytest.raises(AssertionError, match="label"):
        someone.check_accessible()


def test_a_page_wider_than_the_phone_does_not_fit(someone: Visitor) -> None:
    someone.go("/wide")
    with pytest.raises(AssertionError, match="too wide"):
        someone.check_fits()
