"""The Now card: whose turn it is, until when, and what this person may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.look.shapes import Action, Kind
from mulin.matters.actions.options import choices
from mulin.matters.forms import MoveForm
from mulin.matters.models import Matter
from mulin.matters.queries.offers import Offer
from mulin.matters.rules.moves import Ask
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
    if kind_of(matter.state) in (StateKind.DONE, StateKind.VOID):
        return _("Nobody: it is over.")
    return _("Nobody: it waits for somebody outside.")


def badge_kind(matter: Matter, now: datetime) -> Kind:
    """The colour of the state: late wins over open."""
    kind = kind_of(matter.state)
    if kind is StateKind.OPEN and matter.due_at and matter.due_at < now:
        return "late"
    return kind.value


def actions_of(
    matter: Matter, offered: Sequence[Offer], bound: MoveForm | None = None
) -> tuple[Action | None, list[Action]]:
    """The likely move, and the rest. `bound` is a form that came back with what was typed."""
    seats = choices(matter) if any(Ask.SEAT in offer.asks for offer in offered) else []
    made = []
    for offer in offered:
        own = bound if bound and bound.move.code == offer.code else None
        form = own or MoveForm(offer.move, seats=seats, initial={"version": matter.version})
        made.append(_action(matter, offer, form, is_open=own is not None))
    first = next((each for each, offer in zip(made, offered, strict=True) if offer.likely), None)
    return first, [each for each in made if each is not first]


def _action(matter: Matter, offer: Offer, form: MoveForm, *, is_open: bool) -> Action:
    button = BUTTONS[offer.code]
    return {
        "key": offer.code,
        "label": offer.label,
        "url": reverse("matter-do", args=[matter.number, offer.code]),
        "icon": button.icon,
        "shortcut": button.key,
        "help": offer.hint,
        "form": form,
        "danger": button.danger,
        "confirm": str(button.confirm),
        "open": is_open,
    }
