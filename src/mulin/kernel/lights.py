"""Traffic lights: what is well, what will not be for long, what is broken, and how to mend it.

Each room tells its own by `lights(now)` in its face; a door shows them together. A light names no person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Words = str | Promise


class Colour(StrEnum):
    """From what needs nobody to what needs somebody now. `off` is a thing that this town does not use."""

    OFF = "off"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


_GRAVITY = {colour: place for place, colour in enumerate(Colour)}


@dataclass(frozen=True, slots=True)
class Light:
    """One thing that is looked at. `says` is how it is; `mend` what to do, for whoever has never done it."""

    code: str
    colour: Colour
    title: Words
    says: Words
    mend: Words = ""


def worst(lights: Iterable[Light]) -> Colour:
    """The gravest colour of all."""
    return max((light.colour for light in lights), key=_GRAVITY.__getitem__, default=Colour.OFF)
