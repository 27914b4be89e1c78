"""Who raised it: the reporter with their contact and code."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel import crypto
from mulin.kernel.db import rows
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean, digits
from mulin.matters.models import Contact, Matter, Reporter, ReporterKind
from mulin.posts.face import User, Who

# Without letters and digits that are mistaken for one another, aloud or on paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
CODE_CONTEXT = "reporter.code"
PHONE_CONTEXT = "contact.phone"


@dataclass(frozen=True)
class ReporterGiven:
    """Who the matter is from: a contact, an account, or nobody known."""

    kind: ReporterKind = ReporterKind.ANONYMOUS
    name: str = ""
    phone: str = ""
    user: User | None = None

    @classmethod
    def of(cls, by: Who) -> ReporterGiven:
        """The person who acts is the reporter."""
        if by.user is None:
            return cls()
        return cls(ReporterKind.STAFF if by.is_staff else ReporterKind.RESIDENT, user=by.user)

    @property
    def staff(self) -> UUID | None:
        """The member of staff whose own report this is: they never file it."""
        return self.user.pk if self.user and self.kind is ReporterKind.STAFF else None

    @classmethod
    def with_contact(cls, name: str, phone: str) -> ReporterGiven:
        """A resident who left a way to be reached; without a phone, nobody known."""
        number = normal_phone(phone)
        return cls(ReporterKind.CONTACT, clean(name, 60), number) if number else cls()


def normal_phone(phone: str) -> str:
    """Digits only. Raises Invalid where it cannot be a phone number; empty stays empty."""
    if not phone.strip():
        return ""
    number = digits(phone)
    if not 5 <= len(number) <= 15:
        raise Invalid(_("This does not look like a phone number."), code="phone", field="phone")
    return number


def add_reporter(matter: Matter, given: ReporterGiven, *, now: datetime) -> str:
    """Attach the reporter; returns the code with which they follow the matter."""
    code = new_code()
    row = reporter_row(matter, given, code, now)
    if row.contact:
        rows.insert(row.contact)
    rows.insert(row)
    return code


def reporter_row(matter: Matter, given: ReporterGiven, code: str, now: datetime) -> Reporter:
    """The row of a reporter, with that of their contact where they left one; not stored yet."""
    return Reporter(
        matter=matter,
        kind=given.kind,
        user=given.user,
        contact=_contact(given, now),
        code_hash=crypto.blind(code, context=CODE_CONTEXT),
        from_at=now,
    )


def _contact(given: ReporterGiven, now: datetime) -> Contact | None:
    if not given.phone:
        return None
    index = crypto.blind(given.phone, context=PHONE_CONTEXT)
    return Contact(name=given.name, phone=given.phone, phone_index=index, created_at=now)


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(CODE_LENGTH))


def normal_code(code: str) -> str:
    """As people type it: any case, with spaces or dashes."""
    return "".join(letter for letter in code.upper() if letter in CODE_ALPHABET)


def opens(matter: Matter, code: str) -> bool:
    """Whether the code is one of this matter's reporters'."""
    return opened_by(matter, code) is not None


def opened_by(matter: Matter, code: str) -> Reporter | None:
    """Whose code it is. The same is compared for each of them, whichever it is."""
    wanted = crypto.blind_all(normal_code(code), context=CODE_CONTEXT)
    rows = Reporter.objects.filter(matter=matter).exclude(code_hash="")
    found = [row for row in rows if any(secrets.compare_digest(each, row.code_hash or "") for each in wanted)]
    return found[0] if found else None
