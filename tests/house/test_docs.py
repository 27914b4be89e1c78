"""The documents say what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.api.client import Program, said
from tests.support import source
from tests.support.shapes import ROOT
from tools import flow_doc

DECISIONS = ROOT / "docs" / "decisions"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PAGES = [file for file in source.files() if file.suffix == ".md" and "node_modules" not in file.parts]


def test_the_flow_page_is_made_from_the_rules() -> None:
    there = flow_doc.PAGE.read_text(encoding="utf-8")
    assert there == flow_doc.made(), "run `.venv/bin/python -m tools.flow_doc`"


def test_every_decision_is_listed() -> None:
    listed = set(LINK.findall((DECISIONS / "README.md").read_text(encoding="utf-8")))
    assert listed == {file.name for file in DECISIONS.glob("*.md")} - {"README.md"}


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_the_example_of_the_api_page_raises_a_matter() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    body = json.loads(re.findall(r"-d '(.*?)'", page, re.DOTALL)[0])
    answer = Program("operator", "zh-Hans").post("/matters", body, key="lamp-7731")
    assert answer.status_code == 201, answer.content
    assert {"number", "code", "promise_at", "matter"} <= set(said(answer))


@pytest.mark.parametrize("page", PAGES, ids=source.name)
def test_what_is_linked_is_there(page: Path) -> None:
    """Within the repository: nothing outside of it belongs to a page, and no address is asked."""
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
