"""A year's public holidays come in from the command line; a year that nobody knows does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mulin.places.face import WorkCalendar, calendar_at, known_years
from tests.commands.town import Town

pytestmark = [pytest.mark.tiny_town, pytest.mark.real_clock]
UNKNOWN = max(known_years()) + 1


def test_a_year_is_taken_over_and_shown(town: Town) -> None:
    calendar = WorkCalendar.objects.get(area=None)
    calendar.days.filter(date__year=2026).delete()
    assert town.mulin("calendar", "import", "2026").code == 0
    assert calendar.days.filter(date__year=2026).count() == 39
    shown = town.mulin("calendar", "show", "2026").out
    assert "2026-10-10  on   国庆节  National Day" in shown


def test_days_are_read_from_a_file(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text(f"date,kind\n{UNKNOWN}-02-06,off,春节\n{UNKNOWN}-02-07,班\n", encoding="utf-8-sig")
    assert town.mulin("calendar", "load", str(file)).code == 0
    assert calendar_at("").works_on(date(UNKNOWN, 2, 7))
    assert not calendar_at("").works_on(date(UNKNOWN, 2, 6))


@pytest.mark.parametrize(
    "arguments",
    [("import", str(UNKNOWN)), ("import", "2026", "--area", "99"), ("show", "2026", "--area", "99")],
)
def test_what_cannot_be_is_said_in_a_line(town: Town, arguments: tuple[str, ...]) -> None:
    assert town.mulin("calendar", *arguments).refusal
