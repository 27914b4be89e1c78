"""One move of a matter by somebody: may they, can it, do it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.apply import bodies_with_part, is_seen_by_others, store
from mulin.matters.actions.beside import Beside, Maker, lock_together
from mulin.matters.actions.cases import Loaded, loaded_from, seat_key, world
from mulin.matters.actions.correcting import correcting
from mulin.matters.actions.drawing import draw_recheck
from mulin.matters.actions.happened import overtaken
from mulin.matters.actions.joining import joining, unjoining
from mulin.matters.actions.options import may_be_given
from mulin.matters.actions.photos import SafePhotos, attach
from mulin.matters.actions.referring import answer_of, recalling, referring, waiting_below
from mulin.matters.actions.reopening import check_reopening, is_affected
from mulin.matters.actions.risk import move_share
from mulin.matters.actions.searching import index, index_known
from mulin.matters.actions.splitting import splitting
from mulin.matters.labels import ASKS, MOVES, OUTCOMES_WHY, WHY_IMPOSSIBLE, state_label
from mulin.matters.models import Matter, Reporter
from mulin.matters.queries.seeing import Seen, read_locked
from mulin.matters.rules.moves import Actor, Ask, Move, Opens, find
from mulin.matters.rules.step import (
    FUNCTION_OF,
    Change,
    Given,
    Impossible,
    excluded,
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
    voice: Reporter | None = None,
    held: Seen | None = None,
) -> Matter:
    """Make the move `code`. `version` is that of the page the person saw; `as_reporter` says their code was right,
    `voice` whose it was where they did not raise it first.
    Raises NotAllowed, Invalid, or Conflict where somebody else was faster; then nothing was changed.
    `held` is the matter where it was read and locked in this very transaction.
    """
    with transaction.atomic():
        lock_together(matter, given)
        held = held or read_locked(matter)
        matter = held.matter
        if version is not None and version != matter.version:
            raise overtaken(matter, told=by)
        loaded = loaded_from(held, now)
        move = _move(matter, code)
        given = given.asked(move)
        seat = acting_seat(loaded, move, by, as_reporter=as_reporter)
        _check(loaded, move, given)
        if move.code == "reopen":
            check_reopening(loaded, by, now, as_reporter=as_reporter, voice=voice)
        beside = _BESIDE.get(move.code, _nothing)(loaded, given, by, now)
        loaded, given = beside.loaded, beside.given
        change = _step(loaded, move, given, by, seat, photos, now)
        store(loaded, change, move, given, by=by, seat=seat, now=now)
        _afterwards(beside, change, by, now)
        attach(matter, photos, when=_SHOWS.get(code, "after"), by=by, now=now, by_reporter=as_reporter)
        _index(loaded, move, change)
    return matter


def _afterwards(beside: Beside, change: Change, by: Who, now: datetime) -> None:
    """What follows from it, elsewhere."""
    beside.after(by, now)
    draw_recheck(beside.loaded, change, now)
    _answer_below(beside.matter, beside.given, now)


def _index(loaded: Loaded, move: Move, change: Change) -> None:
    """Keep it findable, where anything of that changed."""
    if not is_alone(move.code):
        index(loaded.matter)
    elif is_seen_by_others(loaded, change):
        index_known(loaded.matter, bodies_with_part(loaded, change), loaded.first)


_SHOWS = {"answer": "before"}  # what a reporter sends when asked shows how it is, not what was done

_BESIDE: dict[str, Maker] = {
    "join": joining,
    "unjoin": unjoining,
    "split": splitting,
    "correct": correcting,
    "refer": referring,
    "recall": recalling,
}


def is_alone(code: str) -> bool:
    """Whether the move writes no other matter, so that this one may be locked before all else."""
    return code not in _BESIDE


def _nothing(loaded: Loaded, given: Given, by: Who, now: datetime) -> Beside:  # noqa: ARG001 - the shape of a Maker
    return Beside(loaded, given)


def _answer_below(matter: Matter, given: Given, now: datetime) -> None:
    """Bring the answer back to the matter that was referred here."""
    below = waiting_below(matter)
    if below:
        back = Given(reason=answer_of(matter, given))
        act(below, "referral_back", given=back, by=Who.system(now), now=now)


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
    if rates_own_work(move.code, loaded.case, by.user.pk if by.user else None):
        raise NotAllowed(_("You handled this yourself: it is not yours to rate."), code="excluded")
    if move.actor in (Actor.REPORTER, Actor.REPORTER_OR_STAFF) and _is_reporter(
        loaded, move, by, as_reporter
    ):
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


def _is_reporter(loaded: Loaded, move: Move, by: Who, as_reporter: bool) -> bool:
    if as_reporter:
        return True
    if move.code == "reopen":
        return is_affected(loaded.matter, by)
    return bool(by.user) and loaded.matter.reporters.filter(user=by.user, first=True).exists()


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


def _check(loaded: Loaded, move: Move, given: Given) -> None:
    missing = given.missing(move)
    if missing:
        why = OUTCOMES_WHY.get(given.outcome) if given.outcome and missing[0] is Ask.REASON else None
        raise Invalid(
            why or _("Please fill in: %(field)s.") % {"field": ASKS[missing[0]]},
            code="missing",
            field=str(missing[0]),
        )
    if given.seat and not may_be_given(loaded, move, given.seat):
        raise Invalid(
            _("This seat cannot be given the matter. Choose one of the list."), code="seat", field="seat"
        )


def _step(
    loaded: Loaded, move: Move, given: Given, by: Who, seat: Seat | None, photos: SafePhotos, now: datetime
) -> Change:
    person = by.user.pk if by.user else None
    share = move_share(loaded, move, person, seat, photos, now)
    around = world(loaded.case, now, checked_share=share)
    try:
        return step(
            loaded.case, move, given, around, person=person, seat=seat_key(seat) if seat else None
        )  # fmt: skip
    except Impossible as why:
        raise Invalid(WHY_IMPOSSIBLE[why.why], code=why.why) from None
