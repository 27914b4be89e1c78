"""Which emergency numbers come first: by the words of a report, and by its kind."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from mulin.matters.models import MatterType
from mulin.matters.rules.danger import DangerWords, numbers_to_call

_LIST = Path(__file__).resolve().parents[1] / "data" / "matter_types.json"


def call_first(text: str, kind: MatterType | None = None) -> tuple[str, ...]:
    """The numbers to call before reporting: 119, 120, 110, 122; that of the kind first. Empty: no danger heard."""
    heard = numbers_to_call(text, _listed())
    named = (kind.danger,) if kind and kind.danger else ()
    return tuple(dict.fromkeys(named + heard))


@cache
def _listed() -> tuple[DangerWords, ...]:
    entries = json.loads(_LIST.read_text(encoding="utf-8"))["danger_words"]
    return tuple(DangerWords.read(entry) for entry in entries)
