"""What buildings may be coloured by, and which value gets which colour: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise


class ColourBy(StrEnum):
    """What the colour of a building tells."""

    MATTERS = "matters"
    STALE = "stale"
    HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Scale:
    """A word for it, and its classes from the lowest up: where each begins, and what it is called."""

    label: Words
    unit: Words
    classes: tuple[tuple[int, Words], ...]


SCALES: dict[ColourBy, Scale] = {
    ColourBy.MATTERS: Scale(
        _("Matters"),
        pgettext_lazy("on the map", "matters"),
        ((0, pgettext_lazy("matters", "none")), (1, "1"), (2, "2–3"), (4, "4–7"), (8, "8+")),
    ),
    ColourBy.STALE: Scale(
        _("To be confirmed"),
        "%",
        ((0, _("all confirmed")), (1, "1–24 %"), (25, "25–49 %"), (50, "50–74 %"), (75, "75–100 %")),
    ),
    ColourBy.HOUSEHOLDS: Scale(
        _("Households"),
        pgettext_lazy("on the map", "households"),
        ((0, pgettext_lazy("households", "none")), (1, "1–9"), (10, "10–29"), (30, "30–59"), (60, "60+")),
    ),
}
