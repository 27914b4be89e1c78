"""Who is in it: the reporter, masked; the seat that has it; everybody who had it before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.masking import mask_name, mask_phone
from mulin.matters.actions.contact import sees_reporter
from mulin.matters.models import Matter, Part, Reporter, ReporterKind
from mulin.matters.models.part import PartKind
from mulin.matters.views.names import Names
from mulin.posts.face import Permission, Scope, Who, may

REPORTER_KINDS: dict[str, str | Promise] = {
    ReporterKind.ANONYMOUS: _("Anonymous"),
    ReporterKind.CONTACT: _("Resident"),
    ReporterKind.RESIDENT: _("Resident with an account"),
    ReporterKind.STAFF: _("Staff"),
}

PART_KINDS: dict[str, str | Promise] = {
    PartKind.LEAD: pgettext_lazy("part", "Handles"),
    PartKind.ASSIST: pgettext_lazy("part", "Assists"),
    PartKind.DECIDE: pgettext_lazy("part", "Decides"),
}


@dataclass(frozen=True)
class ReporterCard:
    """What a page says of the reporter. Names and phones are masked here, whoever looks."""

    kind: str
    name: str
    phone: str
    hidden: bool  # the reporter asked for secrecy, and this person only handles
    may_reveal: bool


@dataclass(frozen=True)
class PartCard:
    kind: str
    seat: str
    people: tuple[str, ...]
    from_at: datetime
    to_at: datetime | None
    due_at: datetime | None


def read_reporters(matter: Matter) -> list[Reporter]:
    rows = Reporter.objects.filter(matter=matter).select_related("contact", "user")
    return list(rows.order_by("-first", "from_at"))


def residents(reporters: Sequence[Reporter]) -> frozenset[UUID]:
    """Reporters with an account who are no staff: the timeline does not name them."""
    return frozenset(row.user_id for row in reporters if row.user_id and row.kind != ReporterKind.STAFF)


def secret_names(matter: Matter, reporters: Sequence[Reporter], who: Who, scope: Scope) -> frozenset[UUID]:
    """Whom the timeline must not name to this person."""
    if sees_reporter(matter, who, scope):
        return residents(reporters)
    return frozenset(row.user_id for row in reporters if row.user_id)


def reporter_card(matter: Matter, reporters: Sequence[Reporter], who: Who, scope: Scope) -> ReporterCard:
    first = next((row for row in reporters if row.first), None)
    kind = first.kind if first else ReporterKind.ANONYMOUS
    if not sees_reporter(matter, who, scope):
        return ReporterCard(str(REPORTER_KINDS[kind]), "", "", hidden=True, may_reveal=False)
    name, phone = _masked(first)
    contact = first is not None and first.contact is not None
    return ReporterCard(
        str(REPORTER_KINDS[kind]), name, phone, hidden=False,
        may_reveal=contact and may(who, Permission.CONTACT_REVEAL, scope),
    )  # fmt: skip


def _masked(first: Reporter | None) -> tuple[str, str]:
    if first is None:
        return "", ""
    if first.contact is not None:
        return mask_name(first.contact.name or ""), mask_phone(first.contact.phone or "")
    if first.user is not None:
        return first.user.label if first.kind == ReporterKind.STAFF else mask_name(first.user.name), ""
    return "", ""


def part_cards(parts: Sequence[Part], names: Names) -> list[PartCard]:
    """The running ones first. Without a person yet, it is with whoever holds the seat."""
    return [_part_card(part, names) for part in sorted(parts, key=lambda part: part.to_at is not None)]


def _part_card(part: Part, names: Names) -> PartCard:
    people: tuple[str, ...] = (names.person(part.person_id),) if part.person_id else ()
    if not people and part.to_at is None:
        people = names.sitting(part.seat_id)
    label = str(PART_KINDS[part.kind])
    return PartCard(label, names.seat(part.seat_id), people, part.from_at, part.to_at, part.due_at)
