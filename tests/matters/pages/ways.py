"""For each move of the table and each state from which it goes: a matter that is ready for it, and who makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mulin.matters.actions.options import centres_above
from mulin.matters.face import Matter, Move, SeatKey
from mulin.matters.rules.moves import Actor
from mulin.matters.rules.states import Circulation
from mulin.places.face import Level
from tests.matters.pages.desk import brought_to, holder
from tests.matters.world import a_matter, do, seat_of, the, the_workers_seat
from tests.support.clock import IN_TWO_WEEKS

REPORTER = "instructor"  # staff who raised it, and have no other part in it
OPERATOR, DIRECTOR, COUNTY = "operator", "director", "county"

# Whose move it is, where it is neither the turn's nor the reporter's.
_PERSON = {
    "grant_time": DIRECTOR, "refuse_time": DIRECTOR, "grant_hold": DIRECTOR, "refuse_hold": DIRECTOR,
    "redo": DIRECTOR, "uphold": DIRECTOR, "supervise": DIRECTOR, "assist_done": "police", "assist_return": "police",
    "refer": COUNTY, "recall": COUNTY,
}  # fmt: skip


def ready(move: Move, state: str) -> Matter:
    """A matter in this state of which this move can be made."""
    made = _WAYS.get(move.code)
    return made(state) if made else _plain(move, state)


def right_person(move: Move, matter: Matter) -> str:
    if move.actor is Actor.TURN:
        return holder(matter)
    if move.actor in (Actor.REPORTER, Actor.REPORTER_OR_STAFF):
        return REPORTER
    return _PERSON.get(move.code, OPERATOR)


def _plain(move: Move, state: str) -> Matter:
    if move.code == "pass_down" and state == "reported":
        return do(_brought("reported", grid=True), "pass_up", "worker")
    if move.code == "pass_up" and state in ("filed", "dispatched"):
        return _climbing(state)
    if state in _STILL:
        return _STILL[state]()
    return _brought(state, grid=move.only is Circulation.MICRO or move.code == "pass_up")


def _brought(state: str, *, grid: bool = False, **more: Any) -> Matter:
    return brought_to(state, grid=grid, by=the(REPORTER), **more)


def _climbing(state: str) -> Matter:
    """In the community, from where there is a level above that may take it."""
    matter = do(do(_brought("reported", grid=True), "pass_up", "worker"), "file", "head")
    if state == "dispatched":
        seat = the_workers_seat()
        matter = do(matter, "dispatch", "head", seat=SeatKey(seat.role, seat.area_id))
    return matter


def on_hold() -> Matter:
    return do(_brought("handling"), "hold", OPERATOR, until=IN_TWO_WEEKS)


def asked() -> Matter:
    return do(_brought("handling"), "ask_resident", "handler")


def at_county(state: str = "reported") -> Matter:
    """Passed up until the county has it."""
    matter = do(_brought("reported"), "pass_up", OPERATOR)
    return do(matter, "file", COUNTY) if state == "filed" else matter


def referred() -> Matter:
    matter = at_county("filed")
    return do(matter, "refer", COUNTY, seat=centres_above(matter)[0].key)


def joined() -> Matter:
    main = a_matter(start=Level.TOWN, text="路灯不亮，很多人都说。").matter
    return do(_brought("filed"), "join", OPERATOR, other=main.number)


_STILL: dict[str, Callable[[], Matter]] = {
    "on_hold": on_hold,
    "waiting": asked,
    "referred": referred,
    "joined": joined,
}


def with_request(code: str) -> Callable[[str], Matter]:
    return lambda _state: do(_brought("handling"), code, "handler", amount=1, until=IN_TWO_WEEKS)


def with_assistant(state: str) -> Matter:
    return do(_brought(state), "assist", OPERATOR, seat=seat_of("police"))


def returned_three_times(_state: str = "filed") -> Matter:
    matter = _brought("filed")
    for _time in range(3):
        matter = do(do(matter, "dispatch", OPERATOR, seat=seat_of("handler")), "return", "handler")
    return matter


def unchecked(_state: str = "handled") -> Matter:
    """Settled in the grid, and not drawn for a check."""
    matter = _brought("handled", grid=True)
    Matter.objects.filter(pk=matter.pk).update(turn=None)
    matter.refresh_from_db()
    return matter


def unsatisfied(state: str = "assessed") -> Matter:
    matter = do(_brought("closed"), "rate", REPORTER, rating=1, solved=False)
    if state == "closed":
        Matter.objects.filter(pk=matter.pk).update(state="closed")
        matter.refresh_from_db()
    return matter


_WAYS: dict[str, Callable[[str], Matter]] = {
    "grant_time": with_request("ask_time"),
    "refuse_time": with_request("ask_time"),
    "grant_hold": with_request("ask_hold"),
    "refuse_hold": with_request("ask_hold"),
    "assist_done": with_assistant,
    "assist_return": with_assistant,
    "release": with_assistant,
    "coordinate": returned_three_times,
    "object": unchecked,
    "refer": at_county,
    "recall": lambda _state: referred(),
    "redo": unsatisfied,
    "uphold": unsatisfied,
}
