"""A resident's own record as their pages show it. Nothing here says anything about anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from mulin.doors.portal import account
from mulin.kernel.refusals import NotYours
from mulin.matters.face import reports_of
from mulin.posts.face import ResidentAccount
from mulin.registry.face import (
    DataRequest,
    Proposal,
    Resident,
    all_ids,
    own_cares,
    own_facts,
    own_homes,
    own_proposals,
    own_record,
)

LATELY, MOST_CONTACTS = 10, 500


def record_of(request: HttpRequest) -> Resident | None:
    """The record that whoever is signed in may read; read anew for each act."""
    return own_record(account.owner(request))


def record_or_nothing(request: HttpRequest) -> Resident:
    found = record_of(request)
    if found is None:
        raise NotYours
    return found


def as_kept(me: ResidentAccount, record: Resident) -> dict[str, Any]:
    """What is kept, and what they asked for."""
    ids, today = all_ids(record), timezone.localdate()
    return {
        "record": record,
        "facts": own_facts(record),
        "homes": own_homes(ids),
        "cares": own_cares(ids, today),
        "proposals": [Said.of(row) for row in own_proposals(me.user_id, ids, LATELY)],
    }


def requests_of(me: ResidentAccount) -> list[DataRequest]:
    """What they asked about their data; also where the record is gone meanwhile."""
    return list(DataRequest.objects.filter(account=me).order_by("-asked_at", "-id")[:LATELY])


def whose_readings(me: ResidentAccount, record: Resident | None) -> list[UUID]:
    """By whom they are known to the readings: their record, and what they left to be reached in their reports."""
    contacts = reports_of(me.user_id).filter(first=True, contact__isnull=False)
    ids = list(contacts.values_list("contact", flat=True)[:MOST_CONTACTS])
    return [*(all_ids(record) if record else []), *ids]


@dataclass(frozen=True)
class Said:
    """A proposal of one's own: what was said, and how it went."""

    row: Proposal
    changes: list[tuple[str, str]]

    @classmethod
    def of(cls, row: Proposal) -> Said:
        return cls(row, [(label_of(name), value) for name, value in in_words(row.wanted).items()])


def label_of(name: str) -> str:
    """What a column is called."""
    return str(Resident._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # plain columns only


def in_words(values: Mapping[str, str]) -> dict[str, str]:
    """Codes as people read them; nothing said is said so by a dash."""
    found = {}
    for name, value in values.items():
        codes = dict(getattr(Resident._meta.get_field(name), "choices", None) or ())
        found[name] = str(codes.get(value, value) or "–")
    return found
