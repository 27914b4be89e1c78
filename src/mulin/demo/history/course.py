"""What happens to a matter next, who does it and when: one act after the other, until today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mulin.demo.history.arrivals import Arrival
from mulin.demo.history.crowd import Crowd, acting
from mulin.demo.history.fates import GRID, Fate
from mulin.demo.history.handlers import Handlers
from mulin.demo.history.hours import AWAKE, after, hours_of
from mulin.demo.history.replies import Replies
from mulin.demo.history.stories import Teller
from mulin.journal.face import ANONYMOUS, SYSTEM, Actor
from mulin.kernel.worktime import minutes
from mulin.matters.face import (
    Annals,
    Clock,
    Given,
    Kind,
    Opens,
    ReporterKind,
    SeatKey,
    Share,
    State,
    Told,
    kind_of,
)
from mulin.places.face import standard
from mulin.posts.face import ROLES, Permission

# How much of the limit somebody usually takes, by what the matter waits for; half take less.
USUAL: dict[State, tuple[Clock, float]] = {
    State.REPORTED: (Clock.FILE, 0.26),
    State.FILED: (Clock.DISPATCH, 0.26),
    State.DISPATCHED: (Clock.ACCEPT, 0.28),
    State.HANDLING: (Clock.HANDLE, 0.3),
    State.HANDLED: (Clock.CHECK, 0.25),
}
SCATTER = 0.75
LEAST = 4.0  # minutes: nobody reads, goes and writes in less
MONTH_OF_REOPENING = 20  # days; later nobody thinks of it, and 30 days is the rule
MOST_ACTS = 60
DECIDED = {
    Opens.EXTENSION: ("refuse_time", "grant_time"),
    Opens.HOLD: ("refuse_hold", "grant_hold"),
    Opens.UNSATISFIED: ("uphold", "redo"),
}
SAYS_YES = {Opens.EXTENSION: 0.8, Opens.HOLD: 0.85, Opens.UNSATISFIED: 0.35}


@dataclass(frozen=True)
class Act:
    """One act to come."""

    code: str
    at: datetime
    by: Actor
    given: Given = field(default_factory=Given)
    as_reporter: bool = False


class Course:
    """Takes one matter on its way."""

    def __init__(
        self, told: Told, arrival: Arrival, fate: Fate, *, annals: Annals, crowd: Crowd, teller: Teller
    ) -> None:
        self.told, self.arrival, self.fate = told, arrival, fate
        self.annals, self.crowd = annals, crowd
        self.dice: Random = arrival.dice
        self.replies = Replies(teller, arrival.kind, arrival.dice)
        self.handlers = Handlers(annals, arrival.dice)
        self.hurry = 0.25 if fate.rests_in else 1.0
        if told.matter.follows_id:  # it came back and began above: nobody sends it down again
            fate.level = min(fate.level, told.case.held_level)

    def run(self, until: datetime) -> Told:
        """Act after act, as long as they lie in the past."""
        for _ in range(MOST_ACTS):
            if self.told.case.state == self.fate.rests_in:
                break
            act = self._next()
            if act is None or act.at > until:
                break
            self.annals.act(
                self.told, act.code, given=act.given, by=act.by, at=act.at, as_reporter=act.as_reporter
            )
        return self.told

    def _next(self) -> Act | None:
        case = self.told.case
        if case.state is State.CLOSED or case.state is State.ASSESSED:
            return self._afterwards()
        if kind_of(case.state) is Kind.WAITING:
            return self._while_it_waits()
        if kind_of(case.state) is not Kind.OPEN:
            return None
        asked = next((share for share in case.shares if share.ask in DECIDED), None)
        if asked and (decided := self._by_decider(asked)):
            return decided
        if case.turn is None:
            return Act("close_unchecked", case.due_at, SYSTEM) if case.due_at else None
        if case.state is State.REPORTED and self.fate.withdrawn:
            note = self.replies.withdraws()
            return self._by_reporter("withdraw", self.dice.uniform(8, 90), Given(note=note))
        return self._by_turn(case.turn)

    def _while_it_waits(self) -> Act | None:
        """On hold until its day; asked, until the reporter answers or their time is over."""
        due = self.told.case.due_at
        if self.told.case.state is State.ON_HOLD:
            return Act("resume_due", due, SYSTEM) if due else None
        answer = self._by_reporter("answer", self.dice.lognormvariate(5.5, 1.2), self.replies.answers())
        if due and (answer is None or answer.at >= due):
            return Act("no_answer", due, SYSTEM)
        return answer

    def _by_decider(self, asked: Share) -> Act | None:
        """Whoever is asked decides within half a day; mostly they agree."""
        at = after(self.told.at, self.dice.uniform(10, 240), hours_of(asked.seat.role, urgent=False))
        there, due = self.annals.may_decide(self.told, asked, at), self.told.case.due_at
        if not there or (due and at >= due):
            return None
        code = DECIDED[asked.ask][self.dice.random() < SAYS_YES[asked.ask]]
        return Act(code, at, acting(self.dice.choice(there)), self.replies.decides(code))

    def _detour(self, turn: SeatKey) -> Act | None:
        """What happens on the way, while somebody has it in hand and is in time."""
        case = self.told.case
        if case.state is not State.HANDLING or not self.fate.detours:
            return None
        code = self.fate.detours.pop()
        at = after(self.told.at, self.dice.uniform(20, 200), hours_of(turn.role, urgent=False))
        if case.due_at is None or at >= case.due_at or not self.annals.is_possible(self.told, code, at):
            return None
        people = self._for_detour(code, turn, at)
        if not people:
            return None
        given = self.replies.detour(code, at, case.type.limit(Clock.HANDLE).amount)
        return Act(code, at, acting(self._one_of(people) or people[0]), given)

    def _for_detour(self, code: str, turn: SeatKey, at: datetime) -> list[UUID]:
        """Who may do it: whoever has it, or for a reminder whoever is in charge."""
        move = self.annals.move(self.told, code)
        if code == "urge":
            return self.annals.in_charge(self.told, move, at)
        staff = self.told.reporter.kind == ReporterKind.STAFF
        if move.permission not in ROLES[turn.role].permissions or (code == "ask_resident" and staff):
            return []
        return self.annals.may_act(self.told, move, at)

    def _afterwards(self) -> Act | None:
        """Once it is closed: a rating, or the word that it is not solved."""
        state, fate = self.told.case.state, self.fate
        asked = self.told.case.asked(Opens.UNSATISFIED)
        if asked and (decided := self._by_decider(asked[0])):
            return decided
        if fate.reopens and (state is State.ASSESSED or not fate.rated or self.dice.random() < 0.5):
            fate.reopens -= 1
            days = self.dice.uniform(0.2, MONTH_OF_REOPENING * self.dice.random() + 0.5)
            return self._by_reporter("reopen", days * 15.5 * 60, Given(reason=self.replies.reopens()))
        praises_themselves = self.told.reporter.user_id in self.told.case.handlers
        if state is State.CLOSED and fate.rated and not praises_themselves:
            wait = self.dice.lognormvariate(6.2, 1.1)
            return self._by_reporter("rate", wait, self.replies.rates(unhappy=self._unhappy()))
        return None

    def _unhappy(self) -> bool:
        matter = self.told.matter
        late = matter.closed_at is not None and matter.closed_at > matter.promise_at
        return bool(late or matter.rework_count or self.fate.reopens)

    def _by_reporter(self, code: str, wait: float, given: Given) -> Act | None:
        row = self.told.reporter
        at = after(self.told.at, max(LEAST, wait), AWAKE)
        if row.kind != ReporterKind.STAFF or row.user_id is None:
            return Act(code, at, ANONYMOUS, given, as_reporter=True)
        if not self.crowd.is_there(row.user_id, at):
            return None
        return Act(code, at, acting(row.user_id), given, as_reporter=True)

    def _by_turn(self, turn: SeatKey) -> Act | None:
        """Whoever has the turn takes their time, then does what is to be done."""
        detour = self._detour(turn)
        if detour:
            return detour
        code = self._code(turn)
        found = self._person(turn, code)
        if found is None:
            return None
        person, at = found
        given = self._given(code, turn, at)
        return Act(code, at, acting(person), given)

    def _code(self, turn: SeatKey) -> str:
        """What is to be done."""
        state, fate, level = self.told.case.state, self.fate, self.told.case.held_level
        passes = Permission.MATTER_PASS in ROLES[turn.role].permissions
        if state is State.REPORTED:
            if fate.declined:
                return "decline"
            if level > fate.level and not fate.late_climb:
                return "pass_up"
            return "pass_down" if level < fate.level else "file"
        if state is State.FILED:
            if level != fate.level:
                return "pass_up" if level > fate.level else "pass_down"
            return "dispatch"
        if state is State.HANDLED:
            return self._check()
        if level > fate.level:
            return "pass_up" if passes else "return"
        if fate.returns and (state is State.DISPATCHED or self.dice.random() < 0.5):
            fate.returns -= 1
            return "return"
        return "accept" if state is State.DISPATCHED else "hand_in"

    def _check(self) -> str:
        if self.fate.reworks:
            self.fate.reworks -= 1
            return "send_back"
        return "confirm"

    def _person(self, turn: SeatKey, code: str) -> tuple[UUID, datetime] | None:
        """Who does it, and when: if they have left by then, whoever sits there then."""
        move = self.annals.move(self.told, code)
        there = self.annals.may_act(self.told, move, self.told.at)
        person = self._one_of(there)
        at = self._when(turn, person)
        then = self.annals.may_act(self.told, move, at)
        if person not in then:
            person = self._one_of(then)
        return (person, at) if person else None

    def _one_of(self, people: list[UUID]) -> UUID | None:
        """Whoever has begun it, if they are among them."""
        lead = self.told.lead
        if lead and lead.person_id in people:
            return lead.person_id
        return self.dice.choice(people) if people else None

    def _when(self, turn: SeatKey, person: UUID | None) -> datetime:
        case = self.told.case
        clock, share = USUAL[case.state]
        limit = minutes(case.type.limit(clock), standard())
        pace = self.crowd.pace(person) if person else 1.0
        wait = limit * share * pace * self.dice.lognormvariate(0, SCATTER) * self.fate.slow * self.hurry
        hours = hours_of(turn.role, urgent=case.type.urgent)
        return after(self.told.at, max(LEAST, wait), hours) + timedelta(seconds=self.dice.randrange(50))

    def _given(self, code: str, turn: SeatKey, at: datetime) -> Given:
        replies, told = self.replies, self.told
        if code == "file" and told.case.held_level >= GRID:
            return Given(note=replies.files(), seat=self.handlers.in_the_grid(told, turn, at))
        if code == "dispatch":
            return Given(note=replies.dispatches(), seat=self.handlers.dispatched(told, at))
        if code == "return":
            functions = self.handlers.functions_of(told, turn)
            note, wanted = replies.gives_back(functions, told.matter.type.handlers)
            self.handlers.given_back(turn, wanted)
            return Given(note=note)
        if code == "pass_up":
            return replies.passes_up(from_grid=told.case.held_level >= GRID)
        if code == "confirm":
            return replies.confirms()
        return replies.given(code)
