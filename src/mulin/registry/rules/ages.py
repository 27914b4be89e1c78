"""How old somebody is. Pure; takes the day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Band(StrEnum):
    """Ages that a street asks for: those whom PIPL calls children, and elders as the law on their rights has them."""

    CHILD = "child"
    ELDER = "elder"
    AGED = "aged"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS = {Band.CHILD: _("under 14"), Band.ELDER: _("60 and over"), Band.AGED: _("80 and over")}
_YEARS: dict[Band, tuple[int, int | None]] = {
    Band.CHILD: (0, 14),
    Band.ELDER: (60, None),
    Band.AGED: (80, None),
}


def age_on(born_on: date, today: date) -> int:
    """Whole years; a birthday on 29 February is kept on 1 March."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def born_within(band: Band, today: date) -> tuple[date | None, date]:
    """The days of birth of this age: after the first (None: however long ago), up to and with the second."""
    least, below = _YEARS[band]
    return (_years_before(today, below) if below else None), _years_before(today, least)


def _years_before(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)
