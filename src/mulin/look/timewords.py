"""Times in words: relative first, exact beside it. Pure: `now` is always given."""

from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400


def _count(seconds: int) -> tuple[int, str]:
    """The largest unit that says enough; rounded before it is chosen, so that nothing is "in 60 minutes"."""
    if (minutes := round(seconds / MINUTE)) < 60:
        return max(1, minutes), "minute"
    if (hours := round(seconds / HOUR)) < 24:
        return hours, "hour"
    if (days := round(seconds / DAY)) < 60:
        return days, "day"
    return round(seconds / (30.4 * DAY)), "month"


def relative(at: datetime, now: datetime) -> str:
    """ "in 3 hours" or "2 days ago"."""
    seconds = int((at - now).total_seconds())
    if abs(seconds) < MINUTE:
        return gettext("now")
    number, unit = _count(abs(seconds))
    return _ahead(number, unit) if seconds > 0 else _ago(number, unit)


def _ahead(number: int, unit: str) -> str:
    """A time to come."""
    if unit == "minute":
        words = ngettext("in %(n)s minute", "in %(n)s minutes", number)
    elif unit == "hour":
        words = ngettext("in %(n)s hour", "in %(n)s hours", number)
    elif unit == "day":
        words = ngettext("in %(n)s day", "in %(n)s days", number)
    else:
        words = ngettext("in %(n)s month", "in %(n)s months", number)
    return words % {"n": number}


def _ago(number: int, unit: str) -> str:
    """A time gone by."""
    if unit == "minute":
        words = ngettext("%(n)s minute ago", "%(n)s minutes ago", number)
    elif unit == "hour":
        words = ngettext("%(n)s hour ago", "%(n)s hours ago", number)
    elif unit == "day":
        words = ngettext("%(n)s day ago", "%(n)s days ago", number)
    else:
        words = ngettext("%(n)s month ago", "%(n)s months ago", number)
    return words % {"n": number}


def span(length: timedelta) -> str:
    """A length of time: "3 h 20 min", "2 d 4 h"; never more than two units."""
    minutes = max(0, int(length.total_seconds()) // MINUTE)
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = [
        (days, gettext("%(n)s d")),
        (hours, gettext("%(n)s h")),
        (left, gettext("%(n)s min")),
    ]
    said = [words % {"n": number} for number, words in parts if number]
    return " ".join(said[:2]) or gettext("%(n)s min") % {"n": 0}


def exact(at: datetime) -> str:
    """The exact time in the reader's language and zone, 24-hour clock, with the weekday."""
    return _exact(at, timezone.get_current_timezone(), get_language())


@lru_cache(maxsize=4096)
def _exact(at: datetime, zone: tzinfo, _language: str | None) -> str:
    """Kept: a list says the same limits again and again, and to write one out costs more than to show it."""
    local = at.astimezone(zone) if timezone.is_aware(at) else at
    return formats.date_format(local, gettext("l, j F Y, H:i"))


def short(at: datetime, now: datetime) -> str:
    """ "14:05" today, else "3 May 14:05", with the year when it is another one."""
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    today = timezone.localtime(now) if timezone.is_aware(now) else now
    if local.date() == today.date():
        return formats.date_format(local, "H:i")
    if local.year == today.year:
        return formats.date_format(local, gettext("j M H:i"))
    return formats.date_format(local, gettext("j M Y"))
