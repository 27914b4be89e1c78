"""One move of a matter by somebody: may they, can it, do it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.apply import store
from mulin.matters.actions.cases import Loaded, load, seat_key, world
from mulin.matters.actions.happened import overtaken
from mulin.matters.actions.options import may_handle
from mulin.matters.actions.photos import SafePhotos, attach
from mulin.matters.actions.searching import index
from mulin.matters.labels import ASKS, MOVES, WHY_IMPOSSIBLE, state_label
from mulin.matters.models import Matter
from mulin.matters.rules.limits import REOPEN_WITHIN_DAYS, REOPENINGS_BY_REPORTERS
from mulin.matters.rules.moves import Actor, Move, Opens, find
from mulin.matters.rules.step import (
    FUNCTION_OF,
    Change,
    Given,
    Impossible,
    excluded,
    may_reopen,
    rates_own_work,
    step,
)
from mulin.matters.rules.who import Function
from mulin.posts.face import Seat, Who, may


def act(
    matter: Matter,
    code: str,
    *,
    given: Given,
    by: Who,
    now: datetime,
    version: int | None = None,
    photos: SafePhotos = (),
    as_reporter: bool = False,
) -> Matter:
    """Make the move `code`. `version` is that of the page the person saw; `as_reporter` says their code was right.

    Raises NotAllowed, Invalid, or Conflict where somebody else was faster; then nothing was changed.
    """
    with transaction.atomic():
        matter = Matter.objects.select_related("type", "taken_by", "turn", "held_at", "resume_turn").get(
            pk=matter.pk
        )
        if version is not None and version != matter.version:
            raise overtaken(matter, told=by)
        loaded = load(matter, now)
        move = _move(matter, code)
        given = given.asked(move)
        seat = acting_seat(loaded, move, by, as_reporter=as_reporter)
        _check(loaded, move, given, now, by_reporter=as_reporter or not by.is_staff)
        change = _step(loaded, move, given, by, seat, now)
        store(loaded, change, move, given, by=by, seat=seat, now=now)
        attach(matter, photos, when="after", by=by, now=now, by_reporter=as_reporter)
        index(matter)
    return matter


def _move(matter: Matter, code: str) -> Move:
    if code not in MOVES:
        raise Invalid(_("There is no such move."), code="unknown_move")
    move = find(code, matter.state, matter.held_level)
    if move is None:
        raise Invalid(
            _("“%(move)s” is not possible now: the matter is “%(state)s”.")
            % {"move": MOVES[code], "state": state_label(matter.state)},
            code="wrong_state",
        )
    return move


def acting_seat(loaded: Loaded, move: Move, by: Who, *, as_reporter: bool) -> Seat | None:
    """The seat from which this person makes the move; None for a reporter and the system. Raises NotAllowed."""
    if move.actor is Actor.SYSTEM:
        if by.is_system:
            return None
        raise NotAllowed
    if move.actor is not Actor.TURN and _is_reporter(loaded, by, as_reporter):
        if rates_own_work(move.code, loaded.case, by.user.pk if by.user else None):
            raise NotAllowed(_("You handled this yourself: it is not yours to rate."), code="excluded")
        return None
    if move.actor is Actor.REPORTER:
        raise NotAllowed(_("Only whoever raised it may do this."))
    if move.actor is Actor.TURN:
        return _turn_seat(loaded, move, by)
    if move.actor in (Actor.DECIDER, Actor.ASSISTANT):
        return _share_seat(loaded, move, by)
    if not may(by, move.permission, loaded.scope):
        raise NotAllowed
    return None


def _share_seat(loaded: Loaded, move: Move, by: Who) -> Seat:
    """The seat that assists or is asked to decide, where this person sits."""
    ask = move.decides or Opens.ASSIST
    part = loaded.share_for(by, ask)
    if part is None:
        raise NotAllowed(_("Nobody asked you to do this."), code="not_asked")
    if not may(by, move.permission, loaded.scope):
        raise NotAllowed
    _not_excluded(loaded, move, by)
    return part.seat


def _not_excluded(loaded: Loaded, move: Move, by: Who) -> None:
    function = FUNCTION_OF.get(move.code)
    if function and by.user and by.user.pk in excluded(function, loaded.case):
        raise NotAllowed(_EXCLUDED[function](), code="excluded")


def _is_reporter(loaded: Loaded, by: Who, as_reporter: bool) -> bool:
    if as_reporter:
        return True
    return bool(by.user) and loaded.matter.reporters.filter(user=by.user).exists()


def _turn_seat(loaded: Loaded, move: Move, by: Who) -> Seat:
    matter = loaded.matter
    if matter.turn is None or not loaded.waits_for(by):
        raise NotAllowed(_("It is not your turn."), code="not_your_turn")
    if not may(by, move.permission, loaded.scope):
        raise NotAllowed
    _not_excluded(loaded, move, by)
    return matter.turn


_EXCLUDED = {
    Function.FILES: lambda: _("You raised this yourself: someone else verifies it."),
    Function.CHECKS: lambda: _("You handled this: someone else checks it."),
    Function.DECIDES: lambda: _("You handled this: someone else decides about it."),
}


def _check(loaded: Loaded, move: Move, given: Given, now: datetime, *, by_reporter: bool) -> None:
    missing = given.missing(move)
    if missing:
        raise Invalid(
            _("Please fill in: %(field)s.") % {"field": ASKS[missing[0]]},
            code="missing",
            field=str(missing[0]),
        )
    if move.code == "reopen" and not may_reopen(loaded.matter.closed_at, now, REOPEN_WITHIN_DAYS):
        raise Invalid(_("It was closed too long ago to be reopened. Please raise it again."), code="too_late")
    if move.code == "reopen" and by_reporter and loaded.matter.reopen_count >= REOPENINGS_BY_REPORTERS:
        raise Invalid(
            _("It was reopened often already. Please talk to the centre: they can open it again."),
            code="too_often",
        )
    if given.seat and not move.ends and given.seat != loaded.case.turn and not may_handle(loaded, given.seat):
        raise Invalid(
            _("This seat cannot be given the matter. Choose one of the list."), code="seat", field="seat"
        )


def _step(loaded: Loaded, move: Move, given: Given, by: Who, seat: Seat | None, now: datetime) -> Change:
    around = world(loaded.case, now)
    try:
        return step(
            loaded.case, move, given, around,
            person=by.user.pk if by.user else None,
            seat=seat_key(seat) if seat else None,
        )  # fmt: skip
    except Impossible as why:
        raise Invalid(WHY_IMPOSSIBLE[why.why], code=why.why) from None
