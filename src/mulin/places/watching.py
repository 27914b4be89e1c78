"""Whether the working days of the weeks to come are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mulin.kernel.lights import Colour, Light
from mulin.places.calendars import calendars
from mulin.places.holidays import known_years

AHEAD = timedelta(days=45)  # limits of the matter list reach so far


def lights(now: datetime) -> Iterable[Light]:
    """One light: the holidays of the years in which deadlines fall that are counted today."""
    title = _("Calendar")
    years = {localtime(now).year, localtime(now + AHEAD).year}
    everywhere = calendars().at("")
    held = {day.year for day in everywhere.off}
    if missing := sorted(years - held):
        year = ", ".join(str(each) for each in missing)
        says = _("The public holidays of %(year)s are missing: deadlines are counted as if there were none.")
        mend = _("Open the calendar at the desk and paste what the State Council announced for %(year)s.")
        if set(missing) <= set(known_years()):
            mend = _("Open the calendar at the desk and take over the public holidays of %(year)s.")
        yield Light("calendar", Colour.AMBER, title, says % {"year": year}, mend % {"year": year})
        return
    yield Light("calendar", Colour.GREEN, title, _("The public holidays of the weeks to come are known."))
