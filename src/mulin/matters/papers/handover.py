"""What waits at a seat when somebody else takes it over: a list that both sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel.refusals import NotYours
from mulin.matters.labels import STATES
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.papers.words import facts, stamp, town_of
from mulin.matters.queries.handing_over import readable, waiting_matters
from mulin.matters.rules.states import State
from mulin.matters.views.people import PART_KINDS
from mulin.places.face import areas_at
from mulin.posts.face import Seat, Who, holders_of, may_arrange, people_by_id, seats_by_id

HANDOVER = "matters/paper/handover.typ"


def seats_to_hand_over(who: Who) -> list[Seat]:
    """Those whose turns are theirs: their own seats, and vacant ones below."""
    return list(who.waiting_seats())


def handover_sheet(seat: UUID, who: Who) -> dict[str, Any]:
    """Of any seat; but only what this person may read of what waits there."""
    found = seats_by_id({seat}).get(seat)
    if found is None:
        raise NotYours
    rows = waiting_at(found, who)
    return {
        "title": _("Hand-over sheet"),
        "head": _head(found),
        "aside": stamp(who.now),
        "foot": _("Printed by %(who)s on %(at)s") % {"who": who.user.label if who.user else "", "at": stamp(who.now)},
        "facts": facts([
            (_("Seat"), found.label),
            (_("Holders today"), _holders(found, who) or _("nobody: the seat is vacant")),
            (_("Matters that wait here"), len(rows)),
            (_("of these late"), sum(1 for row in rows if row.matter.due_at and row.matter.due_at < who.now)),
        ]),
        "list": _list(rows, who),
        "none": "" if rows else _("Nothing that you may read waits at this seat."),
        "open": _("To be remembered (keys, promises made, whom to call)"),
        "signs": [_("Handed over by, on"), _("Taken over by, on"), _("Witnessed by, on")],
    }  # fmt: skip


@dataclass(frozen=True)
class Waits:
    """A matter at a seat: what the seat is in it, and whether its words may be read."""

    matter: Matter
    as_what: str
    seen: bool


def waiting_at(seat: Seat, who: Who) -> list[Waits]:
    """What the page of handing over lists; of what one may not read, whoever hands the seat over has the number."""
    kinds = Part.objects.filter(seat=seat, to_at=None).values_list("matter", "kind")
    as_what = {matter: str(PART_KINDS[kind]) for matter, kind in kinds}
    as_what |= {matter: str(PART_KINDS[kind]) for matter, kind in kinds if kind == PartKind.LEAD}
    rows = waiting_matters(seat)
    seen = readable(rows, who)
    whole = seat.pk in {each.pk for each in who.seats} or may_arrange(who, seat)
    turn = pgettext("part", "Turn")
    return [Waits(row, as_what.get(row.pk, turn), row.pk in seen) for row in rows if whole or row.pk in seen]


def _head(seat: Seat) -> str:
    if seat.organisation:
        return seat.organisation.label
    return town_of(seat.area.path) if seat.area else ""


def _holders(seat: Seat, who: Who) -> str:
    sitting = holders_of(seat.pk, who.now)
    people = people_by_id(set(sitting))
    return ", ".join(people[each].label for each in sitting if each in people)


def _list(rows: Sequence[Waits], who: Who) -> dict[str, Any]:
    return {
        "title": _("What waits here"),
        "header": [
            _("Number"), _("What"), pgettext("matter", "Place"), _("As"), _("State"), _("Due"), _("Taken over"),
        ],
        "rows": [_cells(row, who) for row in rows],
    }  # fmt: skip


def _cells(row: Waits, who: Who) -> list[str]:
    matter, place = row.matter, areas_at({row.matter.place}).get(row.matter.place)
    what = f"{matter.title}\n{matter.type.label}" if row.seen else _("not yours to read")
    where = place.label if place and row.seen else ""
    return [matter.number, what, where, row.as_what, str(STATES[State(matter.state)]), _due(matter, who), "☐"]


def _due(matter: Matter, who: Who) -> str:
    if matter.due_at is None:
        return ""
    late = matter.due_at < who.now
    return f"{stamp(matter.due_at)}\n{_('late')}" if late else stamp(matter.due_at)
