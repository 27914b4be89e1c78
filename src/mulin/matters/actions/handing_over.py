"""Somebody leaves a seat: what waits there is moved to another, or stays and waits for whoever comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.apply import bodies_with_part, store
from mulin.matters.actions.cases import Loaded, loaded_from, seat_key, world
from mulin.matters.actions.concerned import is_concerned
from mulin.matters.actions.searching import index_known
from mulin.matters.labels import WHY_IMPOSSIBLE
from mulin.matters.models import Matter
from mulin.matters.queries.handing_over import MOST, moved_to, waiting_matters
from mulin.matters.queries.seeing import read_locked
from mulin.matters.rules.handing_over import functions_at
from mulin.matters.rules.moves import find
from mulin.matters.rules.step import Given, Impossible, excluded, step
from mulin.matters.rules.who import Function
from mulin.posts.face import Permission, Seat, Who, holders_of, may_arrange

NEEDED = {
    Function.FILES: Permission.MATTER_FILE,
    Function.DISPATCHES: Permission.MATTER_DISPATCH,
    Function.HANDLES: Permission.MATTER_HANDLE,
    Function.CHECKS: Permission.MATTER_CHECK,
    Function.DECIDES: Permission.MATTER_DECIDE,
}


@dataclass(frozen=True)
class Stayed:
    """One that could not go there, and why."""

    number: str
    why: str | Promise


@dataclass
class HandedOver:
    """What became of it, matter by matter: each is moved whole or not at all."""

    moved: list[str] = field(default_factory=list)
    stayed: list[Stayed] = field(default_factory=list)


def hand_over(
    seat: Seat, to: Seat, *, by: Who, now: datetime, numbers: Sequence[str] | None = None
) -> HandedOver:
    """Move what waits at a seat, or of it the matters of these numbers, to another seat that somebody sits on.

    Dates stay as they are. Whoever fills the seat, or sits above it, may do so; they need not read the matters.
    """
    if not may_arrange(by, seat):
        raise NotAllowed
    if to not in moved_to(seat, now):
        message = _("Nothing can be moved to this seat. Choose one of the list.")
        raise Invalid(message, code="seat", field="to")
    if numbers is not None and not 0 < len(numbers) <= MOST:
        raise Invalid(_("Choose what is to be moved."), code="nothing_chosen", field="matters")
    done = HandedOver()
    for matter in _chosen(seat, numbers, done):
        why = _move(matter, seat, to, by, now)
        if why:
            done.stayed.append(Stayed(matter.number, why))
        else:
            done.moved.append(matter.number)
    return done


def _chosen(seat: Seat, numbers: Sequence[str] | None, done: HandedOver) -> Iterable[Matter]:
    found = {matter.number: matter for matter in waiting_matters(seat)}
    if numbers is None:
        return found.values()
    gone = [number for number in numbers if number not in found]
    done.stayed += [Stayed(number, _("It does not wait here any more.")) for number in gone]
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


@transaction.atomic
def _move(matter: Matter, seat: Seat, to: Seat, by: Who, now: datetime) -> str | Promise:
    """Empty where it was moved, else why not."""
    loaded = loaded_from(read_locked(matter), now)
    why = _unfit(loaded, seat, to, now)
    if why:
        return why
    move = find("reassign", loaded.matter.state, loaded.matter.held_level)
    assert move  # noqa: S101 - where something can wait, the table has it
    given = Given(seat=seat_key(to))
    try:
        change = step(loaded.case, move, given, world(loaded.case, now), person=None, seat=seat_key(seat))
    except Impossible as problem:
        return WHY_IMPOSSIBLE[problem.why]
    change = replace(change, facts={**change.facts, "from_seat": str(seat.pk), "to_seat": str(to.pk)})
    store(loaded, change, move, given, by=by, seat=None, now=now)
    index_known(loaded.matter, bodies_with_part(loaded, change), loaded.first)
    return ""


def _unfit(loaded: Loaded, seat: Seat, to: Seat, now: datetime) -> str | Promise:
    functions = functions_at(loaded.case, seat_key(seat))
    if not functions:
        return _("It does not wait here any more.")
    if functions_at(loaded.case, seat_key(to)):
        return _("That seat has it already.")
    if any(NEEDED[each] not in to.line.permissions for each in functions):
        return _("Whoever sits there may not do what it waits for.")
    if is_concerned(loaded.matter, to):
        return _("It complains of where they sit.")
    people = set(holders_of(to.pk, now))
    if any(not people - excluded(each, loaded.case) for each in functions):
        return _("Whoever sits there raised or handled it themselves: someone else has to look at it.")
    return ""
