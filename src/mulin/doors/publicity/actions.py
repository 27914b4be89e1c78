"""Ordering paper: long work with a bar. Nobody's personal data is printed, so this is no reading."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _

from mulin.doors.publicity.grids import printable
from mulin.doors.publicity.plan import Order, homes_in
from mulin.kernel import jobs
from mulin.kernel.models import Job
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.places.face import Area
from mulin.posts.face import Permission, Who, require

JOB = "publicity.print"
WHAT = ("signboards", "cards")
LANGUAGES = {"zh-hans": "简体中文", "en": "English"}
MOST_EACH, MOST_CARDS = 2000, 50_000


def order_paper(order: Order, *, by: Who, now: datetime) -> Job:
    """Begin to print for all grids of an area; the file is fetched from the job's page."""
    area = Area.objects.plain().open().filter(path=order.area).first()
    if area is None:
        raise Invalid(_("Please choose a place."), code="unknown_place", field="area")
    require(by, Permission.PUBLICITY_PRINT, area, seen_by=Permission.PLACE_READ)
    _check(order, printable(by).under(area.path).count(), by)
    assert by.user is not None  # noqa: S101 - only people hold the permission
    return jobs.start(JOB, user=by.user.pk, facts=asdict(order), now=now)


def _check(order: Order, grids: int, by: Who) -> None:
    if order.what not in WHAT or order.language not in LANGUAGES:
        raise Invalid(_("Please choose what to print."), code="paper", field="what")
    if not grids:
        raise Invalid(_("There is no grid in this place."), code="no_grid", field="area")
    if order.what == "cards":
        _check_cards(order, grids, by)


def _check_cards(order: Order, grids: int, by: Who) -> None:
    if not 0 <= order.each <= MOST_EACH:
        message = _("At most %(n)d cards are printed for each grid.") % {"n": MOST_EACH}
        raise Invalid(message, code="too_many", field="each")
    if not order.each and not by.has(Permission.REGISTRY_READ):
        raise NotAllowed(_("You do not see which homes there are: say how many cards each grid needs."))
    count = grids * order.each if order.each else homes_in(order.area, by)
    if not count:
        raise Invalid(_("No homes are entered in this place yet."), code="no_homes", field="area")
    if count > MOST_CARDS:
        message = _("At most %(n)d cards are printed at once: choose a smaller place.")
        raise Invalid(message % {"n": MOST_CARDS}, code="too_many", field="area")
