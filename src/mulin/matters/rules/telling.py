"""Who is told of what: for each line of the journal, the audiences and what kind of word each gets. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """To whom. The codes begin the kinds of word and never change."""

    TURN = "turn"  # whoever sits on the seat that has the turn
    SUPERIOR = "superior"  # the nearest held seat above it; above an organisation's, whoever dispatched
    LEAD = "lead"  # whoever handles it, or handled it last
    FORMER = "former"  # whoever had the lead until this very act
    DISPATCHER = "dispatcher"  # whoever gave it to the lead
    ASSISTANT = "assistant"  # whoever assists
    DECIDER = "decider"  # whoever is asked to decide
    SUPERVISOR = "supervisor"  # whoever supervised it formally
    REPORTER = "reporter"  # everybody who raised it, also of the matters that were joined to it


@dataclass(frozen=True, slots=True)
class Telling:
    """`kind` is "<audience>.<what>": the text that they get. `urgent`: it does not wait for working hours."""

    kind: str
    urgent: bool = False
    just_now: bool = False  # of parts only those that this act opened or ended
    between_us: bool = False  # of reporters only the first, and none of a joined matter

    @property
    def audience(self) -> Audience:
        return audience_of(self.kind)


def audience_of(kind: str) -> Audience:
    return Audience(kind.partition(".")[0])


def _tells(*kinds: str) -> tuple[Telling, ...]:
    return tuple(Telling(kind) for kind in kinds)


_ASKED = (Telling("decider.asked", just_now=True),)

# By the code of the entry. Somebody who is told of one thing in two ways is told in the first of them.
TELLS: Mapping[str, tuple[Telling, ...]] = {
    "matter.reported": _tells("turn.new", "reporter.received"),
    "matter.settled": _tells("turn.check", "reporter.settled"),
    "matter.filed": _tells("turn.new", "reporter.accepted"),
    "matter.declined": _tells("reporter.declined"),
    "matter.passed_up": _tells("turn.new", "former.taken", "reporter.passed"),
    "matter.passed_down": _tells("turn.new", "reporter.passed"),
    "matter.handed_up": _tells("turn.handed_up", "former.taken", "reporter.passed"),
    "matter.dispatched": _tells("turn.new", "reporter.given"),
    "matter.coordinated": _tells("turn.new", "reporter.given"),
    "matter.handed_over": _tells("turn.new", "dispatcher.handed_over", "reporter.given"),
    "matter.reassigned": _tells("turn.new"),
    "matter.accepted": _tells("reporter.in_hand"),
    "matter.returned": _tells("turn.back"),
    "matter.handed_in": _tells("turn.check", "supervisor.handed_in", "reporter.done"),
    "matter.sent_back": _tells("turn.back"),
    "matter.confirmed": _tells("lead.closed", "assistant.over", "supervisor.closed", "reporter.closed"),
    "matter.closed_unchecked": _tells("lead.closed", "supervisor.closed", "reporter.closed"),
    "matter.rated": _tells("lead.rated", "decider.unsatisfied"),
    "matter.found_unsolved": _ASKED,
    "matter.followed_up": _tells("lead.rated", "decider.unsatisfied"),
    "matter.upheld": _tells("reporter.upheld"),
    "matter.objected": _tells("turn.objected", "lead.objected"),
    "matter.reopened": _tells("turn.again", "lead.again", "reporter.again"),
    "matter.withdrawn": (),
    "matter.urged": _tells("turn.urged"),
    "matter.supervised": (Telling("turn.supervised", urgent=True), *_tells("superior.supervised")),
    "matter.reminded": _tells(
        "turn.reminder", "superior.reminder", "dispatcher.reminder", "lead.reminder", "supervisor.reminder"
    ),
    "matter.time_asked": _ASKED,
    "matter.hold_asked": _ASKED,
    "matter.time_granted": _tells("lead.granted", "reporter.promise"),
    "matter.promise_moved": _tells("reporter.promise"),
    "matter.time_refused": _tells("lead.refused"),
    "matter.hold_refused": _tells("lead.refused"),
    "matter.put_on_hold": _tells("lead.on_hold", "reporter.on_hold"),
    "matter.resumed": _tells("turn.resumed", "reporter.resumed"),
    "matter.reporter_asked": (Telling("reporter.question", between_us=True),),
    "matter.answered": _tells("turn.answered"),
    "matter.not_answered": (
        Telling("turn.not_answered"),
        Telling("reporter.not_answered", between_us=True),
    ),
    "matter.assist_called": (Telling("assistant.called", just_now=True),),
    "matter.assist_done": _tells("lead.assist_done"),
    "matter.assist_returned": _tells("lead.assist_returned"),
    "matter.assist_released": (Telling("assistant.released", just_now=True),),
    "matter.referred": _tells("former.taken", "reporter.referred"),
    "matter.recalled": _tells("turn.new"),
    "matter.referral_answered": _tells("turn.check", "reporter.done"),
    "matter.joined": _tells("former.joined", "reporter.joined"),
    "matter.unjoined": _tells("turn.new", "reporter.unjoined"),
    "matter.split": (),
    "matter.split_off": _tells("turn.new"),
    "matter.corrected": _tells("turn.new", "former.taken"),
    "matter.told": (Telling("reporter.word", between_us=True),),
}

KINDS: tuple[str, ...] = tuple(
    dict.fromkeys(telling.kind for tellings in TELLS.values() for telling in tellings)
)


URGENT = frozenset(telling.kind for of_one in TELLS.values() for telling in of_one if telling.urgent)
"""They come whatever somebody has chosen."""


def tellings(code: str, only: Collection[str] | None = None) -> tuple[Telling, ...]:
    """What is told about an entry of this code. `only`: of these audiences, as a rung of the ladder says."""
    found = TELLS.get(code, ())
    return found if only is None else tuple(telling for telling in found if telling.audience in only)


def tells_anybody(code: str) -> bool:
    return bool(TELLS.get(code))
