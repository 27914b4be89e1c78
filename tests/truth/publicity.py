"""What is sent to have paper printed for grids, and to set whom to call."""

from __future__ import annotations

from typing import Any

from mulin.places.face import Level
from tests.truth.asking import Ask, Row
from tests.truth.things import Things


def an_order(_row: Row, things: Things) -> dict[str, Any]:
    """Five cards for the grid of everything."""
    return {"what": "cards", "area": things.building.path[: Level.GRID], "language": "zh-hans", "each": 5}


NUMBERS = Ask(sent=lambda _row, _things: {"contact": "12345", "supervision": "0632-7654321"})
PUBLICITIES: dict[str, Ask] = {
    "POST desk/publicity/": Ask(sent=an_order),
    "POST desk/publicity/<str:path>/numbers/": NUMBERS,
    "POST api/v1/publicity/papers": Ask(sent=an_order),
    "POST api/v1/publicity/numbers/<path>": NUMBERS,
}
