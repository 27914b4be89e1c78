"""The public matter list as a file: whole, in both languages, and careful with danger words."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / "src/mulin/matters/data/matter_types.json"
LIST: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
ROWS: list[dict[str, Any]] = LIST["types"]
BY_CODE = {row["code"]: row for row in ROWS}
LEAVES = [row for row in ROWS if row["level"] == 3]
GROUPS = [row for row in ROWS if row["level"] < 3]

GROUP_FIELDS = {"code", "parent", "level", "name_zh", "name_en", "hint_zh", "hint_en"}
LEAF_FIELDS = GROUP_FIELDS | {
    "words", "family", "start_level", "network", "urgent", "danger", "public", "to_grids", "handlers", "limits",
    "filing_zh", "filing_en", "closing_zh", "closing_en", "recurrence_days", "source",
}  # fmt: skip
TEXTS = ("name", "hint", "filing", "closing")
NUMBERS = {"110", "119", "120", "122"}
HANDLERS = {
    "committee", "property", "urban_management", "police", "housing", "emergency", "sanitation", "market", "fire",
    "civil_affairs", "water", "environment", "health", "transport", "gas", "power", "gardens", "telecom", "heating",
    "labour",
}  # fmt: skip
CHOICES: dict[str, set[Any]] = {
    "family": {"base", "production", "commercial"},
    "start_level": {"grid", "village", "town"},
    "network": {"party", "livelihood", "prevention", "safety", "civilisation"},
    "urgent": {True, False},
    "public": {True, False},
    "to_grids": {True, False},
    "danger": NUMBERS | {None},
}
WORKING_HOURS = {"workhour": 1, "workday": 8}
CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
HAN = re.compile(r"[\u4e00-\u9fff]")


def _codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


def _hours(limit: list[Any]) -> int:
    amount, unit = limit
    return int(amount) if unit == "hour" else int(amount) * WORKING_HOURS[unit]


def called(text: str) -> set[str]:
    """The numbers that a text reminds one to call, by the rule written in the file."""
    return {entry["number"] for entry in LIST["danger_words"] if _hit(text.lower(), entry)}


def _hit(text: str, entry: dict[str, Any]) -> bool:
    for phrase in sorted(entry["except_zh"], key=len, reverse=True):
        text = text.replace(phrase, " ")
    for phrase in sorted(entry["except_en"], key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(phrase)}\b", " ", text)
    said = any(word in text for word in entry["zh"])
    return said or any(re.search(rf"\b{re.escape(word)}\b", text) for word in entry["en"])


def test_the_list_says_what_it_is() -> None:
    assert list(LIST) == [
        "version", "note_zh", "note_en", "types", "words_note_zh", "words_note_en", "danger_note_zh",
        "danger_note_en", "danger_words",
    ]  # fmt: skip
    assert "示例" in LIST["note_zh"]
    assert "samples" in LIST["note_en"]


def test_codes_are_unique_sorted_and_say_their_level() -> None:
    codes = _codes(ROWS)
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"(\d\d){1,3}", code) for code in codes)
    assert [row["code"] for row in ROWS if row["level"] != len(row["code"]) // 2] == []


def test_every_row_hangs_on_the_one_above() -> None:
    wrong = [row["code"] for row in ROWS if row["parent"] != (row["code"][:-2] or None)]
    assert wrong == []
    assert [row["code"] for row in ROWS if row["parent"] and row["parent"] not in BY_CODE] == []
    childless = {row["code"] for row in GROUPS} - {row["parent"] for row in ROWS}
    assert childless == set()


def test_every_row_has_its_fields_and_no_other() -> None:
    assert [row["code"] for row in GROUPS if set(row) != GROUP_FIELDS] == []
    assert [row["code"] for row in LEAVES if set(row) != LEAF_FIELDS] == []


@pytest.mark.parametrize("row", ROWS, ids=_codes(ROWS))
def test_both_languages(row: dict[str, Any]) -> None:
    for field in TEXTS if row["level"] == 3 else TEXTS[:2]:
        assert HAN.search(row[f"{field}_zh"])
        assert row[f"{field}_en"].strip()
        assert not CJK.search(row[f"{field}_en"])


@pytest.mark.parametrize("field", ["name_zh", "name_en"])
def test_names_are_unique(field: str) -> None:
    assert [name for name, count in Counter(row[field] for row in LEAVES).items() if count > 1] == []


@pytest.mark.parametrize("row", LEAVES, ids=_codes(LEAVES))
def test_choices(row: dict[str, Any]) -> None:
    for field, allowed in CHOICES.items():
        assert row[field] in allowed, field
    assert row["handlers"]
    assert len(set(row["handlers"])) == len(row["handlers"])
    assert set(row["handlers"]) <= HANDLERS
    assert isinstance(row["recurrence_days"], int)
    assert 1 <= row["recurrence_days"] <= 365
    assert row["source"]


@pytest.mark.parametrize("row", LEAVES, ids=_codes(LEAVES))
def test_limits(row: dict[str, Any]) -> None:
    assert set(row["limits"]) == {"promise", "handle"}
    for amount, unit in row["limits"].values():
        assert isinstance(amount, int)
        assert 1 <= amount <= 365
        assert unit in ({"hour"} if row["urgent"] else set(WORKING_HOURS))
    assert _hours(row["limits"]["promise"]) > _hours(row["limits"]["handle"])


@pytest.mark.parametrize("row", LEAVES, ids=_codes(LEAVES))
def test_words(row: dict[str, Any]) -> None:
    words = row["words"]
    assert len(words) == len(set(words))
    assert all(word == word.strip().lower() and len(word) > 0 for word in words)
    han = [word for word in words if HAN.search(word)]
    assert len(han) >= 4
    assert len(words) - len(han) >= 4
    assert not any(CJK.search(word) for word in words if word not in han)


def test_emergencies_start_at_the_town_round_the_clock() -> None:
    dangers = [row for row in LEAVES if row["danger"]]
    assert {row["danger"] for row in dangers} == NUMBERS
    assert [row["code"] for row in dangers if not row["urgent"] or row["start_level"] != "town"] == []


def test_the_public_map_never_shows_people() -> None:
    private = ("0503", "07", "09")
    allowed = {"050303"}  # a road accident stands in the road
    shown = {row["code"] for row in LEAVES if row["public"] and row["code"].startswith(private)}
    assert shown - allowed == {"070301"}  # rats and mosquitoes


def test_networks_and_families_are_all_in_use() -> None:
    assert {row["network"] for row in LEAVES} == CHOICES["network"]
    assert {row["family"] for row in LEAVES} == CHOICES["family"]


def test_danger_words_are_well_formed() -> None:
    entries = LIST["danger_words"]
    assert [entry["number"] for entry in entries] == ["119", "120", "110", "122"]
    for entry in entries:
        assert set(entry) == {"number", "zh", "en", "except_zh", "except_en"}
        for field in ("zh", "en", "except_zh", "except_en"):
            assert len(entry[field]) == len(set(entry[field])) > 0, field
        assert all(HAN.search(word) for word in entry["zh"] + entry["except_zh"])
        assert all(word == word.lower() and not CJK.search(word) for word in entry["en"] + entry["except_en"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三楼着火了快来", "119"),
        ("家里闻到很浓的煤气味", "119"),
        ("厨房冒烟了", "119"),
        ("电梯里困了两个人", "119"),
        ("孩子掉进下水井了", "119"),
        ("There's a fire in the stairwell", "119"),
        ("I can smell gas in the kitchen", "119"),
        ("Two people are stuck in the lift", "119"),
        ("我爸摔倒了起不来", "120"),
        ("老人倒地不起", "120"),
        ("孩子吃错药了", "120"),
        ("My father fell and can't get up", "120"),
        ("A child is choking", "120"),
        ("楼下两个人打架呢", "110"),
        ("我家被偷了", "110"),
        ("她被丈夫打得满脸血", "110"),
        ("孩子走丢了", "110"),
        ("刚把钱转给骗子了", "110"),
        ("Somebody is stealing a bike", "110"),
        ("My mum is missing", "110"),
        ("路口出车祸了", "122"),
        ("骑车的被撞了", "122"),
        ("Someone was hit by a bus", "122"),
    ],
)
def test_danger_is_heard(text: str, number: str) -> None:
    assert number in called(text)


@pytest.mark.parametrize(
    "text",
    [
        "楼道堆纸箱，容易着火",
        "燃气灶打不着火",
        "万一着火谁也跑不出来",
        "晚上被噪声被困扰很久",
        "落水管堵了",
        "充电桩被打坏了",
        "井盖松了，怕砸到人",
        "路太暗，老人差点摔伤",
        "护栏被车撞坏了一截",
        "想问怎么预防煤气中毒",
        "路口没灯，容易出车祸",
        "消防演练什么时候办",
        "The fire door is broken and there is a fire hydrant behind boxes",
        "Boxes on the stairs could catch fire",
        "The gas meter is broken",
        "The manhole cover is missing",
        "I was nearly hit by a car at this corner",
        "The lift door does not respond",
        "He uses a wheelchair after a stroke",
    ],
)
def test_ordinary_words_raise_no_alarm(text: str) -> None:
    assert called(text) == set()
