"""Which days a visit may be planned for and recorded of. Pure; takes `now`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOWN = ZoneInfo("Asia/Shanghai")  # one clock for the whole country
FURTHEST = timedelta(days=366)  # ahead
LATEST = timedelta(days=31)  # after the visit
SLACK = timedelta(minutes=5)  # clocks of phones differ


def today(now: datetime) -> date:
    """The day in the town's time."""
    return now.astimezone(TOWN).date()


def monday(day: date) -> date:
    """The first day of the week it lies in."""
    return day - timedelta(days=day.weekday())


def week_days(first: date) -> list[date]:
    """Monday to Sunday."""
    return [first + timedelta(days=n) for n in range(7)]


def plan_problem(on: date, today: date) -> str | Promise:
    """What is wrong with a day to plan for; "" if nothing."""
    if on < today:
        return _("This day is over. Please choose today or a later day.")
    if on > today + FURTHEST:
        return _("Please choose a day within a year.")
    return ""


def visit_problem(at: datetime, now: datetime) -> str | Promise:
    """What is wrong with the time of a visit that is recorded; "" if nothing."""
    if at > now + SLACK:
        return _("This time has not come yet.")
    if at < now - LATEST:
        return _("This was more than a month ago. A visit is recorded within a month.")
    return ""
