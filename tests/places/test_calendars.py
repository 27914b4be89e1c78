"""Calendars of areas: the nearest counts, holidays come from above, and nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import Subject, timeline
from mulin.kernel.refusals import Conflict, Invalid
from mulin.kernel.worktime import MONDAY_TO_FRIDAY, Calendar, Limit, Unit, add
from mulin.places.calendar_lines import read_lines, write_lines
from mulin.places.face import (
    Area,
    DayKind,
    Hours,
    SingleDay,
    WorkCalendar,
    calendar_at,
    calendars,
    calendars_mark,
    clear_days,
    close_calendar,
    holidays_of,
    import_year,
    known_years,
    map_version,
    open_calendar,
    rename,
    seed_calendar,
    set_days,
    set_hours,
)
from tests.places.ground import BY, LATER, NEIGHBOUR, TOWN, VILLAGE, building, grid

pytestmark = pytest.mark.django_db
NATIONAL_DAY, MADE_UP = date(2026, 10, 1), date(2026, 10, 10)
UNKNOWN = max(known_years()) + 1
SEVEN = Hours(shifts=((time(7), time(0)),), weekdays=tuple(range(7)), inherits=False, name="热线")


def everywhere() -> WorkCalendar:
    made = seed_calendar(by=BY, now=LATER)
    assert made
    return made


def off(day: date, name: str = "停工") -> SingleDay:
    return SingleDay(day, DayKind.OFF, name, "Closed")


def codes(calendar: WorkCalendar) -> list[str]:
    return [line.code for line in timeline(Subject("calendar", calendar.pk))]


def test_without_any_calendar_it_is_monday_to_friday_with_public_holidays(db: None) -> None:
    calendar = calendar_at(VILLAGE)
    assert (calendar.shifts, calendar.weekdays) == (MONDAY_TO_FRIDAY.shifts, MONDAY_TO_FRIDAY.weekdays)
    assert not calendar.works_on(NATIONAL_DAY)
    assert calendar.works_on(MADE_UP)  # a Saturday


def test_a_promise_is_kept_after_the_holidays() -> None:
    raised = datetime(2026, 9, 30, 2, tzinfo=UTC)  # a Wednesday, 10:00
    due = add(raised, Limit(3, Unit.WORKDAY), calendar_at(VILLAGE))
    assert due == datetime(2026, 10, 10, 2, tzinfo=UTC)  # Thursday, Friday, and the Saturday made up


def test_the_nearest_calendar_up_the_tree_counts(tree: dict[str, Area]) -> None:
    open_calendar(tree[TOWN], hours=Hours(((time(9), time(17)),), name="街道"), by=BY, now=LATER)
    open_calendar(tree[grid(1)], hours=SEVEN, by=BY, now=LATER)
    book = calendars()
    assert book.at(building(1, grid(1))).name == "热线"
    assert [book.at(path).name for path in (VILLAGE, grid(2), TOWN)] == ["街道"] * 3
    assert book.at(TOWN[:6]).name == ""


def test_single_days_come_from_above_where_the_calendar_says_so(tree: dict[str, Area]) -> None:
    top = everywhere()
    open_calendar(tree[VILLAGE], hours=Hours(((time(9), time(17)),)), by=BY, now=LATER)
    alone = open_calendar(tree[NEIGHBOUR], hours=SEVEN, by=BY, now=LATER)
    set_days(top, days=[off(date(2026, 6, 10))], by=BY, now=LATER)
    assert not calendar_at(VILLAGE).works_on(date(2026, 6, 10))
    assert calendar_at(NEIGHBOUR).works_on(date(2026, 6, 10))
    set_hours(alone, hours=Hours(SEVEN.shifts, SEVEN.weekdays, inherits=True), by=BY, now=LATER)
    assert not calendar_at(NEIGHBOUR).works_on(date(2026, 6, 10))


def test_of_two_that_name_a_date_the_nearer_one_counts(tree: dict[str, Area]) -> None:
    everywhere()
    own = open_calendar(tree[VILLAGE], hours=Hours(), by=BY, now=LATER)
    set_days(own, days=[SingleDay(NATIONAL_DAY, DayKind.ON, "值班")], by=BY, now=LATER)
    assert calendar_at(VILLAGE).works_on(NATIONAL_DAY)
    assert not calendar_at(TOWN).works_on(NATIONAL_DAY)
    clear_days(own, dates=[NATIONAL_DAY], by=BY, now=LATER)
    assert not calendar_at(VILLAGE).works_on(NATIONAL_DAY)


def test_the_calendar_for_everywhere_begins_with_every_year_that_is_known() -> None:
    top = everywhere()
    assert top.days.filter(date__year=2026).count() == len(holidays_of(2026)) == 39
    assert seed_calendar(by=BY, now=LATER) is None
    with pytest.raises(Conflict):
        open_calendar(None, hours=Hours(), by=BY, now=LATER)


def test_taking_over_a_year_again_keeps_what_the_town_has_set_itself() -> None:
    top = everywhere()
    set_days(
        top, days=[SingleDay(NATIONAL_DAY, DayKind.ON, "值班"), off(date(2026, 6, 10))], by=BY, now=LATER
    )
    clear_days(top, dates=[MADE_UP], by=BY, now=LATER)
    import_year(top, year=2026, by=BY, now=LATER)
    calendar = calendar_at(VILLAGE)
    assert calendar.works_on(NATIONAL_DAY)
    assert calendar.works_on(MADE_UP)
    assert not calendar.works_on(date(2026, 6, 10))
    assert codes(top) == ["calendar.opened", "calendar.days", "calendar.days", "calendar.year"]


def test_a_year_that_is_not_announced_is_never_guessed() -> None:
    with pytest.raises(Invalid, match=str(UNKNOWN)):
        import_year(everywhere(), year=UNKNOWN, by=BY, now=LATER)
    assert calendar_at("").works_on(date(UNKNOWN, 10, 1)) == (date(UNKNOWN, 10, 1).weekday() < 5)


@pytest.mark.parametrize(
    "hours",
    [
        Hours(()),
        Hours(((time(12), time(9)),)),
        Hours(((time(9), time(9)),)),
        Hours(((time(9), time(12)), (time(11), time(18)))),
        Hours(((time(13), time(18)), (time(8), time(12)))),
        Hours(((time(18), time(0)), (time(20), time(21)))),
        Hours(weekdays=()),
        Hours(weekdays=(7,)),
        Hours(name="长" * 61),
    ],
)
def test_hours_that_cannot_be_are_refused(tree: dict[str, Area], hours: Hours) -> None:
    with pytest.raises(Invalid):
        open_calendar(tree[VILLAGE], hours=hours, by=BY, now=LATER)
    assert not WorkCalendar.objects.exists()


def test_a_calendar_is_never_left_without_time(tree: dict[str, Area]) -> None:
    """One that inherits is asked, too: nothing that is raised there could be promised."""
    top = everywhere()
    mondays = Hours(((time(9), time(17)),), weekdays=(0,))
    open_calendar(tree[VILLAGE], hours=mondays, by=BY, now=LATER)
    first = date(2027, 1, 4)
    closed = [off(date.fromordinal(first.toordinal() + 7 * week)) for week in range(20)]
    with pytest.raises(Invalid, match="2027"):
        set_days(top, days=closed, by=BY, now=LATER)
    assert calendar_at(VILLAGE).works_on(first)


def test_the_same_again_changes_nothing(tree: dict[str, Area]) -> None:
    own = open_calendar(tree[VILLAGE], hours=Hours(), by=BY, now=LATER)
    set_hours(own, hours=Hours(), by=BY, now=LATER)
    clear_days(own, dates=[NATIONAL_DAY], by=BY, now=LATER)
    assert codes(own) == ["calendar.opened"]


def test_a_closed_calendar_leaves_the_area_to_the_next_one(tree: dict[str, Area]) -> None:
    own = open_calendar(tree[VILLAGE], hours=SEVEN, by=BY, now=LATER)
    close_calendar(own, by=BY, now=LATER)
    assert calendar_at(VILLAGE).name == ""
    with pytest.raises(Conflict):
        set_hours(own, hours=SEVEN, by=BY, now=LATER)
    open_calendar(tree[VILLAGE], hours=SEVEN, by=BY, now=LATER)
    with pytest.raises(Invalid):
        close_calendar(everywhere(), by=BY, now=LATER)


def test_calendars_are_read_once_until_something_changes(
    tree: dict[str, Area], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = open_calendar(tree[VILLAGE], hours=Hours(), by=BY, now=LATER)
    with django_assert_num_queries(3):
        first = calendar_at(VILLAGE)
    with django_assert_num_queries(1):
        assert calendar_at(VILLAGE) is first
    version = map_version()
    with django_assert_num_queries(0):
        assert calendars(version).at(VILLAGE) is first
    mark = calendars_mark()
    rename(tree[VILLAGE], name="新名", by=BY, now=LATER)
    assert calendars_mark() == mark
    assert calendar_at(VILLAGE) is first  # with all that it has worked out
    set_days(own, days=[off(date(2026, 6, 10))], by=BY, now=LATER)
    assert calendars_mark() != mark
    assert isinstance(calendar_at(VILLAGE), Calendar)
    assert calendar_at(VILLAGE) is not first


def test_lines_that_are_written_are_read_again() -> None:
    days = list(holidays_of(2026))
    assert read_lines(write_lines(days)) == days
    assert read_lines("\ufeffdate,kind\n2027/02/06，休，春节\n\n2027-2-7 班".replace("2-7", "02-07")) == [
        SingleDay(date(2027, 2, 6), DayKind.OFF, "春节"),
        SingleDay(date(2027, 2, 7), DayKind.ON),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "date,kind", "2027-02-30,off", "2027-02-06,maybe", "2027-02-06", "0001-01-01,off", "x" * 50_000],
)
def test_lines_that_are_no_days_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_lines(text)


def test_a_date_is_given_once(db: None) -> None:
    with pytest.raises(Invalid):
        set_days(everywhere(), days=[off(NATIONAL_DAY), off(NATIONAL_DAY)], by=BY, now=LATER)
