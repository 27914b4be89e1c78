"""What is due about a household: what is to be confirmed, and what runs out. Pure; takes the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DueWhat(StrEnum):
    """Why somebody should look into it."""

    CONFIRM = "confirm"
    PERMIT = "permit"
    DOCUMENT = "document"
    LEAVES = "leaves"
    CARE = "care"
    VISIT = "visit"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS = {
    DueWhat.CONFIRM: _("not confirmed since"),
    DueWhat.PERMIT: _("residence permit ends"),
    DueWhat.DOCUMENT: _("document ends"),
    DueWhat.LEAVES: _("expected to leave China"),
    DueWhat.CARE: _("care need expires"),
    DueWhat.VISIT: _("visit planned"),
}
# So many days before it runs out it is due; samples.
SOON = {DueWhat.PERMIT: 60, DueWhat.DOCUMENT: 60, DueWhat.LEAVES: 30, DueWhat.CARE: 30, DueWhat.VISIT: 366}


@dataclass(frozen=True, slots=True)
class Due:
    """One line: what, since or until when, whose (a name that the page shows anyway)."""

    what: DueWhat
    on: date
    of: str = ""
    late: bool = False


def runs_out(what: DueWhat, on: date | None, today: date, of: str = "") -> Due | None:
    """Due where the day is near, late where it is past."""
    if on is None or on > today + timedelta(days=SOON[what]):
        return None
    return Due(what, on, of, late=on < today)


def to_confirm(since: date, of: str, *, late: bool) -> Due:
    return Due(DueWhat.CONFIRM, since, of, late)


def in_order(found: list[Due | None]) -> list[Due]:
    """What is late first, then by day."""
    return sorted((each for each in found if each), key=lambda each: (not each.late, each.on, each.of))
