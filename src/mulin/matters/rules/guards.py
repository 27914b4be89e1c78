"""What the table cannot say: why a move is impossible for this matter, just now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mulin.kernel.worktime import Calendar, next_opening
from mulin.matters.rules.case import Case, Given, Impossible, World
from mulin.matters.rules.limits import HOLD_AT_MOST_DAYS, MOST_EXTENSIONS, Clock
from mulin.matters.rules.move import Move, Opens
from mulin.matters.rules.who import Ground, SeatKey

GRID = 15
_GRID_ROLES = ("grid_worker", "building_head", "unit_head")


def guard(case: Case, move: Move, given: Given, world: World) -> None:
    """Raise Impossible where this matter cannot make the move now."""
    for check in _CHECKS.get(move.code, ()):
        check(case, given, world)


def why_not(case: Case, move: Move, now: datetime) -> str:
    """The same before anything was filled in: a code of the room's labels, empty where the move is offered."""
    for check in _BEFORE.get(move.code, ()):
        try:
            check(case, now)
        except Impossible as problem:
            return problem.why
    return ""


def until_opening(day: date, calendar: Calendar) -> datetime:
    """The first working moment of the day that was named, or of the next on which people work."""
    return next_opening(datetime.combine(day, time(), ZoneInfo(calendar.zone)), calendar)


def climbed(case: Case, move: Move) -> Ground | None:
    """Where it is held after passing up or down. Raises Impossible at the ends of the way."""
    target = case.ground.above() if move.climb > 0 else case.ground.below()
    if target is None or target.level > case.deepest:
        raise Impossible("no_level_above" if move.climb > 0 else "no_level_below")
    if move.climb < 0 and target.level >= GRID and not case.type.to_grids:
        raise Impossible("not_for_grids")
    return Ground(case.ground.lineage, case.ground.taken_by, target, case.ground.table)


def _in_time(case: Case, now: datetime) -> None:
    if case.due_at and case.due_at <= now:
        raise Impossible("too_late_for_time")


def _not_asked_yet(case: Case, _now: datetime) -> None:
    if case.asked(Opens.EXTENSION) or case.asked(Opens.HOLD):
        raise Impossible("asked_already")


def _time_left_to_grant(case: Case, _now: datetime) -> None:
    if case.extension_count >= MOST_EXTENSIONS:
        raise Impossible("enough_time")


def _no_meeting(case: Case, _now: datetime) -> None:
    if case.meeting:
        raise Impossible("meeting_first")


def _meeting_called(case: Case, _now: datetime) -> None:
    if not case.meeting:
        raise Impossible("no_meeting")


def _not_bound(case: Case, _now: datetime) -> None:
    if case.lead_bound:
        raise Impossible("decided_by_meeting")


def _has_lead(case: Case, _now: datetime) -> None:
    if case.lead is None:
        raise Impossible("no_lead")


def _assists_done(case: Case, _now: datetime) -> None:
    if case.asked(Opens.ASSIST):
        raise Impossible("assists_open")


def _somebody_assists(case: Case, _now: datetime) -> None:
    if not case.asked(Opens.ASSIST):
        raise Impossible("nobody_assists")


def _children_done(case: Case, _now: datetime) -> None:
    if case.children_open:
        raise Impossible("children_open")


def _unchecked_only(case: Case, _now: datetime) -> None:
    if case.turn is not None:
        raise Impossible("being_checked")


def _at_the_top(case: Case, _now: datetime) -> None:
    if case.ground.above() is not None:
        raise Impossible("pass_up_first")


def _nobody_relies(case: Case, _now: datetime) -> None:
    if case.voices > 1:
        raise Impossible("others_rely")


def _day_to_come(case: Case, now: datetime) -> None:
    if any(share.until and share.until <= now for share in case.asked(Opens.HOLD)):
        raise Impossible("until")


def _amount_fits(case: Case, given: Given, _world: World) -> None:
    if given.amount is not None and not 1 <= given.amount <= case.type.limit(Clock.HANDLE).amount:
        raise Impossible("amount")


def _assist_amount_fits(_case: Case, given: Given, _world: World) -> None:
    if given.amount is not None and not 1 <= given.amount <= 365:
        raise Impossible("assist_amount")


def _until_fits(_case: Case, given: Given, world: World) -> None:
    """By the day alone: to look for the first working moment of the year 9999 would take minutes."""
    today = world.now.astimezone(ZoneInfo(world.calendar.zone)).date()
    if given.until and not today < given.until <= today + timedelta(days=HOLD_AT_MOST_DAYS):
        raise Impossible("until")


def _not_there_before(case: Case, given: Given, _world: World) -> None:
    if given.seat is not None and given.seat in case.past_leads | {case.lead}:
        raise Impossible("been_there")


def _not_twice(case: Case, given: Given, _world: World) -> None:
    taken = {share.seat for share in case.asked(Opens.ASSIST)} | {case.lead}
    if given.seat in taken:
        raise Impossible("assists_already")


def _assists(case: Case, given: Given, _world: World) -> None:
    if given.seat not in {share.seat for share in case.asked(Opens.ASSIST)}:
        raise Impossible("not_assisting")


def _not_to_grids(case: Case, given: Given, _world: World) -> None:
    if given.seat and not case.type.to_grids and is_of_grid(given.seat):
        raise Impossible("not_for_grids")


def is_of_grid(seat: SeatKey) -> bool:
    """Whether it is one of the seats of a grid: some types may not be given to them."""
    return seat.role in _GRID_ROLES


Before = Callable[[Case, datetime], None]
After = Callable[[Case, Given, World], None]

# Known before anything is filled in: such a move is not offered.
_BEFORE: dict[str, tuple[Before, ...]] = {
    "ask_time": (_not_asked_yet, _time_left_to_grant, _in_time),
    "grant_time": (_in_time,),
    "ask_hold": (_not_asked_yet,),
    "grant_hold": (_day_to_come,),
    "dispatch": (_no_meeting,),
    "coordinate": (_meeting_called,),
    "return": (_not_bound,),
    "hand_over": (_not_bound,),
    "assist": (_has_lead,),
    "release": (_somebody_assists,),
    "hand_in": (_assists_done,),
    "confirm": (_children_done,),
    "send_back": (_has_lead,),
    "object": (_unchecked_only,),
    "refer": (_at_the_top,),
    "withdraw": (_nobody_relies,),
}

# Known once it is filled in.
_FILLED: dict[str, tuple[After, ...]] = {
    "file": (_not_to_grids,),
    "dispatch": (_not_to_grids,),
    "coordinate": (_not_to_grids,),
    "ask_time": (_amount_fits,),
    "ask_hold": (_until_fits,),
    "hold": (_until_fits,),
    "hand_over": (_not_there_before, _not_twice, _not_to_grids),
    "assist": (_assist_amount_fits, _not_twice, _not_to_grids),
    "release": (_assists,),
    "reassign": (_not_to_grids,),
}


def _early(check: Before) -> After:
    return lambda case, _given, world: check(case, world.now)


_CHECKS: dict[str, tuple[After, ...]] = {
    code: (*(_early(check) for check in _BEFORE.get(code, ())), *_FILLED.get(code, ()))
    for code in {*_BEFORE, *_FILLED}
}
