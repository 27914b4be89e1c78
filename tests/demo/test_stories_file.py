"""The invented texts of the demo: enough for every entry of the matter list, both languages, nobody real."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2] / "src/mulin"
STORIES: dict[str, Any] = json.loads((ROOT / "demo/data/stories.json").read_text(encoding="utf-8"))
LIST: dict[str, Any] = json.loads((ROOT / "matters/data/matter_types.json").read_text(encoding="utf-8"))
LEAVES: dict[str, dict[str, Any]] = {row["code"]: row for row in LIST["types"] if row["level"] == 3}
TYPES: dict[str, dict[str, Any]] = STORIES["types"]
ACTS: dict[str, list[dict[str, Any]]] = STORIES["acts"]
POOLS: dict[str, list[dict[str, Any]]] = {
    **ACTS,
    **{f"outcome {name}": lines for name, lines in STORIES["outcomes"].items()},
    **{f"rating {name}": lines for name, lines in STORIES["ratings"].items()},
}

PLACEHOLDERS = {"place", "building", "unit", "street", "shop"}
OUTCOMES = {"solved", "not_ours", "not_feasible", "settled_by_itself", "duplicate"}
PLACEHOLDER = re.compile(r"\{([^}]*)\}")
CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
HAN = re.compile(r"[\u4e00-\u9fff]")
LONG_NUMBER = re.compile(r"\d{5,}")
NOT_HERE = re.compile(r"信访|上访|宗教|选举|petition|religio|election", re.IGNORECASE)
# Acts that not every kind of matter knows: nobody settles a fire on the spot.
NOT_FOR_URGENT = {"settle"}


def _lines() -> Iterator[tuple[str, dict[str, Any]]]:
    for code, story in TYPES.items():
        yield from ((code, line) for line in story["reports"])
    for name, lines in POOLS.items():
        yield from ((name, line) for line in lines)
    yield from (("returns", line) for line in STORIES["returns"])


def _shown(line: dict[str, Any], language: str) -> str:
    values = STORIES["placeholders"]
    return PLACEHOLDER.sub(lambda found: str(values[found[1]][language]), line[language])


def fits(line: dict[str, Any], code: str) -> bool:
    """Whether a line of a pool may be said of a matter of this type."""
    of_manner = line.get("manner", TYPES[code]["manner"]) == TYPES[code]["manner"]
    return of_manner and code.startswith(tuple(line.get("types", [""])))


def test_the_file_says_what_it_is() -> None:
    assert list(STORIES) == [
        "version", "note_zh", "note_en", "placeholders", "where", "manners", "types", "acts", "returns", "outcomes",
        "ratings",
    ]  # fmt: skip
    assert set(STORIES["placeholders"]) == PLACEHOLDERS
    assert STORIES["where"] == ["residential", "street", "shop", "school", "market", "park"]
    assert set(STORIES["outcomes"]) == OUTCOMES
    assert set(STORIES["ratings"]) == {"1", "2", "3", "4", "5"}


def test_every_entry_of_the_matter_list_has_its_stories() -> None:
    assert list(TYPES) == sorted(LEAVES)


@pytest.mark.parametrize("code", TYPES)
def test_when_and_where(code: str) -> None:
    story = TYPES[code]
    assert set(story) == {"manner", "weight", "months", "hours", "where", "reports"}
    assert story["manner"] in STORIES["manners"]
    assert 0 < story["weight"] <= 20
    for field, length in (("months", 12), ("hours", 24), ("where", len(STORIES["where"]))):
        assert len(story[field]) == length
        assert all(isinstance(each, int) and each >= 0 for each in story[field])
        assert sum(story[field]) > 0


@pytest.mark.parametrize("code", TYPES)
def test_reports(code: str) -> None:
    reports = TYPES[code]["reports"]
    assert len(reports) >= 6
    for line in reports:
        assert set(line) == {"zh", "en"}
        assert 20 <= len(_shown(line, "zh")) <= 80, line["zh"]
        assert 30 <= len(_shown(line, "en")) <= 250, line["en"]


def test_placeholders_are_known_and_the_same_in_both_languages() -> None:
    for name, line in _lines():
        zh, en = (set(PLACEHOLDER.findall(line[language])) for language in ("zh", "en"))
        assert zh == en <= PLACEHOLDERS, (name, line)
        assert "unit" not in zh or "building" in zh, (name, line)
        assert name in TYPES or not zh, (name, line)


def test_each_text_is_in_its_language() -> None:
    for name, line in _lines():
        assert HAN.search(line["zh"]), (name, line)
        assert line["en"] == line["en"].strip() != "", (name, line)
        assert not CJK.search(line["en"]), (name, line)


def test_no_text_is_there_twice() -> None:
    for language in ("zh", "en"):
        reports = [line for story in TYPES.values() for line in story["reports"]]
        for lines in [reports, *POOLS.values(), STORIES["returns"]]:
            counts = Counter(line[language] for line in lines)
            assert [text for text, count in counts.items() if count > 1] == []


def test_nobody_real_and_nothing_that_does_not_belong_here() -> None:
    for name, line in _lines():
        both = line["zh"] + line["en"]
        assert not LONG_NUMBER.search(both), (name, line)
        assert not NOT_HERE.search(both), (name, line)


def test_lines_of_the_pools_are_well_formed() -> None:
    for name, lines in POOLS.items():
        for line in lines:
            assert {"zh", "en"} <= set(line) <= {"zh", "en", "manner", "types"}, (name, line)
            assert line.get("manner", "scene") in STORIES["manners"], (name, line)
            assert any(fits(line, code) for code in LEAVES), (name, line)
            for prefix in line.get("types", []):
                assert any(code.startswith(prefix) for code in LEAVES), (name, line)


@pytest.mark.parametrize("name", POOLS)
def test_every_type_finds_something_to_say(name: str) -> None:
    silent = [code for code in LEAVES if not any(fits(line, code) for line in POOLS[name])]
    if name in NOT_FOR_URGENT:
        silent = [code for code in silent if not LEAVES[code]["urgent"]]
    assert silent == []


def test_every_type_has_its_own_replies() -> None:
    own = Counter(code for line in ACTS["hand_in"] if "types" in line for code in LEAVES if fits(line, code))
    assert [code for code in LEAVES if own[code] < 2] == []


def test_returns_name_who_it_belongs_to() -> None:
    handlers = {each for row in LEAVES.values() for each in row["handlers"]}
    for line in STORIES["returns"]:
        assert set(line) == {"from", "to", "zh", "en"}
        assert {line["from"], line["to"]} <= handlers, line
        assert line["from"] != line["to"], line
    assert {line["from"] for line in STORIES["returns"]} >= handlers
