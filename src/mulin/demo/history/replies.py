"""What is filled in at each step: words, outcomes, ratings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from mulin.demo.history.stories import Kind, Teller
from mulin.matters.face import Given, Outcome

OUTCOMES = {
    Outcome.SOLVED: 0.9, Outcome.SETTLED_BY_ITSELF: 0.02, Outcome.NOT_FEASIBLE: 0.03, Outcome.NOT_OURS: 0.025,
    Outcome.DUPLICATE: 0.01,
}  # fmt: skip
HAPPY, UNHAPPY = (2, 5, 12, 33, 48), (16, 22, 27, 24, 11)  # of a hundred: one star to five
NOTED = {"file": 0.6, "dispatch": 0.75, "accept": 0.5}


class Replies:
    """The words of one matter's steps."""

    def __init__(self, teller: Teller, kind: Kind, dice: Random) -> None:
        self._teller, self._kind, self._dice = teller, kind, dice

    def given(self, code: str) -> Given:
        """For the steps that ask for words only."""
        match code:
            case "accept":
                return Given(note=self._maybe("accept"))
            case "pass_down" | "send_back":
                return Given(note=self._act(code))
            case "decline" | "hand_in":
                return Given(reason=self._act(code))
            case _:
                return Given(note=self._maybe(code) if code in NOTED else "")

    def files(self) -> str:
        return self._maybe("file")

    def dispatches(self) -> str:
        return self._maybe("dispatch")

    def withdraws(self) -> str:
        return self._act("withdraw") if self._dice.random() < 0.7 else ""

    def detour(self, code: str, at: datetime, most: int) -> Given:
        """What is asked for while it is in hand; time at most as much as the limit has."""
        if code == "ask_time":
            return Given(note=self._act(code), amount=min(most, 2))
        if code == "ask_hold":
            day = (at + timedelta(days=self._dice.randrange(3, 11))).date()
            return Given(note=self._act("hold"), until=day)
        return Given(reason=self._act(code)) if code == "ask_resident" else Given(note=self._act(code))

    def decides(self, code: str) -> Given:
        if code == "grant_hold":
            return Given(reason=self._act("hold"))
        if code in ("redo", "uphold"):
            return Given(reason=self._act("reopen" if code == "redo" else code))
        return Given() if code == "grant_time" else Given(note=self._act("decide"))

    def answers(self) -> Given:
        return Given(reason=self._act("answer"))

    def reopens(self) -> str:
        return self._act("reopen")

    def passes_up(self, *, from_grid: bool) -> Given:
        return Given(note=self._teller.passed_up(self._kind, self._dice, from_grid=from_grid))

    def gives_back(self, functions: frozenset[str], handlers: Sequence[str]) -> tuple[str, str]:
        """Why, and whose it should be."""
        return self._teller.return_note(functions, handlers, self._dice)

    def confirms(self) -> Given:
        outcome = self._dice.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        if outcome is Outcome.SOLVED and self._dice.random() < 0.5:
            return Given(outcome=outcome, reason=self._act("check_pass"))
        return Given(outcome=outcome, reason=self._teller.outcome(str(outcome), self._kind, self._dice))

    def rates(self, *, unhappy: bool) -> Given:
        rating = self._dice.choices((1, 2, 3, 4, 5), UNHAPPY if unhappy else HAPPY)[0]
        words = self._teller.rating(rating, self._kind, self._dice) if self._dice.random() < 0.55 else ""
        solved = None if self._dice.random() < 0.25 else rating >= 3 or self._dice.random() < 0.4
        return Given(rating=rating, reason=words, solved=solved)

    def _act(self, act: str) -> str:
        return self._teller.act(act, self._kind, self._dice)

    def _maybe(self, act: str) -> str:
        return self._act(act) if self._dice.random() < NOTED[act] else ""
