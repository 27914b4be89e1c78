"""Which kinds of matter a text may be about, by the words that the matter list names for each."""

from __future__ import annotations

from collections.abc import Iterable

from mulin.matters.models import MatterType

MOST = 3


def suggest_kinds(text: str, kinds: Iterable[MatterType] | None = None, most: int = MOST) -> list[MatterType]:
    """The best fitting entries, the best first; none where no word is found."""
    lower = text.casefold()
    if not lower.strip():
        return []
    listed = MatterType.objects.listed() if kinds is None else kinds
    scored = [(_score(kind, lower), kind) for kind in listed]
    found = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].code))
    return [kind for _points, kind in found[:most]]


def kind_matches(kind: MatterType, words: str) -> bool:
    """Whether every word stands in its code, names, hints or key words, in either language."""
    said = (kind.code, kind.name, kind.name_en, kind.hint, kind.hint_en, *map(str, kind.words))
    text = " ".join(said).casefold()
    return all(word in text for word in words.casefold().split())


def _score(kind: MatterType, text: str) -> int:
    """A longer word says more; a Chinese character says about as much as three letters."""
    return sum(
        _weight(word) for word in {str(word).casefold() for word in kind.words} if word and word in text
    )


def _weight(word: str) -> int:
    return sum(1 if letter.isascii() else 3 for letter in word)
