"""Both languages are complete: the source speaks English, each room's .po file Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tests.support.shapes import ROOT
from tools import messages

CASES = [
    pytest.param(room, language, id=f"{room.relative_to(messages.SOURCE)}-{language}")
    for room in messages.rooms()
    for language in messages.LANGUAGES
]


@pytest.mark.parametrize(("room", "language"), CASES)
def test_every_word_is_translated(room: Path, language: str) -> None:
    words, held = messages.wanted(room), messages.held(room, language)
    missing = [said for message in words if (said := _missing(message, held))]
    assert missing == [], f"run `make messages` and translate in {room.relative_to(ROOT)}"


@pytest.mark.parametrize(("room", "language"), CASES)
def test_translations_are_in_use_and_whole(room: Path, language: str) -> None:
    words, held = messages.wanted(room), messages.held(room, language)
    wrong = [said for message in held if message.id for said in _faults(message, words, held)]
    assert wrong == []


def _missing(message: Message, held: Catalog) -> str | None:
    if not message.id:
        return None
    there = held.get(message.id, message.context)
    return None if there and messages.is_translated(there.string) else str(message.id)


def _faults(message: Message, words: Catalog, held: Catalog) -> list[str]:
    faults = [f"{message.id}: {error}" for error in message.check(held)]
    if message.fuzzy:
        faults.append(f"{message.id}: fuzzy")
    if words.get(message.id, message.context) is None:
        faults.append(f"{message.id}: nobody says this any more")
    return faults
