"""Words that sound like danger, and the numbers to call first. Pure: the word list is given.

A hit only reminds somebody to call; it never stops a report. Phrases that merely talk of danger ("could catch fire")
are taken out of the text before the words are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class DangerWords:
    """The words that remind one to call one number."""

    number: str
    words: re.Pattern[str]
    excepted: re.Pattern[str]

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> DangerWords:
        """From an entry of the matter list: Chinese is found anywhere, English as whole words."""
        return cls(
            str(entry["number"]),
            _any_of(entry["zh"], entry["en"]),
            _any_of(entry["except_zh"], entry["except_en"]),
        )

    def heard_in(self, text: str) -> bool:
        return bool(self.words.search(self.excepted.sub(" ", text)))


def _any_of(chinese: Iterable[str], english: Iterable[str]) -> re.Pattern[str]:
    """The longer phrase first, so that it is not cut by a shorter one within it."""
    plain = [re.escape(each) for each in sorted(chinese, key=len, reverse=True)]
    whole = [rf"\b{re.escape(each)}\b" for each in sorted(english, key=len, reverse=True)]
    return re.compile("|".join([*plain, *whole])) if plain or whole else _NOTHING


def numbers_to_call(text: str, listed: Sequence[DangerWords]) -> tuple[str, ...]:
    """The emergency numbers that a text reminds one to call, in the order of the list."""
    lower = text.casefold().replace("’", "'")
    return tuple(entry.number for entry in listed if entry.heard_in(lower))
