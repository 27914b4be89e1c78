"""Which facts of a record are confirmed together, and how fresh each is. Pure; takes `now`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Fact:
    """What one looks at together at the door: a word for it, and the columns it stands for."""

    code: str
    label: str | Promise
    columns: tuple[str, ...]


FACTS: Mapping[str, tuple[Fact, ...]] = {
    "dwelling": (
        Fact("place", _("where it is"), ("place", "area", "floor", "number")),
        Fact("use", _("what it is used for"), ("use", "square_metres", "hazard")),
        Fact("owner", _("owner"), ("owner_name", "owner_phone")),
    ),
    "household": (
        Fact("members", _("who belongs to it"), ()),
        Fact("number", _("household number"), ("number", "kind")),
    ),
    "resident": (
        Fact(
            "identity",
            _("name, birth and document"),
            ("name", "former_name", "latin_name", "sex", "born_on", "nationality", "document_kind", "document",
             "document_until"),
        ),
        Fact("phone", _("phone"), ("phone",)),
        Fact("registration", _("where registered"), ("registered_division", "registered_address", "native_division")),
        Fact("work", _("schooling and work"), ("education", "occupation", "workplace")),
        Fact("family", _("marital status"), ("marital",)),
        Fact("stay", _("stay in China"), ("arrived_on", "leaves_on", "stay_purpose")),
        Fact("residence", _("where they live"), ()),
    ),
    "merchant": (
        Fact("identity", _("name and code"), ("name", "kind", "trade", "credit_code", "licence")),
        Fact("contact", _("who runs it"), ("operator_name", "operator_phone")),
        Fact("safety", _("safety"), ("safety_name", "safety_phone", "hazard", "lives_in", "extinguishers")),
        Fact("staff", _("how many work there"), ("staff_count",)),
    ),
}  # fmt: skip

STALE_DAYS = 180  # a sample, to be set by each town


@dataclass(frozen=True, slots=True)
class Seen:
    """When a fact was last confirmed, by whom (None: by a list or by nobody known), and from where."""

    at: datetime
    by: UUID | None
    source: str


def last_seen(whole: Seen, apart: Mapping[str, Mapping[str, str | None]], fact: str) -> Seen:
    """The newer of: the record confirmed as a whole, and this fact by itself."""
    mark = apart.get(fact)
    if mark is None:
        return whole
    alone = Seen(datetime.fromisoformat(str(mark["at"])), _uuid(mark.get("by")), str(mark["source"]))
    return alone if alone.at >= whole.at else whole


def mark_of(seen: Seen) -> dict[str, str | None]:
    """As `last_seen` reads it back."""
    return {"at": seen.at.isoformat(), "by": str(seen.by) if seen.by else None, "source": seen.source}


def facts_of_columns(kind: str, columns: set[str]) -> tuple[str, ...]:
    """Which facts a change of these columns touches."""
    return tuple(fact.code for fact in FACTS[kind] if columns & set(fact.columns))


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
