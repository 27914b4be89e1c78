"""How the nights went, for whoever looks at the desk in the morning."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mulin.journal.face import Work, lights, nights
from mulin.kernel.lights import Colour, Light
from tests.journal.acts import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def light(code: str, now: Any = NOW) -> Light:
    return next(each for each in lights(now) if each.code == code)


def test_the_age_of_the_backup_is_shown_and_turns_amber_and_red() -> None:
    assert light("backup").colour == Colour.RED
    nights.note(Work.BACKUP, NOW)
    assert str(light("backup", NOW + 5 * HOUR).says) == "Last done well 5 hours ago."
    assert light("backup", NOW + 5 * HOUR).colour == Colour.GREEN
    assert light("backup", NOW + 60 * HOUR).colour == Colour.AMBER
    assert "5 days ago" in str(light("backup", NOW + 120 * HOUR).says)
    assert light("backup", NOW + 120 * HOUR).colour == Colour.RED


def test_a_failure_says_what_to_do_until_it_went_well_again() -> None:
    nights.note(Work.BACKUP, NOW - 30 * HOUR)
    night = nights.begin(Work.BACKUP, NOW)
    assert night
    nights.end(night, NOW, problem="disk_full")
    failed = light("backup")
    assert failed.colour == Colour.RED
    assert "no room on the disk. Last done well 30 hours ago" in str(failed.says)
    assert "mulin nights" in str(failed.mend)
    nights.note(Work.BACKUP, NOW + HOUR)
    assert light("backup", NOW + HOUR).colour == Colour.GREEN


def test_a_second_place_is_asked_for_and_looked_at(settings: Any, tmp_path: Path) -> None:
    assert light("second_place").colour == Colour.AMBER
    settings.MULIN_BACKUP_TO = str(tmp_path / "not mounted")
    assert light("second_place").colour == Colour.RED
    settings.MULIN_BACKUP_TO = settings.MULIN_DATA = str(tmp_path)
    assert "the same disk" in str(light("second_place").says)


def test_a_demo_needs_none_of_it(settings: Any) -> None:
    settings.MULIN_DEMO = True
    assert {each.colour for each in lights(NOW)} == {Colour.OFF}
