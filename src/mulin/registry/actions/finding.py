"""Finding a person by their exact document number or phone: so many an hour, and on record, hit or miss."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from mulin.journal.face import Purpose, Reading
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.posts.face import Permission, Who, require
from mulin.registry.actions.asking import take_asking
from mulin.registry.actions.reading import note_reading
from mulin.registry.queries.finding import SHORTEST, Found, find
from mulin.registry.rules.documents import document_form
from mulin.registry.rules.revealing import PURPOSES

LONGEST = 60


def find_exact(number: str, *, purpose: str, by: Who, now: datetime) -> Found:
    """Whoever has this number in one's area. Written before it is told, also where it is nobody.

    Of somebody outside one's area nothing is told, not even that there is one: that is for whoever breaks the glass.
    """
    require(by, Permission.REGISTRY_FIND)
    if by.user is None:
        raise NotAllowed
    check_number(number)
    if purpose not in {*PURPOSES, Purpose.DUTY}:
        raise Invalid(_("Please choose what you need it for."), code="purpose", field="purpose")
    take_asking(by.user.pk, now=now)
    found = find(number, by)
    note_reading(
        found.people,
        kind=Reading.SEARCH,
        purpose=purpose,
        by=by,
        now=now,
        permission=Permission.REGISTRY_FIND,
        about=found.only,
    )
    return found


def check_number(number: str) -> None:
    """Refuse what cannot be a whole number: a search by part of one is none."""
    if not SHORTEST <= len(document_form(number)) <= LONGEST or not any(sign.isdigit() for sign in number):
        words = _("Type the whole document number or the whole phone number.")
        raise Invalid(words, code="number", field="number")
