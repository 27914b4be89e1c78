"""What somebody may do with a matter now: made from the table, so that buttons and checks cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass

from mulin.kernel.refusals import Refusal
from mulin.matters.actions.act import acting_seat
from mulin.matters.actions.cases import Loaded, load
from mulin.matters.labels import HINTS, MOVES
from mulin.matters.models import Matter
from mulin.matters.rules.case import Impossible
from mulin.matters.rules.guards import climbed, why_not
from mulin.matters.rules.limits import REOPEN_WITHIN_DAYS
from mulin.matters.rules.moves import Ask, Move, from_state
from mulin.matters.rules.step import may_reopen
from mulin.posts.face import Who


@dataclass(frozen=True)
class Offer:
    """One button."""

    move: Move

    @property
    def code(self) -> str:
        return self.move.code

    @property
    def label(self) -> str:
        return str(MOVES[self.move.code])

    @property
    def hint(self) -> str:
        return str(HINTS.get(self.move.code, ""))

    @property
    def needs(self) -> tuple[Ask, ...]:
        return self.move.needs

    @property
    def asks(self) -> tuple[Ask, ...]:
        return self.move.asks

    @property
    def likely(self) -> bool:
        return self.move.likely


def offers(matter: Matter, who: Who, *, as_reporter: bool = False) -> list[Offer]:
    """The moves that this person may make now, the likely one first."""
    loaded = load(matter, who.now)
    return [
        Offer(move)
        for move in from_state(matter.state, matter.held_level)
        if _allowed(loaded, move, who, as_reporter) and _possible(loaded, move, who)
    ]


def _allowed(loaded: Loaded, move: Move, who: Who, as_reporter: bool) -> bool:
    try:
        acting_seat(loaded, move, who, as_reporter=as_reporter)
    except Refusal:
        return False
    return True


def _possible(loaded: Loaded, move: Move, who: Who) -> bool:
    if why_not(loaded.case, move, who.now):
        return False
    if move.climb:
        try:
            climbed(loaded.case, move)
        except Impossible:
            return False
    if move.code == "reopen":
        return may_reopen(loaded.matter.closed_at, who.now, REOPEN_WITHIN_DAYS)
    return True
