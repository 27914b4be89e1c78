"""Showing how to reach a reporter: with a purpose, and always on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.journal.face import Purpose, Reading, disclose
from mulin.kernel import throttle
from mulin.kernel.refusals import Invalid, NotAllowed, NotYours
from mulin.matters.actions.apply import subject
from mulin.matters.labels import PURPOSES
from mulin.matters.models import Matter, Part, PartKind, Reporter
from mulin.posts.face import Permission, Scope, Who, may, require

REVEALS_PER_HOUR = 60


@dataclass(frozen=True)
class Shown:
    name: str
    phone: str


def sees_reporter(matter: Matter, who: Who, scope: Scope | None = None) -> bool:
    """Whether they may know who raised it: of a secret one only whoever takes matters in, and never its handlers."""
    if not matter.secret:
        return True
    return may(who, Permission.MATTER_CORRECT, scope or matter) and not _handles(matter, who)


def _handles(matter: Matter, who: Who) -> bool:
    """Whether it lies on a seat of theirs to be handled, or they ever handled it."""
    mine = Q(seat__in=[seat.pk for seat in who.seats], to_at=None)
    if who.user:
        mine |= Q(person=who.user)
    return Part.objects.filter(mine, matter=matter, kind=PartKind.LEAD).exists()


def reveal_contact(
    matter: Matter, *, purpose: str, by: Who, now: datetime, kind: Reading = Reading.REVEAL
) -> Shown:
    """Show the first reporter's name and phone, or print them. Writes a Disclosure; Invalid without a purpose."""
    if purpose not in PURPOSES:
        raise Invalid(_("Please choose why you need to see this."), code="purpose", field="purpose")
    require(by, Permission.CONTACT_REVEAL, matter)
    if not sees_reporter(matter, by):
        raise NotAllowed(_("The reporter asked not to be known to whoever handles it."), code="secret")
    reporter = Reporter.objects.select_related("contact").filter(matter=matter, first=True).first()
    if reporter is None or reporter.contact is None:
        raise NotYours(_("The reporter left no contact."))
    assert by.user is not None  # noqa: S101 - only people hold the permission
    throttle.take(f"reveal:{by.user.pk}", limit=REVEALS_PER_HOUR, per=timedelta(hours=1), now=now)
    disclose(by.user.pk, [reporter.contact.pk], kind=kind, purpose=purpose, at=now, subject=subject(matter))
    return Shown(reporter.contact.name or "", reporter.contact.phone or "")


def disclose_print(matter: Matter, *, by: Who, now: datetime) -> None:
    """Write down that a sheet about somebody left the house, their contact masked on it as everywhere."""
    first = Reporter.objects.filter(matter=matter, first=True).first()
    if by.user and first and first.contact_id:
        disclose(
            by.user.pk, [first.contact_id], kind=Reading.PRINT, purpose=Purpose.DUTY, at=now, subject=subject(matter)
        )  # fmt: skip
