"""Calendars at the desk: seen by all staff, changed by whoever administers the area, clear about what cannot be."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mulin.journal.face import Entry
from mulin.places.face import (
    Area,
    DayKind,
    Hours,
    Level,
    WorkCalendar,
    calendar_at,
    known_years,
    open_calendar,
)
from mulin.posts.face import User
from tests.matters.world import NOW, the, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
HOURS = {
    "from_1": "08:00", "to_1": "12:00", "from_2": "14:00", "to_2": "18:00", "weekdays": ["0", "1", "2", "3", "4", "5"],
    "inherits": "on", "name": "街道",
}  # fmt: skip
UNKNOWN = max(known_years()) + 1


def at_desk(username: str, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(User.objects.get(username=username))
    return client


def town() -> Area:
    return Area.objects.get(path=the_grid().path[: Level.TOWN])


def everywhere() -> WorkCalendar:
    at_desk("sysadmin").post("/desk/calendars/seed/")
    return WorkCalendar.objects.get(area=None, closed_at=None)


def of_town() -> WorkCalendar:
    return open_calendar(town(), hours=Hours(name="街道"), by=the("sysadmin").actor(), now=NOW)


def page_of(row: WorkCalendar, query: str = "", username: str = "sysadmin", language: str = "en") -> str:
    return at_desk(username, language).get(f"/desk/calendars/{row.pk}/{query}").content.decode()


def test_settings_lead_to_the_calendars() -> None:
    assert "/desk/calendars/" in at_desk("worker").get("/desk/settings/").content.decode()
    assert 'href="/desk/settings/"' in at_desk("worker").get("/desk/queue/").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_year_says_in_words_what_is_off_and_what_is_worked(language: str) -> None:
    page = page_of(everywhere(), "?year=2026", "worker", language)
    off, on = {"en": ("off", "work"), "zh-hans": ("休", "班")}[language]
    assert len(re.findall(rf'<td class="day-off">\d+<small>{off}</small>', page)) == 33
    assert len(re.findall(rf'<td class="day-on">\d+<small>{on}</small>', page)) == 6
    assert {"en": "National Day", "zh-hans": "国庆节"}[language] in page


def test_whoever_only_reads_sees_no_forms() -> None:
    row = of_town()
    assert '<form method="post"' not in page_of(row, username="worker").split("<main")[1]
    assert "hours_from_1" in page_of(row)


def test_a_town_gets_hours_of_its_own() -> None:
    client = at_desk("sysadmin")
    form = client.get(f"/desk/calendars/new/?area={town().path}").content.decode()
    assert 'value="08:30"' in form  # what counts there now
    answer = client.post("/desk/calendars/new/", HOURS | {"area": town().path})
    assert answer.status_code == 303
    calendar = calendar_at(the_grid().path)
    assert (calendar.name, calendar.weekdays) == ("街道", (0, 1, 2, 3, 4, 5))
    assert not calendar.works_on(date(2026, 10, 1))
    row = WorkCalendar.objects.get(area=town())
    assert Entry.objects.filter(code="calendar.opened", subject=row.pk).count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"area": "99"}, "no such area"),
        ({"to_1": "07:00"}, "overlap"),
        ({"to_2": ""}, "both times"),
        ({"from_2": "11:00"}, "overlap"),
        ({"weekdays": []}, "required"),
        ({"from_1": "25:00"}, "valid time"),
    ],
)
def test_hours_that_cannot_be_are_told(wrong: dict[str, Any], says: str) -> None:
    given = HOURS | {"area": town().path} | wrong
    answer = at_desk("sysadmin").post("/desk/calendars/new/", given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not WorkCalendar.objects.exclude(area=None).exists()


def test_a_run_of_days_is_set_and_taken_back() -> None:
    row, client = of_town(), at_desk("sysadmin")
    given = {"date": "2026-06-10", "until": "2026-06-12", "kind": "off", "name": "台风"}
    answer = client.post(f"/desk/calendars/{row.pk}/days/", given)
    assert answer["Location"] == f"/desk/calendars/{row.pk}/?year=2026"
    assert not calendar_at(town().path).works_on(date(2026, 6, 11))
    assert page_of(row, "?year=2026").count("台风") == 3
    client.post(f"/desk/calendars/{row.pk}/clear/", {"date": "2026-06-11"})
    assert calendar_at(town().path).works_on(date(2026, 6, 11))


def test_days_are_pasted_and_taken_out_as_a_file() -> None:
    row, client = of_town(), at_desk("sysadmin")
    pasted = f"{UNKNOWN}-02-06,off,春节,Spring Festival\n{UNKNOWN}-02-07,班,春节"
    assert client.post(f"/desk/calendars/{row.pk}/lines/", {"lines": pasted}).status_code == 303
    assert calendar_at(town().path).works_on(date(UNKNOWN, 2, 7))
    file = client.get(f"/desk/calendars/{row.pk}/days.csv?year={UNKNOWN}").content.decode("utf-8-sig")
    assert f"{UNKNOWN}-02-06,off,春节,Spring Festival\r\n" in file
    wrong = client.post(f"/desk/calendars/{row.pk}/lines/", {"lines": "some day"})
    assert wrong.status_code == 422
    assert "Line 1 is no day" in wrong.content.decode()


def test_a_year_that_nobody_knows_is_never_guessed() -> None:
    row = of_town()
    page = page_of(row, f"?year={UNKNOWN}")
    assert "Nothing is guessed" in page
    answer = at_desk("sysadmin").post(f"/desk/calendars/{row.pk}/year/", {"year": UNKNOWN})
    assert answer.status_code == 422
    assert "not known to this version" in answer.content.decode()
    assert at_desk("sysadmin").post(f"/desk/calendars/{row.pk}/year/", {"year": 2026}).status_code == 303
    assert row.days.filter(date__year=2026, kind=DayKind.ON).count() == 6


def test_what_a_limit_comes_to_is_shown() -> None:
    page = page_of(everywhere(), "?days=3&raised=2026-09-30T10:00")
    due = re.search(r"it is due <time datetime=\"([^\"]+)\"", page)
    assert due
    assert due[1] == "2026-10-10T02:00:00+00:00"
    assert "at least" in page_of(everywhere(), "?days=0") or "greater than" in page_of(
        everywhere(), "?days=0"
    )


def test_a_closed_calendar_is_gone() -> None:
    row, client = of_town(), at_desk("sysadmin")
    assert client.post(f"/desk/calendars/{row.pk}/close/").status_code == 303
    assert client.get(f"/desk/calendars/{row.pk}/").status_code == 404
    assert calendar_at(town().path).name == ""


@pytest.mark.parametrize("verb", ["hours", "days", "lines", "clear", "year", "close"])
def test_whoever_does_not_administer_changes_nothing(verb: str) -> None:
    row = of_town()
    before = Entry.objects.count()
    for username in ("worker", "operator", "director"):
        assert at_desk(username).post(f"/desk/calendars/{row.pk}/{verb}/", HOURS).status_code == 403
    assert Entry.objects.count() == before


@pytest.mark.parametrize("path", ["/desk/settings/", "/desk/calendars/", "/desk/calendars/{id}/?year=2026"])
def test_each_page_costs_a_fixed_number_of_statements(path: str, django_assert_max_num_queries: Any) -> None:
    row = everywhere()
    of_town()
    client, path = at_desk("sysadmin"), path.replace("{id}", str(row.pk))
    client.get(path)
    with django_assert_max_num_queries(18):
        client.get(path)
