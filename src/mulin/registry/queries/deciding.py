"""Proposals as they are listed and decided: masked in the list, side by side on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from mulin.kernel.masking import mask_name, mask_phone
from mulin.kernel.refusals import Invalid
from mulin.posts.face import Permission, Who, may, seats_by_id
from mulin.registry.actions.proposals import MODELS, Proposable, subject_of
from mulin.registry.models import Proposal, Resident
from mulin.registry.queries.places import places_named
from mulin.registry.rules.proposals import MAY, Column, disagree, side_by_side

PAGE = 50
PHONES = frozenset({"phone", "owner_phone", "operator_phone", "safety_phone"})


@dataclass(frozen=True)
class Proposed:
    """A line of the list."""

    row: Proposal
    subject: str
    where: str
    what: list[str]
    from_whom: str
    is_contested: bool


def waiting_proposals(who: Who, *, after: str = "", limit: int = PAGE) -> tuple[list[Proposed], str]:
    """Those that one may decide, the oldest first; and the key of the next page."""
    rows = Proposal.objects.visible_to(who).open().order_by("proposed_at", "id")
    if after:
        at, id = read_key(after)
        rows = rows.filter(Q(proposed_at__gt=at) | Q(proposed_at=at, id__gt=id))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = f"{shown[-1].proposed_at.isoformat()}~{shown[-1].pk}" if len(found) > limit else ""
    return lines_of(shown), more


def my_proposals(who: Who, limit: int = PAGE) -> list[Proposed]:
    """What one proposed oneself at the desk, the newest first."""
    if who.user is None:
        return []
    return lines_of(list(Proposal.objects.made_by(who.user.pk).filter(source="head")[:limit]))


def lines_of(rows: Sequence[Proposal]) -> list[Proposed]:
    """With what they are about, masked; half a dozen statements however many there are."""
    things = _things(rows)
    where = places_named({row.place for row in rows})
    seats = seats_by_id({row.seat for row in rows if row.seat})
    contested = _contested({row.subject for row in rows})
    return [
        Proposed(
            row, name_of(things.get(row.subject)), where.get(row.place, ""), labels_of(row),
            seats[row.seat].label if row.seat in seats else str(row.get_source_display()),
            row.is_open and row.subject in contested,
        )
        for row in rows
    ]  # fmt: skip


def _things(rows: Sequence[Proposal]) -> dict[UUID, Proposable]:
    found: dict[UUID, Proposable] = {}
    for kind, model in MODELS.items():
        ids = [row.subject for row in rows if row.subject_kind == kind]
        found |= model._default_manager.in_bulk(ids) if ids else {}
    return found


def _contested(subjects: set[UUID]) -> set[UUID]:
    """Those about which two open proposals say different things."""
    said: dict[UUID, list[dict[str, str]]] = {}
    for row in Proposal.objects.open().filter(subject__in=subjects):
        said.setdefault(row.subject, []).append(row.wanted)
    return {subject for subject, wanted in said.items() if disagree(wanted)}


def name_of(thing: Proposable | None) -> str:
    """As lists show it."""
    if thing is None:
        return "–"
    return (
        mask_name(thing.name)
        if isinstance(thing, Resident)
        else getattr(thing, "number", "") or getattr(thing, "name", "")
    )


def labels_of(row: Proposal) -> list[str]:
    """What a proposal is about, without what it says."""
    if row.kind == "left":
        return [str(row.get_kind_display())]
    return [label_of(row.subject_kind, name) for name in row.wanted]


def label_of(kind: str, name: str) -> str:
    column: Any = MODELS[kind]._meta.get_field(name)
    return str(column.verbose_name)


@dataclass(frozen=True)
class Deciding:
    """Everything that is open about one thing, side by side. `now` is empty where the thing lies elsewhere now."""

    thing: Proposable | None
    proposals: list[Proposed]
    columns: list[Shown] = field(default_factory=list)
    may_accept: bool = True

    @property
    def has_phone(self) -> bool:
        return any(each.column.name in PHONES for each in self.columns)


@dataclass(frozen=True)
class Shown:
    """One column in words."""

    column: Column
    label: str
    now: str
    says: list[str | None]
    whose: list[str]

    @property
    def by_whom(self) -> list[tuple[str, str | None]]:
        """Who says what, in the order of the proposals."""
        return list(zip(self.whose, self.says, strict=True))


def deciding(proposal: Proposal, who: Who, *, numbers: bool = False) -> Deciding:
    """The page of a decision: this proposal and, while it is open, the others about the same thing.

    Phones are masked, kept and proposed ones alike, unless `numbers` were asked for.
    """
    rows = [proposal]
    if proposal.is_open:
        others = Proposal.objects.visible_to(who).open().filter(subject=proposal.subject)
        rows = list(others.order_by("proposed_at", "id"))
    thing = subject_of(proposal)
    mine = thing is not None and may(who, Permission.REGISTRY_EDIT, thing)
    now = _now(proposal, thing) if mine else dict.fromkeys(_order(proposal.subject_kind), "")
    columns = side_by_side(now, [row.wanted for row in rows])
    lines = lines_of(rows)
    whose = [each.from_whom for each in lines]
    shown = [_shown(proposal.subject_kind, each, whose, numbers) for each in columns]
    return Deciding(thing, lines, shown, mine and proposal.is_open)


def _now(proposal: Proposal, thing: Proposable | None) -> dict[str, str]:
    """What stands there now; of a proposal that was decided, what stood there when it was made."""
    if not proposal.is_open:
        return {name: proposal.was.get(name, "") for name in _order(proposal.subject_kind)}
    return {name: plain(getattr(thing, name)) for name in _order(proposal.subject_kind)}


def _order(kind: str) -> list[str]:
    return list(
        dict.fromkeys(name for (_source, about), names in MAY.items() if about == kind for name in names)
    )


def plain(value: Any) -> str:
    """As proposals keep it."""
    return "" if value is None else str(value)


def _shown(kind: str, column: Column, whose: list[str], numbers: bool) -> Shown:
    field: Any = MODELS[kind]._meta.get_field(column.name)
    codes: Mapping[str, Any] = dict(field.choices or ())
    masks = column.name in PHONES and not numbers

    def words(value: str) -> str:
        return mask_phone(value) if masks else str(codes.get(value, value))

    says = [None if each is None else words(each) for each in column.says]
    return Shown(column, str(field.verbose_name), words(column.now), says, whose)


def read_key(after: str) -> tuple[datetime, UUID]:
    """Where a page begins: "instant~id"."""
    at, _mark, id = after[:100].partition("~")
    try:
        read = datetime.fromisoformat(at)
        if read.tzinfo is None:
            raise ValueError
        return read.astimezone(UTC), UUID(id)
    except (ValueError, OverflowError):
        raise Invalid(code="after") from None
