"""What was looked at during a visit and found right, as one short mark each. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

KINDS = ("dwelling", "household", "resident", "merchant")


@dataclass(frozen=True, slots=True)
class Mark:
    """A record, or one fact of it ("" for the whole)."""

    kind: str
    id: UUID
    fact: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}:{self.fact}" if self.fact else f"{self.kind}:{self.id}"


def read_mark(text: str) -> Mark | None:
    """Back from its text; None where it is none."""
    kind, _colon, rest = text.partition(":")
    id, _second, fact = rest.partition(":")
    try:
        return Mark(kind, UUID(id), fact) if kind in KINDS else None
    except ValueError:
        return None


def without_doubles(marks: list[Mark]) -> list[Mark]:
    """Each once; a fact is left out where its whole record was found right."""
    whole = {(mark.kind, mark.id) for mark in marks if not mark.fact}
    kept = [mark for mark in marks if not mark.fact or (mark.kind, mark.id) not in whole]
    return list(dict.fromkeys(kept))
