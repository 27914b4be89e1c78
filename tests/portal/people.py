"""What the people of the grid do meanwhile."""

from __future__ import annotations

from typing import Any

from mulin.kernel.images import SafePhoto
from mulin.matters.face import Given, Matter, Outcome, act
from tests.matters.world import do, the


def accepted(matter: Matter) -> Matter:
    return do(matter, "file", "worker")


def handed_in(matter: Matter, *, photos: tuple[SafePhoto, ...] = ()) -> Matter:
    worker = the("worker")
    given = Given(reason="The lamp has a new bulb.", note="Bulb from the store.")
    return act(accepted(matter), "hand_in", given=given, by=worker, now=worker.now, photos=photos)


def settled(matter: Matter, **more: Any) -> Matter:
    return do(
        handed_in(matter, **more), "confirm", "head", outcome=Outcome.SOLVED, reason="Checked, it is lit."
    )
