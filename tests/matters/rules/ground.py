"""A small world for the pure rules: one grid, its community, town and county, and who sits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from mulin.kernel.worktime import MONDAY_TO_FRIDAY
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.moves import Move, Opens, Outcome, find
from mulin.matters.rules.states import Kind, State, kind_of
from mulin.matters.rules.step import Case, Given, Share, TypeFacts, World
from mulin.matters.rules.who import Ground, SeatKey, Spot

A_MOMENT = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # a Wednesday, ten in the morning
_SPACE = UUID("00000000-0000-0000-0000-000000000001")


def an_id(name: str) -> UUID:
    return uuid5(_SPACE, name)


COUNTY, TOWN, VILLAGE = (Spot(an_id(path), path) for path in ("370402", "370402005", "370402005001"))
GRID, OVERLAY = Spot(an_id("grid"), "370402005001003"), Spot(an_id("overlay"), "370402005001031")
BUILDING = Spot(an_id("building"), "3704020050010030000012")
WAYS_UP = (BUILDING, GRID, VILLAGE, TOWN, COUNTY)
ROLES = (
    "worker", "second_worker", "head", "member", "other_member", "operator", "county_operator", "handler", "checker",
    "building_head",
)  # fmt: skip
PEOPLE = {name: an_id(name) for name in ROLES}

WORKER = SeatKey("grid_worker", area=GRID.id)
HEAD = SeatKey("grid_head", area=VILLAGE.id)
MEMBER = SeatKey("committee_member", area=VILLAGE.id)
CHECKER = SeatKey("checker", area=TOWN.id)
OPERATOR = SeatKey("centre_operator", area=TOWN.id)
COUNTY_OPERATOR = SeatKey("centre_operator", area=COUNTY.id)
HANDLER = SeatKey("department_handler", organisation=an_id("water company"))

EVERYBODY: dict[SeatKey, tuple[UUID, ...]] = {
    WORKER: (PEOPLE["worker"],),
    HEAD: (PEOPLE["head"],),
    MEMBER: (PEOPLE["member"], PEOPLE["other_member"]),
    CHECKER: (PEOPLE["checker"],),
    OPERATOR: (PEOPLE["operator"],),
    COUNTY_OPERATOR: (PEOPLE["county_operator"],),
    HANDLER: (PEOPLE["handler"],),
    SeatKey("building_head", area=BUILDING.id): (PEOPLE["building_head"],),
}
LEADS = {15: WORKER, 12: MEMBER, 9: HANDLER, 6: HANDLER}
TURNS = {15: WORKER, 12: HEAD, 9: OPERATOR, 6: COUNTY_OPERATOR}


@dataclass
class Seated:
    """Who sits where."""

    table: Mapping[SeatKey, tuple[UUID, ...]] = field(default_factory=lambda: EVERYBODY)

    def holders(self, key: SeatKey) -> tuple[UUID, ...]:
        return self.table.get(key, ())


def a_ground(level: int = 15, taken_by: Spot = GRID) -> Ground:
    taken = (taken_by, VILLAGE, TOWN, COUNTY)
    return Ground(WAYS_UP, taken, next(spot for spot in taken if spot.level == level))


def the_move(code: str, state: str, level: int) -> Move:
    """The row of the table; it must be there."""
    move = find(code, state, level)
    assert move
    return move


def a_world(*, now: datetime = A_MOMENT, share: float = 1.0, draw: float = 0.5, **seated: object) -> World:
    return World(Seated(**seated), MONDAY_TO_FRIDAY, now, share, draw)  # type: ignore[arg-type]  # passed on as given


def a_case(state: State = State.REPORTED, level: int = 15, **values: object) -> Case:
    has_lead = state in (State.DISPATCHED, State.HANDLING, State.HANDLED)
    done = kind_of(state) is Kind.DONE
    plain: dict[str, object] = {
        "id": an_id("a matter"),
        "type": TypeFacts("010101", urgent=False, to_grids=True),
        "ground": a_ground(level),
        "state": state,
        "turn": None if done else TURNS[level],
        "due_at": None if done else A_MOMENT + timedelta(hours=2),
        "promise_at": A_MOMENT + timedelta(days=7),
        "lead": LEADS[level] if has_lead else None,
        "lead_due_at": A_MOMENT + timedelta(days=3) if has_lead else None,
        "closed_at": A_MOMENT - timedelta(days=1) if done else None,
    }
    return Case(**(plain | values))  # type: ignore[arg-type]  # the named fields of Case


A_SHARE = an_id("a part that was asked for")


def ready_for(move: Move, state: State, level: int) -> tuple[Case, SeatKey | None]:
    """A case that can make this move, and the seat that makes it."""
    seat = LEADS[level]
    facts = _standing_still(state, level) if _stands_still(state) else _running()
    if move.decides:
        seat = OPERATOR
        facts["shares"] = (
            Share(seat, move.decides, id=A_SHARE, amount=1, until=A_MOMENT + timedelta(days=9)),
        )
    if move.ends:
        facts["shares"] = (Share(seat, Opens.ASSIST, id=A_SHARE, clock=a_clock(Clock.ASSIST)),)
    if move.code in ("assist", "hand_over"):
        facts["lead"] = CHECKER
    if move.code == "object":
        facts["turn"] = None
    facts["meeting"] = move.code == "coordinate"
    if move.code == "refer":
        facts["ground"] = _nothing_above(level)
    return a_case(state, level, **facts), seat


def _running() -> dict[str, object]:
    return {"turn_clock": a_clock(Clock.HANDLE), "promise_clock": a_clock(Clock.PROMISE)}


def _stands_still(state: State) -> bool:
    return kind_of(state) is Kind.WAITING or state is State.JOINED


def _standing_still(state: State, level: int) -> dict[str, object]:
    """Paused while it was handled; joined, it has lost its lead."""
    used, joined = timedelta(hours=1), state is State.JOINED
    return {
        "turn": None, "due_at": None, "turn_clock": Running(Clock.HANDLE, None, used),
        "promise_clock": Running(Clock.PROMISE, None, used), "lead": None if joined else LEADS[level],
        "resume_to": State.FILED if joined else State.HANDLING, "resume_turn": None if joined else LEADS[level],
    }  # fmt: skip


def _nothing_above(level: int) -> Ground:
    """As if the tree ended at this level: only who has nothing above refers."""
    around = a_ground(level)
    return replace(around, taken_by=tuple(spot for spot in around.taken_by if spot.level >= level))


def a_clock(clock: Clock) -> Running:
    return Running(clock, A_MOMENT - timedelta(hours=1))


def a_full_answer(case: Case) -> Given:
    """Everything that any move may ask for."""
    return Given(
        note="why", reason="what the reporter reads", seat=LEADS[case.held_level], outcome=Outcome.SOLVED, rating=5,
        solved=True, amount=1, until=date(2026, 3, 20), other="26-000001-3",
    )  # fmt: skip
