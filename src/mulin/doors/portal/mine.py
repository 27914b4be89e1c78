"""Everything that a resident raised, over all their devices, as their own page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.channels.face import Told, inbox
from mulin.doors.portal.story import badge_kind
from mulin.journal.face import Entry
from mulin.kernel.refusals import Invalid
from mulin.matters.face import LIVE, Matter, Reporter, reports_of, state_label
from mulin.posts.face import ResidentAccount, Who, devices_of

PAGE, MOST, LATELY = 20, 1000, 20


@dataclass(frozen=True)
class Line:
    """One report in the list; a voice reads the kind, not what somebody else wrote."""

    reporter: Reporter
    kind: str
    state: str

    @property
    def matter(self) -> Matter:
        return self.reporter.matter

    @property
    def title(self) -> str:
        return self.matter.title if self.reporter.first else self.matter.type_label

    @property
    def is_live(self) -> bool:
        return self.matter.state in LIVE


def lines_of(resident: ResidentAccount, now: datetime, after: str = "") -> tuple[list[Line], str]:
    """The newest first, a page at a time, and the key of the next; one statement."""
    rows = reports_of(resident.user_id).exclude(first=False, code_hash="")
    if after:
        at, id = _read_key(after)
        rows = rows.filter(Q(from_at__lt=at) | Q(from_at=at, id__lt=id))
    found = list(rows[: PAGE + 1])
    shown = [_line(row, now) for row in found[:PAGE]]
    more = f"{found[PAGE - 1].from_at.isoformat()}~{found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return shown, more


def _line(row: Reporter, now: datetime) -> Line:
    return Line(row, badge_kind(row.matter, now), state_label(row.matter.state, resident=True))


def _read_key(after: str) -> tuple[datetime, UUID]:
    at, _mark, id = after.partition("~")
    try:
        read = datetime.fromisoformat(at)
        if read.tzinfo is None:
            raise ValueError
        return read.astimezone(UTC), UUID(id)
    except (ValueError, OverflowError):
        raise Invalid(code="after") from None


HAPPENED: dict[str, str | Promise] = {
    "resident.opened": _("The account was opened"),
    "resident.signed_in": _("Signed in"),
    "resident.signed_out": _("A device was signed out"),
    "resident.email_set": _("The email address was changed"),
    "resident.paper_issued": _("A paper code was issued for it"),
    "resident.link_failed": _("A report was not linked: wrong code"),
    "person.changed": _("The language was changed"),
}


def history_of(resident: ResidentAccount) -> list[tuple[str, datetime]]:
    """What happened to their account lately, the newest first: so that they see what was not their doing."""
    rows = Entry.objects.filter(subject=resident.user_id, subject_kind="person").order_by("-seq")
    return [(str(HAPPENED[row.code]), row.at) for row in rows[:LATELY] if row.code in HAPPENED]


def messages_of(who: Who, after: str = "", limit: int = PAGE) -> tuple[Sequence[Told], str]:
    """What they were told, the newest first."""
    found = inbox(who, after=after, limit=limit)
    return found.rows, found.next


def all_of(resident: ResidentAccount, who: Who) -> dict[str, Any]:
    """Everything that is kept of them, to take along."""
    rows = reports_of(resident.user_id).select_related("contact")[:MOST]
    told, _next = messages_of(who, limit=MOST)
    return {
        "account": {
            "number": resident.number, "email": resident.email, "name": resident.name,
            "document": resident.document, "seen_at": resident.seen_at, "opened_at": resident.created_at,
            "language": resident.user.language,
        },
        "reports": [_report(row) for row in rows],
        "messages": [{"at": each.message.sent_at, "number": each.number, "text": each.text} for each in told],
        "devices": [
            {"signed_in_at": each.created_at, "until": each.expires_at, "device": each.device, "way": each.way}
            for each in devices_of(resident, who.now)
        ],
    }  # fmt: skip


def _report(row: Reporter) -> dict[str, Any]:
    matter, contact = row.matter, row.contact
    told = {
        "number": matter.number,
        "kind": matter.type_label,
        "state": matter.state,
        "raised_at": row.from_at,
    }
    if row.first:
        told |= {"title": matter.title, "text": matter.text, "address": matter.address}
        told |= {"rating": matter.rating, "solved": matter.solved}
    if contact:
        told |= {"name": contact.name, "phone": contact.phone}
    return told
