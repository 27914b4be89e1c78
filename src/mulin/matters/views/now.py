"""The Now card: whose turn it is, until when, and what this person may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.look.shapes import Action, Kind
from mulin.matters.forms import MoveForm
from mulin.matters.models import Matter
from mulin.matters.offering import Offering
from mulin.matters.queries.offers import Offer
from mulin.matters.rules.moves import Actor
from mulin.matters.rules.states import Kind as StateKind
from mulin.matters.rules.states import State, kind_of
from mulin.matters.views.buttons import BUTTONS
from mulin.matters.views.names import Names


@dataclass(frozen=True)
class Turn:
    """Whose move it is, in words."""

    seat: str
    people: tuple[str, ...]
    mine: bool
    words: str  # where it is nobody's seat


def turn_of(matter: Matter, names: Names, *, mine: bool) -> Turn:
    if matter.turn_id:
        return Turn(names.seat(matter.turn_id), names.sitting(matter.turn_id), mine, "")
    return Turn("", (), False, _nobodys(matter))


def _nobodys(matter: Matter) -> str:
    if matter.state == State.CLOSED:
        return _("The reporter is asked how it went.")
    if matter.state == State.HANDLED:
        return _("Nobody was drawn to check it: it closes by itself when its time is over.")
    if matter.state == State.JOINED:
        return _("Nobody: it goes on with the matter to which it was joined.")
    if kind_of(matter.state) in (StateKind.DONE, StateKind.VOID):
        return _("Nobody: it is over.")
    return _("Nobody: it waits for somebody outside.")


def badge_kind(matter: Matter, now: datetime) -> Kind:
    """The colour of the state: late wins over open."""
    kind = kind_of(matter.state)
    if kind is StateKind.OPEN and matter.due_at and matter.due_at < now:
        return "late"
    return kind.value


PAGES = frozenset({"join", "split", "correct"})
"""Moves that ask so much that they have a page of their own."""

FEW = 3
_MINE = (Actor.TURN, Actor.DECIDER, Actor.ASSISTANT, Actor.REPORTER)


@dataclass(frozen=True)
class Buttons:
    """The likely move as the big button, a few that are this person's beside it, the rest behind "more"."""

    first: Action | None
    few: list[Action]
    more: list[Action]


def buttons_of(
    matter: Matter, offered: Sequence[Offer], offering: Offering, bound: MoveForm | None = None
) -> Buttons:
    """`bound` is a form that came back with what was typed."""
    first = next((offer for offer in offered if offer.likely), None)
    rest = [offer for offer in offered if offer is not first]
    beside = [offer for offer in rest if _stands_beside(offer)]
    few = (beside or ([] if first else rest))[:FEW]

    def made(offer: Offer) -> Action:
        own = bound if bound and bound.move.code == offer.code else None
        return _action(matter, offer, offering, own)

    more = [made(offer) for offer in rest if offer not in few]
    return Buttons(made(first) if first else None, [made(offer) for offer in few], more)


def _stands_beside(offer: Offer) -> bool:
    """What is asked of this very person, and can be undone."""
    return offer.likely or (offer.move.actor in _MINE and not BUTTONS[offer.code].danger)


def _action(matter: Matter, offer: Offer, offering: Offering, bound: MoveForm | None) -> Action:
    button, page = BUTTONS[offer.code], offer.code in PAGES and bound is None
    form = (
        bound or MoveForm(offer.move, offering=offering, initial={"version": matter.version})
        if not page
        else None
    )
    return {
        "key": offer.code,
        "label": offer.label,
        "url": reverse("matter-do", args=[matter.number, offer.code]),
        "icon": button.icon,
        "shortcut": button.key,
        "help": offer.hint,
        "form": form,
        "link": page,
        "danger": button.danger,
        "confirm": str(button.confirm),
        "open": bound is not None,
    }
