"""Where somebody is at home: the area their page opens at."""

from __future__ import annotations

from mulin.places.face import Area
from mulin.posts.face import Who


def home_of(who: Who) -> Area | None:
    """The area of their first seat at an area; for staff of an organisation, its home; else where they belong."""
    for seat in who.seats:
        if seat.area:
            return seat.area
    for body in who.organisations:
        return body.home
    return who.user.home if who.user else None
