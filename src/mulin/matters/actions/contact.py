"""Showing how to reach a reporter: with a purpose, and always on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from mulin.journal.face import disclose
from mulin.kernel import throttle
from mulin.kernel.refusals import Invalid, NotAllowed, NotYours
from mulin.matters.actions.apply import subject
from mulin.matters.labels import PURPOSES
from mulin.matters.models import Matter, Reporter
from mulin.posts.face import Permission, Scope, Who, may, require

REVEALS_PER_HOUR = 60


@dataclass(frozen=True)
class Shown:
    name: str
    phone: str


def sees_reporter(matter: Matter, who: Who, scope: Scope | None = None) -> bool:
    """Whether they may know who raised it: of a secret one only whoever takes matters in."""
    return not matter.secret or may(who, Permission.MATTER_CORRECT, scope or matter)


def reveal_contact(matter: Matter, *, purpose: str, by: Who, now: datetime) -> Shown:
    """Show the first reporter's name and phone. Writes a Disclosure; raises Invalid without a known purpose."""
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
    disclose(
        by.user.pk, [reporter.contact.pk], kind="reveal", purpose=purpose, at=now, subject=subject(matter)
    )
    return Shown(reporter.contact.name or "", reporter.contact.phone or "")
