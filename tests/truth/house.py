"""What is sent about the house's own care: a rule that was decided on, a seal that is there."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.journal.face import SYSTEM, last_seal, retention_decide, seal, seal_file
from tests.matters.world import NOW
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

RULE = {"years": 2, "by_itself": ""}


def a_decided_rule() -> str:
    """One of retention, on which the town has decided."""
    retention_decide("contact", years=1, by_itself=False, by=SYSTEM, at=NOW)
    return "contact"


def a_seal_number() -> int:
    """Of the last seal; of one that is made now, where there is none."""
    made = last_seal() or seal(NOW)
    assert made
    return made.number


def _its_file() -> bytes:
    a_seal_number()
    made = last_seal()
    assert made
    return seal_file(made)


def _sent_back(_row: Row, _things: Things) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("one.txt", _its_file())}


HOUSES: dict[str, Ask] = {
    "POST desk/retention/<slug:rule>/": Ask(sent=lambda _row, _things: RULE),
    "POST desk/seals/": Ask(sent=_sent_back),
    "POST api/v1/retention/<rule>": Ask(sent=lambda _row, _things: {"years": 2}),
    "POST api/v1/seals/check": Ask(sent=lambda _row, _things: {"file": _its_file().decode()}),
}
