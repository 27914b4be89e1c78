"""What somebody may do with a matter now: made from the table, so that buttons and checks cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass

from mulin.kernel.refusals import Refusal
from mulin.matters.actions.act import acting_seat
from mulin.matters.actions.cases import Loaded, load, loaded_from
from mulin.matters.labels import HINTS, MOVES, WHY_IMPOSSIBLE
from mulin.matters.models import Matter
from mulin.matters.queries.seeing import Seen
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
        """Where a meeting was called, nothing else is likely than to write down what it decided."""
        return self.move.likely or self.move.bound


@dataclass(frozen=True)
class Offered:
    """What somebody may do now; `held_back`: why the likely move, which would be theirs, has to wait, in words."""

    offers: list[Offer]
    held_back: str = ""


def offers(matter: Matter, who: Who, *, as_reporter: bool = False) -> list[Offer]:
    """The moves that this person may make now, the likely one first."""
    return offered(matter, who, as_reporter=as_reporter).offers


def offered(matter: Matter, who: Who, *, as_reporter: bool = False, seen: Seen | None = None) -> Offered:
    """The same, with what stands in the way; `seen`: what was read of it already."""
    loaded = loaded_from(seen, who.now) if seen else load(matter, who.now)
    rows = from_state(matter.state, matter.held_level)
    theirs = [move for move in rows if _allowed(loaded, move, who, as_reporter)]
    waiting = (why_not(loaded.case, move, who.now) for move in theirs if move.likely)
    why = next((code for code in waiting if code), "")
    possible = [Offer(move) for move in theirs if _possible(loaded, move, who)]
    return Offered(
        sorted(possible, key=lambda offer: not offer.likely), str(WHY_IMPOSSIBLE[why]) if why else ""
    )


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
