"""Mails that wait: written here, sent by the worker's lane of mail. Nobody in front of a screen waits for a server."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from mulin.channels.models import Mail
from mulin.channels.rules.server import is_address
from mulin.channels.texts import CHINESE, ENGLISH

CODE_LASTS = timedelta(minutes=10)


class MailKind(StrEnum):
    """What a mail is for. The codes are stored."""

    CODE = "code"  # lets a resident in
    PROOF = "proof"  # proves an address
    TEST = "test"
    MESSAGES = "messages"


# What somebody waits for in front of a screen goes first, then what is urgent.
FIRST, URGENT, ORDINARY = 0, 1, 2


def can_mail() -> bool:
    """Whether this house has a mail server."""
    return settings.MULIN_MAIL_SERVER is not None


def codes_can_be_sent() -> bool:
    """Whether somebody can be let in by a code that is sent to them."""
    return can_mail()


def send_code(
    address: str, code: str, language: str, *, now: datetime, lasts: timedelta = CODE_LASTS
) -> bool:
    """Send a one-time code; False where that cannot be. Whether the mailbox exists is found out later, by nobody."""
    if not can_mail() or not is_address(address):
        return False
    put(MailKind.CODE, address, language, now, lasts, code=code)
    return True


def put(kind: MailKind, address: str, language: str, now: datetime, lasts: timedelta, **words: str) -> Mail:
    """Queue what somebody waits for: it goes first, and is dropped when it is of no more use."""
    subject, body = written(kind, language, minutes=lasts // timedelta(minutes=1), **words)
    return Mail.objects.create(
        kind=kind, address=address, subject=subject, body=body, language=spoken(language),
        priority=FIRST, due_at=now, created_at=now, expires_at=now + lasts,
    )  # fmt: skip


def spoken(language: str) -> str:
    """The language that we have."""
    return ENGLISH if language.lower().startswith("en") else CHINESE


def written(kind: MailKind, language: str, **words: object) -> tuple[str, str]:
    """Subject and text in a language."""
    with override(spoken(language)):
        subject = {
            MailKind.CODE: _("Your code: %(code)s"),
            MailKind.PROOF: _("Confirm your address: %(code)s"),
            MailKind.TEST: _("Test mail"),
        }[kind] % words  # fmt: skip
        return subject, render_to_string(
            f"channels/mail/{kind}.txt", {"url": settings.MULIN_PUBLIC_URL, **words}
        )
