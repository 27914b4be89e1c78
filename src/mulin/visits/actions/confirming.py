"""What was found right at the door is confirmed in the registry, by the registry's own acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.posts.face import Who
from mulin.registry.face import (
    FACTS,
    Dwelling,
    Household,
    Merchant,
    Residence,
    Resident,
    confirm_dwelling,
    confirm_household,
    confirm_merchant,
    confirm_resident,
)
from mulin.visits.codes import Way
from mulin.visits.rules.marks import Mark

Record = Dwelling | Household | Resident | Merchant
SOURCES: Mapping[str, str] = {Way.DOOR: "door", Way.PHONE: "phone", Way.OFFICE: "window"}
ACTS: Mapping[str, Any] = {  # in the order in which everybody locks
    "household": confirm_household,
    "dwelling": confirm_dwelling,
    "resident": confirm_resident,
    "merchant": confirm_merchant,
}


@dataclass(frozen=True)
class Shown:
    """All that is looked at together at one door: the door, the household and who belongs to it; or the shop."""

    records: Mapping[tuple[str, UUID], Record] = field(default_factory=dict)
    members: Sequence[Residence] = ()

    def has(self, mark: Mark) -> bool:
        known = {fact.code for fact in FACTS[mark.kind]}
        return (mark.kind, mark.id) in self.records and (not mark.fact or mark.fact in known)


def shown_at(target: Household | Merchant) -> Shown:
    """Two statements for a household, none for a merchant."""
    if isinstance(target, Merchant):
        return Shown({("merchant", target.pk): target})
    members = list(
        Residence.objects.there()
        .filter(household=target)
        .select_related("resident")
        .order_by("relation", "from_on", "id")
    )
    found: list[Record] = [target.dwelling, target, *(each.resident for each in members)]
    return Shown({(type(each).__name__.lower(), each.pk): each for each in found}, members)


def check_marks(target: Household | Merchant, marks: Iterable[Mark]) -> None:
    """Only what belongs to this door can be confirmed there."""
    marks = list(marks)
    if marks:
        shown = shown_at(target)
        if not all(shown.has(mark) for mark in marks):
            raise Invalid(
                _("Something that was ticked does not belong to this household any more. Look at it again."),
                code="not_there",
                field="marks",
            )


def confirm(target: Household | Merchant, marks: Sequence[Mark], *, way: str, by: Who, now: datetime) -> None:
    """Confirm each record that was ticked, in the transaction of the visit."""
    if not marks:
        return
    shown = shown_at(target)
    order = list(ACTS)
    by_record = sorted(marks, key=lambda mark: (order.index(mark.kind), mark.id, mark.fact))
    for key, some in groupby(by_record, key=lambda mark: (mark.kind, mark.id)):
        facts = [mark.fact for mark in some if mark.fact]
        ACTS[key[0]](shown.records[key], by=by, now=now, facts=facts or None, source=SOURCES[way])
