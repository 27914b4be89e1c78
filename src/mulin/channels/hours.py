"""Whose working hours: those of the place where the receiver's seat is."""

from __future__ import annotations

from mulin.kernel.worktime import Calendar
from mulin.places.face import Calendars
from mulin.posts.face import Seat


def calendar_of(seat: Seat | None, book: Calendars) -> Calendar | None:
    """The calendar of a member of staff on a seat; a reporter has none."""
    if seat is None:
        return None
    home = seat.area or (seat.organisation.home if seat.organisation else None)
    return book.at(home.path) if home else book.everywhere
