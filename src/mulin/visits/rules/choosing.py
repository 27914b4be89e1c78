"""Whom a campaign is for: a choice among the households or merchants of an area, as codes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AGES = range(131)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What must all be true of a home: "" and None choose nothing out."""

    use: str = ""  # of the dwelling: rented, shared, …
    kind: str = ""  # of the household, or of the merchant
    trade: str = ""  # of the merchant
    stale_days: int | None = None  # not confirmed for so long
    age_from: int | None = None  # somebody of this age or more lives there
    age_to: int | None = None

    def problem(self) -> str | Promise:
        """What is wrong with it; "" if nothing."""
        ages = [age for age in (self.age_from, self.age_to) if age is not None]
        if any(age not in AGES for age in ages):
            return _("An age lies between 0 and 130.")
        if len(ages) == 2 and ages[0] > ages[1]:
            return _("The first age must not be above the second.")
        if self.stale_days is not None and not 1 <= self.stale_days <= 3650:
            return _("Say a number of days from 1 to 3650.")
        return ""

    def as_codes(self) -> dict[str, str | int]:
        """As it is stored: only what chooses."""
        every = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in every.items() if value not in ("", None)}


def read_chosen(codes: Mapping[str, Any]) -> Chosen:
    """Back from what was stored; what this version does not know is left out."""
    return Chosen(**{name: codes[name] for name in Chosen.__dataclass_fields__ if name in codes})


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; whoever was born by it is at least so old."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February: who was born on 1 March is not so old yet
        return day.replace(year=year, day=28)
