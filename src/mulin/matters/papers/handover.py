"""What waits at a seat when somebody else takes it over: a list that both sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel.refusals import NotYours
from mulin.matters.labels import STATES
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.papers.words import facts, stamp, town_of
from mulin.matters.queries.dressing import dressed
from mulin.matters.queries.lists import LEFT_OUT
from mulin.matters.rules.states import State
from mulin.matters.views.people import PART_KINDS
from mulin.places.face import areas_at
from mulin.posts.face import Seat, Who, holders_of, people_by_id, seats_by_id

HANDOVER = "matters/paper/handover.typ"
MOST = 1000


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
            (_("of these late"), sum(1 for matter, _as in rows if matter.due_at and matter.due_at < who.now)),
        ]),
        "list": _list(rows, who),
        "none": "" if rows else _("Nothing waits at this seat."),
        "open": _("To be remembered (keys, promises made, whom to call)"),
        "signs": [_("Handed over by, on"), _("Taken over by, on"), _("Witnessed by, on")],
    }  # fmt: skip


def waiting_at(seat: Seat, who: Who) -> list[tuple[Matter, str]]:
    """The turns of a seat and its open parts, soonest due first, each with what the seat is in it."""
    parts = Part.objects.filter(seat=seat, to_at=None).values_list("matter", "kind")
    as_what: dict[UUID, str] = {}
    for matter, kind in sorted(parts, key=lambda each: each[1] == PartKind.LEAD):
        as_what[matter] = str(PART_KINDS[kind])
    rows = Matter.objects.visible_to(who).not_about(who).defer(*LEFT_OUT)
    mine = dressed(rows.live().waiting_for([seat.pk])[:MOST])
    mine.sort(key=lambda matter: (matter.due_at is None, matter.due_at or matter.reported_at))
    return [(matter, as_what.get(matter.pk, pgettext("part", "Turn"))) for matter in mine]


def _head(seat: Seat) -> str:
    if seat.organisation:
        return seat.organisation.label
    return town_of(seat.area.path) if seat.area else ""


def _holders(seat: Seat, who: Who) -> str:
    sitting = holders_of(seat.pk, who.now)
    people = people_by_id(set(sitting))
    return ", ".join(people[each].label for each in sitting if each in people)


def _list(rows: Sequence[tuple[Matter, str]], who: Who) -> dict[str, Any]:
    places = areas_at({matter.place for matter, _as in rows})
    return {
        "title": _("What waits here"),
        "header": [_("Number"), _("What"), pgettext("matter", "Place"), _("As"), _("State"), _("Due"), _("Taken over")],
        "rows": [
            [
                matter.number, f"{matter.title}\n{matter.type.label}",
                places[matter.place].label if matter.place in places else "", as_what,
                str(STATES[State(matter.state)]), _due(matter, who), "☐",
            ]
            for matter, as_what in rows
        ],
    }  # fmt: skip


def _due(matter: Matter, who: Who) -> str:
    if matter.due_at is None:
        return ""
    late = matter.due_at < who.now
    return f"{stamp(matter.due_at)}\n{_('late')}" if late else stamp(matter.due_at)
