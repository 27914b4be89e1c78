"""How residents sign in: which ways there are, how long a code and a device last, which documents count."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ResidentWay(StrEnum):
    """How somebody proved who they are."""

    EMAIL = "email"
    PAPER = "paper"


class Document(StrEnum):
    """What somebody of the staff looked at. Its number is written down nowhere."""

    IDENTITY_CARD = "identity_card"
    HOUSEHOLD_BOOK = "household_book"
    PERMIT = "permit"
    OTHER = "other"


DOCUMENTS: dict[Document, str | Promise] = {
    Document.IDENTITY_CARD: _("Identity card"),
    Document.HOUSEHOLD_BOOK: _("Household register"),
    Document.PERMIT: _("Passport or residence permit"),
    Document.OTHER: _("Another document with a photo"),
}

EMAIL_DIGITS = 6
EMAIL_LIVES = timedelta(minutes=10)
EMAIL_WRONG = 5  # so many wrong codes, then a new one must be asked for
PAPER_LIVES = timedelta(days=7)
NUMBER_LENGTH = 8

# A device that is not one's own is forgotten the same day; one's own, if one says so, after a month.
SIGNED_IN, STAYS_SIGNED_IN = timedelta(hours=12), timedelta(days=30)
DEVICES = 20

_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_PHONE, _TABLET = (
    re.compile(r"iPhone|Android.*Mobile|Mobile.*Firefox|MicroMessenger"),
    re.compile("iPad|Android"),
)


def normal_email(text: str) -> str:
    """In the one form in which it is kept and found; empty where it is none. Nobody's mail tells capitals apart."""
    email = text.strip().lower()
    return email if len(email) <= 200 and _EMAIL.fullmatch(email) else ""


def device_of(user_agent: str) -> str:
    """In one word what one needs to recognise one's own devices; nothing finer is kept."""
    if _PHONE.search(user_agent):
        return "phone"
    return "tablet" if _TABLET.search(user_agent) else "computer"
