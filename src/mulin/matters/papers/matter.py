"""The sheet of a matter, and the sheet with which it is given to whoever handles it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel import paper
from mulin.kernel.refusals import Conflict
from mulin.matters.actions.contact import Shown
from mulin.matters.labels import CHANNELS, CIRCULATIONS, OUTCOMES, RATINGS, STATES
from mulin.matters.models import Part, PartKind
from mulin.matters.papers.words import address, day, facts, stamp, town_of, where
from mulin.matters.rules.moves import Outcome
from mulin.matters.rules.states import State
from mulin.matters.views import history, people
from mulin.matters.views.page import Read

SHEET = "matters/paper/sheet.typ"
DISPATCH = "matters/paper/dispatch.typ"


def matter_sheet(found: Read, start: str, shown: Shown | None = None) -> dict[str, Any]:
    """Everything about a matter on paper, for the file: what, where, who, what happened."""
    matter = found.matter
    return {
        "title": _("Matter sheet"),
        "head": town_of(matter.place),
        "aside": matter.number,
        "foot": _printed(found),
        "what": matter.title,
        "text": matter.text,
        "facts": facts([*_identity(found), *_reporter(found, shown), *_dates(found), *_result(found)]),
        "qr": paper.qr(address(reverse("matter", args=[matter.number]), start)),
        "parts": _parts(found),
        "happened": _happened(found),
        "signs": [_("Handled by"), _("Checked by"), _("Date and seal")],
    }


def dispatch_sheet(found: Read, start: str, shown: Shown | None = None) -> dict[str, Any]:
    """What goes with whoever handles it: what is to be done, by when, and room for what was done."""
    matter, lead = found.matter, lead_of(found)
    if lead is None:
        raise Conflict(_("Nobody handles this matter now: there is nothing to hand out."), code="no_lead")
    return {
        "title": _("Dispatch sheet"),
        "head": town_of(matter.place),
        "aside": matter.number,
        "foot": _printed(found),
        "what": matter.title,
        "text": matter.text,
        "facts": facts([
            *_given(found, lead), *_identity(found), *_reporter(found, shown),
            (_("Promised to the reporter by"), day(matter.promise_at)),
            (_("It may be closed when"), matter.type.closing_label),
        ]),
        "qr": paper.qr(address(reverse("matter", args=[matter.number]), start)),
        "note": {"title": _("Words that came with it"), "text": _last_words(found, "matter.dispatched")},
        "done": _("What was done"),
        "signs": [_("Received by, on"), _("Done by, on"), _("Handed in to, on")],
    }  # fmt: skip


def lead_of(found: Read) -> Part | None:
    """Whoever handles it now."""
    return next((part for part in found.parts if part.kind == PartKind.LEAD and part.to_at is None), None)


def _printed(found: Read) -> str:
    by = found.who.user.label if found.who.user else ""
    return _("Printed by %(who)s on %(at)s") % {"who": by, "at": stamp(found.who.now)}


def _given(found: Read, lead: Part) -> list[tuple[str, Any]]:
    people = found.names.person(lead.person_id) or ", ".join(found.names.sitting(lead.seat_id))
    return [
        (_("Given to"), " · ".join(filter(None, (found.names.seat(lead.seat_id), people)))),
        (_("Given by"), lead.given_by.label if lead.given_by else ""),
        (_("Given on"), day(lead.from_at)),
        (_("To be done by"), day(lead.due_at or found.matter.due_at)),
    ]


def _identity(found: Read) -> list[tuple[str, Any]]:
    matter = found.matter
    return [
        (_("Kind"), matter.type.label),
        (pgettext("matter", "Place"), where(matter)),
        (_("Urgent"), _("yes") if matter.urgent else ""),
    ]


def _reporter(found: Read, shown: Shown | None) -> list[tuple[str, Any]]:
    """Masked, unless it was asked for with a purpose; nothing of who asked for secrecy."""
    card = people.reporter_card(found.matter, found.reporters, found.who, found.scope)
    if card.hidden:
        return [(_("Reporter"), _("asked not to be known to whoever handles it"))]
    name, phone = (shown.name, shown.phone) if shown else (card.name, card.phone)
    said = " · ".join(filter(None, (card.kind, name, phone)))
    voices = found.matter.voices
    return [(_("Reporter"), said), (_("Raised by so many"), voices if voices > 1 else "")]


def _dates(found: Read) -> list[tuple[str, Any]]:
    matter = found.matter
    moved = matter.first_promise_at != matter.promise_at
    return [
        (_("Channel"), CHANNELS.get(matter.channel, matter.channel)),
        (_("Circulation"), CIRCULATIONS[matter.circulation]),
        (pgettext("when", "Reported"), day(matter.reported_at)),
        (_("First promised by"), day(matter.first_promise_at) if moved else ""),
        (_("Promised by"), day(matter.promise_at)),
        (_("State"), STATES[State(matter.state)]),
        (_("With whom"), found.names.seat(matter.turn_id)),
        (_("Due"), day(matter.due_at) if matter.turn_id else ""),
    ]


def _result(found: Read) -> list[tuple[str, Any]]:
    matter = found.matter
    return [
        (_("Closed"), day(matter.closed_at)),
        (_("Outcome"), OUTCOMES[Outcome(matter.outcome)] if matter.outcome else ""),
        (_("Rating"), RATINGS.get(matter.rating or 0, "")),
    ]


def _parts(found: Read) -> dict[str, Any]:
    cards = people.part_cards(found.parts, found.names)
    return {
        "title": _("Who has it and had it"),
        "header": [_("As"), _("Seat"), pgettext("paper", "Who"), _("From"), _("Until")],
        "rows": [
            [card.kind, card.seat, ", ".join(card.people), stamp(card.from_at), stamp(card.to_at)]
            for card in cards
        ],
    }


def _happened(found: Read) -> dict[str, Any]:
    """The timeline, oldest first: paper is read from above."""
    folds = history.told(found.lines, found.names, found.unnamed)
    lines = [line for fold in folds for line in fold.lines][::-1]
    return {
        "title": _("What happened"),
        "header": [_("When"), _("What"), pgettext("paper", "Who"), _("Words")],
        "rows": [
            [
                stamp(line.at), line.title, "\n".join(filter(None, (line.who, line.seat))),
                "\n".join([*line.details, *(said.text for said in line.words if said.text)]),
            ]
            for line in lines
        ],
    }  # fmt: skip


def _last_words(found: Read, code: str) -> str:
    """What was written with the last act of this kind, for whoever has the matter."""
    line = next((line for line in reversed(found.lines) if line.code == code), None)
    return "\n".join(said.text for said in line.words.values() if said.text) if line else ""
