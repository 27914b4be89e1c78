"""The copy of everything that is kept of one person: for them to take along, readable by people and by programs.

Nobody else is in it. What somebody else is named in, or may be, is given out by hand after it was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.utils import timezone

from mulin.registry.models import DataRequest, Proposal, Resident
from mulin.registry.queries.own_readings import history_of, readings_of
from mulin.registry.queries.own_record import all_ids, own_cares, own_facts, own_homes
from mulin.registry.rules.facts import FACTS

MOST = 1000
OWN_COLUMNS = tuple(name for fact in FACTS["resident"] for name in fact.columns)


def own_copy(resident: Resident, own_user: UUID | None, now: datetime) -> dict[str, Any]:
    """By codes as they are stored, in words as people read them, with where each comes from."""
    ids = all_ids(resident)
    readings, _more = readings_of(ids, limit=MOST)
    return {
        "made_at": now,
        "record": {name: _plain(getattr(resident, name)) for name in OWN_COLUMNS},
        "in_words": [
            {"what": str(fact.label), "confirmed_at": fact.seen_at, "from": fact.source, "values": dict(fact.rows)}
            for fact in own_facts(resident, whole=True)
        ],
        "homes": [_without_id(asdict(home)) for home in own_homes(ids)],
        "care_needs": [asdict(need) for need in own_cares(ids, timezone.localdate(now))],
        "readings": [_without_id(asdict(each)) for each in readings],
        "history": [asdict(each) for each in history_of(ids, own_user or resident.pk, limit=MOST)],
        "proposals": [_proposal(row) for row in own_proposals(own_user, ids)] if own_user else [],
        "requests": [_request(row) for row in resident.data_requests.order_by("-asked_at", "-id")[:MOST]],
    }  # fmt: skip


def own_proposals(user: UUID, ids: Sequence[UUID], limit: int = MOST) -> Sequence[Proposal]:
    """What they proposed about this record, the newest first: an account may have been linked to another before."""
    return list(Proposal.objects.made_by(user).filter(source="resident", subject__in=ids)[:limit])


def _proposal(row: Proposal) -> dict[str, Any]:
    return {
        "at": row.proposed_at, "kind": row.kind, "stage": row.stage, "before": row.was, "after": row.wanted,
        "note": row.note, "decided_at": row.decided_at, "reason": row.reason,
        "in_words": {"what": row.get_kind_display(), "how_far": row.get_stage_display(), "changes": _changes(row)},
    }  # fmt: skip


def _changes(row: Proposal) -> list[tuple[str, str]]:
    """What each column is called, and what it should say."""
    fields = {name: cast("models.Field[Any, Any]", Resident._meta.get_field(name)) for name in row.wanted}
    return [
        (str(fields[name].verbose_name), str(dict(fields[name].flatchoices).get(value, value)))
        for name, value in row.wanted.items()
    ]


def _request(row: DataRequest) -> dict[str, Any]:
    return {
        "at": row.asked_at, "kind": row.kind, "stage": row.stage, "text": row.text, "due_at": row.due_at,
        "answered_at": row.answered_at, "ground": row.ground, "answer": row.answer,
        "in_words": {"what": row.get_kind_display(), "how_far": row.get_stage_display()},
    }  # fmt: skip


def _without_id(values: dict[str, Any]) -> dict[str, Any]:
    values.pop("id")
    return values


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
