"""The words of the history: what people wrote, by kind of matter, and what was written back. `data/stories.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from mulin.demo.words import DATA, Words

Story = Mapping[str, Any]

PREFERS: dict[str, tuple[str, ...]] = {
    "residential": ("building", "unit"),
    "street": ("street",),
    "shop": ("shop",),
    "school": ("place",),
    "market": ("place",),
    "park": ("place",),
}
NOT_OURS = {"zh": "不属于我们的职责，请改派。", "en": "This is not ours. Please dispatch it again."}
TRIES = 20
FITTING = 4.0  # how much likelier words for just this kind are than words for any
PATROL = re.compile("巡查|走访|巡河|上门测温|上门探访")
OWN_WORDS = re.compile("我|咱")  # staff write of others
FROM_ABOVE = re.compile("街道|执法|部门|社区定不了|社区能力")  # what a community asks of the street, no grid
FROM_THE_COMMUNITY = re.compile("请社区|网格里")


@dataclass(frozen=True)
class Kind:
    """A kind of matter as the stories know it: how often, when, where, and whether one sees it on site."""

    code: str
    manner: str
    weight: float
    months: tuple[float, ...]
    hours: tuple[float, ...]
    where: tuple[float, ...]
    reports: tuple[Story, ...]


@cache
def _all() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "stories.json").read_text(encoding="utf-8"))
    return found


@cache
def kinds() -> Mapping[str, Kind]:
    return {
        code: Kind(
            code, raw["manner"], raw["weight"], tuple(raw["months"]), tuple(raw["hours"]), tuple(raw["where"]),
            tuple(raw["reports"]),
        )
        for code, raw in _all()["types"].items()
    }  # fmt: skip


class Teller:
    """Finds words in one language."""

    def __init__(self, language: str) -> None:
        self.tongue = "zh" if language.startswith("zh") else "en"

    def say(self, words: Words) -> str:
        return words.zh if self.tongue == "zh" else words.en

    def report(self, kind: Kind, where: str, words: Mapping[str, Words], dice: Random, *, staff: bool) -> str:
        """What somebody wrote about it."""
        fitting = _by_author(kind.reports, staff=staff)
        story = dice.choice(_by_place(fitting, where) or fitting)
        said: str = story[self.tongue]
        for name, filled in words.items():
            said = said.replace(f"{{{name}}}", self.say(filled))
        return said

    def act(self, act: str, kind: Kind, dice: Random) -> str:
        """What was written at a step."""
        return self._pick(("acts", act), kind, dice)

    def outcome(self, outcome: str, kind: Kind, dice: Random) -> str:
        return self._pick(("outcomes", outcome), kind, dice)

    def rating(self, rating: int, kind: Kind, dice: Random) -> str:
        return self._pick(("ratings", str(rating)), kind, dice)

    def passed_up(self, kind: Kind, dice: Random, *, from_grid: bool) -> str:
        """Why it goes up: a grid asks the community, the community the street."""
        barred = FROM_ABOVE if from_grid else FROM_THE_COMMUNITY
        for _ in range(TRIES):
            stories, weights = _fitting(("acts", "pass_up"), kind.code)
            story = dice.choices(stories, cum_weights=weights)[0]
            if not barred.search(story["zh"]):
                break
        said: str = story[self.tongue]
        return said

    def return_note(
        self, functions: frozenset[str], handlers: Sequence[str], dice: Random
    ) -> tuple[str, str]:
        """Why a body gives a matter back, and whose it says it is: one of the usual handlers of its kind."""
        own = [story for story in _all()["returns"] if story["from"] in functions and story["to"] in handlers]
        if not own:
            return NOT_OURS[self.tongue], ""
        story = dice.choice(own)
        return story[self.tongue], story["to"]

    def _pick(self, shelf: tuple[str, str], kind: Kind, dice: Random) -> str:
        stories, weights = _fitting(shelf, kind.code)
        said: str = dice.choices(stories, cum_weights=weights)[0][self.tongue]
        return said


def can_be_settled(code: str) -> bool:
    """Whether somebody who comes by can settle such a thing there and then: the stories tell of it."""
    own = (story for story in _all()["acts"]["settle"] if story.get("types"))
    return any(_weight(story, kinds()[code]) for story in own)


@cache
def _fitting(shelf: tuple[str, str], code: str) -> tuple[Sequence[Story], Sequence[float]]:
    """The stories for a kind, with their running weights: words for just this kind are likelier than for any."""
    stories: Sequence[Story] = _all()[shelf[0]][shelf[1]]
    weighed = [(story, weight) for story in stories if (weight := _weight(story, kinds()[code]))]
    weighed = weighed or [(stories[-1], 1)]
    return [story for story, _ in weighed], list(accumulate(weight for _, weight in weighed))


def _weight(story: Story, kind: Kind) -> float:
    if story.get("manner") not in (None, kind.manner):
        return 0
    types = story.get("types")
    if types is None:
        return 1
    return FITTING if any(kind.code.startswith(code) for code in types) else 0


def _by_author(stories: Sequence[Story], *, staff: bool) -> Sequence[Story]:
    """What a patrol notes is not what a resident writes."""
    fitting = [story for story in stories if bool(PATROL.search(story["zh"])) == staff]
    if not fitting and staff:
        fitting = [story for story in stories if not OWN_WORDS.search(story["zh"])]
    return fitting or stories


@cache
def _names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w+)\}", text))


def _by_place(stories: Sequence[Story], where: str) -> list[Story]:
    """Stories that name the kind of spot that it is, and no other."""
    wanted = PREFERS[where]
    exact = [story for story in stories if wanted[0] in _names(story["zh"])]
    return exact or [story for story in stories if "place" in _names(story["zh"]) or not _names(story["zh"])]
