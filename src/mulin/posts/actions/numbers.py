"""The numbers that are made public for an area."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean, digits
from mulin.places.face import Area, Level
from mulin.posts.entries import area_entry
from mulin.posts.models import PublicNumbers
from mulin.posts.models.numbers import PHONE_LIMIT
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.who import Who

LEVELS = (Level.TOWN, Level.VILLAGE, Level.GRID)
LEAST_DIGITS = 3


@transaction.atomic
def set_public_numbers(
    area: Area, *, contact: str, supervision: str, by: Who, now: datetime
) -> PublicNumbers | None:
    """Say whom to call about an area and whom to complain to; without either, what stands above counts again."""
    require(by, Permission.ORGANISATION_MANAGE, area, seen_by=Permission.PLACE_READ)
    if area.level not in LEVELS or area.closed_at is not None:
        raise Invalid(
            _("Numbers are given for a town, a community or a grid."), code="wrong_level", field="area"
        )
    said = {
        "contact": _phone(contact, field="contact"),
        "supervision": _phone(supervision, field="supervision"),
    }
    before = PublicNumbers.objects.select_for_update().filter(area=area).first()
    if (before.contact, before.supervision) == tuple(said.values()) if before else not any(said.values()):
        return before
    numbers = _write(area, said, now)
    area_entry("area.numbers_set", area, by=by, now=now, words=said)
    return numbers


def _write(area: Area, said: dict[str, str], now: datetime) -> PublicNumbers | None:
    if not any(said.values()):
        PublicNumbers.objects.filter(area=area).delete()
        return None
    numbers, _made = PublicNumbers.objects.update_or_create(area=area, defaults=said | {"changed_at": now})
    return numbers


def _phone(text: str, *, field: str) -> str:
    """As people write it ("0632-5551234"): it is printed, and dialled."""
    number = clean(text, PHONE_LIMIT, lines=False, field=field)
    odd = set(number) - set("0123456789+-() ,/、转")
    if number and (odd or len(digits(number)) < LEAST_DIGITS):
        raise Invalid(_("This is not a phone number."), code="phone", field=field)
    return number
