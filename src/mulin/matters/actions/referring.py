"""Refer (转送上级中心): what a county cannot settle gets a case of its own at a centre above it.

The two know each other by bare numbers only: they may lie in different installations. The case above says what whoever
refers it wrote, and never who raised it. When it is over, the system brings its answer back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mulin.journal.face import record, timeline_for_reporter
from mulin.kernel.refusals import Invalid
from mulin.matters.actions.apply import subject
from mulin.matters.actions.beside import Beside
from mulin.matters.actions.cases import Loaded
from mulin.matters.actions.report import Whereabouts, report
from mulin.matters.labels import OUTCOMES, WHY_IMPOSSIBLE, state_label
from mulin.matters.models import Matter
from mulin.matters.rules.case import Given
from mulin.matters.rules.moves import Outcome
from mulin.matters.rules.states import State
from mulin.places.face import Area
from mulin.posts.face import Who

_OVER = (State.CLOSED, State.DECLINED, State.WITHDRAWN)
_ANSWERS = ("matter.confirmed", "matter.handed_in", "matter.settled", "matter.declined")


@dataclass
class Referring(Beside):
    to: Area

    def after(self, by: Who, now: datetime) -> None:
        where, kind = Whereabouts(self.to, self.to), self.matter.type
        above = report(kind, text=self.given.note, where=where, channel="referral", by=by, now=now).matter
        _link(above, "referred_from", self.matter.number)
        _link(self.matter, "referral", above.number)


@dataclass
class Recalling(Beside):
    def after(self, by: Who, now: datetime) -> None:
        """The centre above reads that it is settled below after all; what becomes of its case is theirs to say."""
        above = Matter.objects.filter(number=self.matter.referral).first()
        if above:
            words = {"note": self.given.note}
            record("matter.referral_recalled", subject(above), by=by.actor(), at=now, words=words)


def referring(loaded: Loaded, given: Given, by: Who, now: datetime) -> Referring:  # noqa: ARG001 - the shape of a Maker
    to = Area.objects.plain().filter(pk=given.seat.area).first() if given.seat and given.seat.area else None
    if to is None:
        raise Invalid(WHY_IMPOSSIBLE["no_centre_above"], code="no_centre_above", field="seat")
    return Referring(loaded, given, to)


def recalling(loaded: Loaded, given: Given, by: Who, now: datetime) -> Recalling:  # noqa: ARG001 - the shape of a Maker
    return Recalling(loaded, given)


def waiting_below(matter: Matter) -> Matter | None:
    """The matter in whose place this one was made, where it still waits for an answer and is of this installation."""
    if not matter.referred_from or matter.state not in _OVER:
        return None
    below = Matter.objects.filter(number=matter.referred_from, referral=matter.number)
    return below.filter(state=State.REFERRED).first()


def answer_of(matter: Matter, given: Given) -> str:
    """How it ended, in the words that its reporter may read."""
    if given.reason.strip():
        return given.reason.strip()
    lines = reversed(timeline_for_reporter(subject(matter)))
    said = (word.text for line in lines if line.code in _ANSWERS for word in line.words.values())
    ended = str(OUTCOMES[Outcome(matter.outcome)]) if matter.outcome else state_label(matter.state)
    return next((text for text in said if text), ended)


def _link(matter: Matter, name: str, number: str) -> None:
    setattr(matter, name, number)
    matter.save(update_fields=[name])
