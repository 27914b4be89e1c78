"""The numbers to call when something is burning: before any form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Emergency:
    number: str
    label: str | Promise


EVERY_NUMBER = (
    Emergency("110", _("Police")),
    Emergency("119", _("Fire and rescue")),
    Emergency("120", _("Ambulance")),
    Emergency("122", _("Road accident")),
)


def these_first(numbers: Sequence[str]) -> tuple[list[Emergency], list[Emergency]]:
    """The ones that were heard, in the order given, and the others."""
    by_number = {each.number: each for each in EVERY_NUMBER}
    heard = [by_number[number] for number in numbers if number in by_number]
    return heard, [each for each in EVERY_NUMBER if each not in heard]
