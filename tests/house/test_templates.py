"""Pages hold to the strict Content-Security-Policy, and to the htmx attributes that docs/htmx.md lists."""

from __future__ import annotations

import re

from tests.support import source
from tests.support.shapes import ROOT

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script without src": re.compile(r"<script\b(?![^>]*\b(?:src\s*=|type=\"application/json\"))"),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
HTMX = re.compile(r"[\s\"'](hx-[a-z0-9:.-]+)")


def test_nothing_is_inline() -> None:
    wrong = [
        f"{source.name(file)}: {what}"
        for file in source.templates()
        for what, pattern in INLINE.items()
        if pattern.search(file.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_htmx_attributes_are_those_of_the_docs() -> None:
    page = ROOT / "docs" / "htmx.md"
    listed = set(re.findall(r"`(hx-[a-z0-9:.-]+)`", page.read_text(encoding="utf-8")))
    used: dict[str, str] = {}
    for file in [*source.templates(), *source.python("src/mulin")]:
        for attribute in HTMX.findall(file.read_text(encoding="utf-8")):
            used.setdefault(attribute.rstrip(":.-"), source.name(file))
    assert {name: where for name, where in used.items() if name not in listed} == {}
    assert listed - set(used) == set(), "listed, but not in use"
