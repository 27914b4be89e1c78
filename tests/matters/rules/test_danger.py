"""The pure matcher hears danger as the matter list's own test does."""

from __future__ import annotations

import pytest

from mulin.matters.queries.danger import _listed
from mulin.matters.rules.danger import DangerWords, numbers_to_call
from tests.matters.test_matter_list_file import called

FIRE = DangerWords.read(
    {
        "number": "119",
        "zh": ["着火"],
        "en": ["on fire"],
        "except_zh": ["打不着火", "容易着火"],
        "except_en": ["set on fire in the film"],
    }
)


@pytest.mark.parametrize("text", ["三楼着火了", "The bin is ON FIRE!", "打不着火，后来真着火了"])
def test_danger_is_heard(text: str) -> None:
    assert numbers_to_call(text, [FIRE]) == ("119",)


@pytest.mark.parametrize(
    "text", ["", "打不着火", "纸箱容易着火", "a house on firestone road", "it was set on fire in the film"]
)
def test_talk_of_danger_is_none(text: str) -> None:
    assert numbers_to_call(text, [FIRE]) == ()


def test_an_empty_list_hears_nothing() -> None:
    nothing = DangerWords.read({"number": "119", "zh": [], "en": [], "except_zh": [], "except_en": []})
    assert numbers_to_call("着火了 on fire", [nothing]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "三楼着火了，老人倒地不起",
        "My father fell and can’t get up",
        "燃气灶打不着火",
        "路口出车祸了，两个人打架",
        "The lift door does not respond",
        "Boxes on the stairs could catch fire; in case of fire nobody gets out",
        "楼道灯坏了三天",
    ],
)
def test_it_agrees_with_the_reference(text: str) -> None:
    assert set(numbers_to_call(text, _listed())) == called(text.replace("’", "'"))
