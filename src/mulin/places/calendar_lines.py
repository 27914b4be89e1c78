"""Single days as lines of text, to be pasted in or taken out: `2027-02-06,off,春节,Spring Festival`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.places.holidays import DayKind, SingleDay

KINDS: Mapping[str, DayKind] = {
    "off": DayKind.OFF, "休": DayKind.OFF, "放假": DayKind.OFF, "休息": DayKind.OFF,
    "on": DayKind.ON, "班": DayKind.ON, "上班": DayKind.ON, "补班": DayKind.ON,
}  # fmt: skip
LONGEST = 40_000
_BETWEEN = re.compile(r"\s*[,，;；\t]\s*")


def read_lines(text: str) -> list[SingleDay]:
    """Read one day a line: date, off or on (休 or 班), name, English name. Raises Invalid with the line's number."""
    if len(text) > LONGEST:
        raise Invalid(_("This is too much at once."), code="too_long", field="lines")
    days = [
        _day(number, line.strip())
        for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1)
        if line.strip() and not line.lower().startswith("date")
    ]
    if not days:
        raise Invalid(_("There is no day in it."), code="missing", field="lines")
    return days


def _day(number: int, line: str) -> SingleDay:
    cells = _BETWEEN.split(line) if _BETWEEN.search(line) else line.split(maxsplit=2)
    cells = [*cells, "", "", ""]
    kind = KINDS.get(cells[1].lower())
    try:
        day = date.fromisoformat(cells[0].replace("/", "-").replace(".", "-"))
    except ValueError:
        day = None
    if day is None or kind is None or not 2000 <= day.year <= 2199:
        raise Invalid(
            _("Line %(number)d is no day: write it like 2027-02-06,off,Spring Festival.")
            % {"number": number},
            code="line",
            field="lines",
        )
    return SingleDay(day, kind, cells[2], cells[3])


def write_lines(days: Iterable[SingleDay]) -> str:
    """Write days as such lines, with a heading; reading them gives the same days."""
    rows = [f"{day.date.isoformat()},{day.kind},{_cell(day.name)},{_cell(day.name_en)}" for day in days]
    return "\r\n".join(["date,kind,name,name_en", *rows, ""])


def _cell(text: str) -> str:
    """Without what would end the cell, or make a spreadsheet take it for a formula."""
    return _BETWEEN.sub(" ", text).lstrip("=+-@")
