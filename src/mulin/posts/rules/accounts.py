"""The forms in which user names and phone numbers are kept; what does not fit is refused with words."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.kernel.text import phone as one_form

USERNAME_LIMIT = 60
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")
_PHONE = re.compile(r"[0-9]{3,20}")
_PUBLIC_PHONE = re.compile(r"\+?[0-9][0-9 ()/*#.-]{1,38}")


def username_of(text: str) -> str:
    """In small letters."""
    name = clean(text, USERNAME_LIMIT, lines=False, field="username").lower()
    if not _USERNAME.fullmatch(name):
        message = _("A user name has 3 to 60 small letters, digits, dots or hyphens.")
        raise Invalid(message, code="bad_username", field="username")
    return name


def phone_of(text: str) -> str:
    """Digits only; empty where nothing was said."""
    number = one_form(text)
    if text.strip() and not _PHONE.fullmatch(number):
        raise Invalid(_("This is not a phone number."), code="bad_phone", field="phone")
    return number


def public_phone_of(text: str) -> str:
    """Of an office, with its extension and signs as people write them."""
    number = clean(text, 40, lines=False, field="public_phone")
    if number and not _PUBLIC_PHONE.fullmatch(number):
        raise Invalid(_("This is not a phone number."), code="bad_phone", field="public_phone")
    return number
