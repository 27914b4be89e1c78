"""The working spans of a calendar as one sorted table, in microseconds: a question is a look-up, not a walk.

`done[i]` is the working time before span i (counted from some span; only differences mean anything). The table
covers whole local years and grows at either end when it is asked beyond. What it holds is replaced as one
tuple, so that a thread that reads while another extends sees the old table or the new one, never half of each.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING, MICROSECOND, DAY = timedelta(0), timedelta(microseconds=1), timedelta(days=1)
LONGEST_SEARCH = timedelta(days=3660) // MICROSECOND

Shift = tuple[time, time]


class TooLittleTime(ValueError):
    """The calendar does not have so much working time, as far as anyone looks."""


def problem_of(shifts: tuple[Shift, ...], weekdays: tuple[int, ...], on: Collection[date]) -> str:
    """What makes such a calendar impossible, or nothing."""
    if not shifts or not (weekdays or on):
        return "never opens: it needs hours, and days of the week or single days to work on"
    if not all(0 <= day <= 6 for day in weekdays):
        return "has a day of the week that does not exist"
    closed_at = NOTHING
    for begin, end in shifts:
        if _since_midnight(begin) < closed_at or length_of((begin, end)) <= NOTHING:
            return "has hours that overlap, run backwards or are out of order"
        closed_at = _since_midnight(begin) + length_of((begin, end))
    return ""


def length_of(shift: Shift) -> timedelta:
    """How long a shift is; one that ends at 00:00 ends at midnight."""
    begin, end = (_since_midnight(moment) for moment in shift)
    return (end or DAY) - begin


def _since_midnight(moment: time) -> timedelta:
    return timedelta(
        hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
    )


class Spans(NamedTuple):
    """The spans of the local years `first` to `last`; everything from `low` up to `high` is known."""

    first: int
    last: int
    low: int
    high: int
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    done: tuple[int, ...]
    total: int

    def worked(self, instant: int) -> int:
        """The working time before an instant within the table."""
        i = bisect_right(self.begins, instant) - 1
        if i < 0:
            return self.done[0] if self.done else self.total
        return self.done[i] + min(instant, self.ends[i]) - self.begins[i]


class Table:
    """The spans of one calendar. Instants and lengths are whole microseconds, instants since the epoch."""

    def __init__(
        self, name: str, shifts: tuple[Shift, ...], works_on: Callable[[date], bool], zone: ZoneInfo
    ) -> None:
        self._name, self._shifts, self._works_on, self._zone = name, shifts, works_on, zone
        self._spans: Spans | None = None

    def after(self, start: int, length: int) -> int:
        """The instant by which so much working time has passed since `start`."""
        spans = self._spans
        if spans is None or not spans.low <= start < spans.high:
            spans = self._covering(start, start)
        begins, ends, done = spans.begins, spans.ends, spans.done
        i = bisect_right(begins, start) - 1
        if i >= 0:  # where in the table it is, and how much of that span is left
            goal = done[i] + (start if start < ends[i] else ends[i]) - begins[i] + length
            if goal <= spans.total:
                i = bisect_left(done, goal, i) - 1
                end = begins[i] + goal - done[i]
                if end <= start + LONGEST_SEARCH:
                    return end
        return self._far(spans, start, length)

    def _far(self, spans: Spans, start: int, length: int) -> int:
        """The same where the table does not reach far enough yet."""
        goal = spans.worked(start) + length
        while spans.total < goal:
            if spans.high > start + LONGEST_SEARCH or spans.last >= MAXYEAR - 1:
                raise self._too_little(length)
            spans = self._years(spans.first, spans.last + 1)
            goal = spans.worked(start) + length
        i = bisect_left(spans.done, goal) - 1
        end = spans.begins[i] + goal - spans.done[i]
        if end > start + LONGEST_SEARCH:
            raise self._too_little(length)
        return end

    def _too_little(self, length: int) -> TooLittleTime:
        return TooLittleTime(
            f"the calendar {self._name} has too little working time: not {length * MICROSECOND} within ten years"
        )

    def between(self, start: int, end: int) -> int:
        """The working time from one instant to a later one."""
        spans = self._covering(start, end)
        return spans.worked(end) - spans.worked(start)

    def is_open(self, instant: int) -> bool:
        spans = self._covering(instant, instant)
        i = bisect_right(spans.begins, instant) - 1
        return i >= 0 and instant < spans.ends[i]

    def opening(self, instant: int) -> int:
        """The instant itself where it is working time, otherwise the next span's beginning."""
        if self.is_open(instant):
            return instant
        first_moment = self.after(instant, 1)
        return first_moment - 1

    def _covering(self, start: int, end: int) -> Spans:
        spans = self._spans
        if spans is not None and spans.low <= start and end < spans.high:
            return spans
        return self._years(_year(start) - 1, _year(end) + 1)

    def _years(self, first: int, last: int) -> Spans:
        """The table with these local years too, made from what is there and what is missing at either end."""
        old = self._spans
        first, last = max(first, MINYEAR + 1), min(last, MAXYEAR - 1)
        if old is None:
            pairs = list(self._of(first, last))
        else:
            first, last = min(first, old.first), max(last, old.last)
            known = zip(old.begins, old.ends, strict=True)
            pairs = [*self._of(first, old.first - 1), *known, *self._of(old.last + 1, last)]
        done, total = [], 0
        for begin, end in pairs:
            done.append(total)
            total += end - begin
        self._spans = Spans(
            first, last, self._moment(date(first, 1, 1), time(0)), self._moment(date(last + 1, 1, 1), time(0)),
            tuple(begin for begin, _ in pairs), tuple(end for _, end in pairs), tuple(done), total,
        )  # fmt: skip
        return self._spans

    def _of(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The spans of these years in order; clocks that are put forward never make one run backwards."""
        if first > last:
            return
        day, free = date(first, 1, 1), self._moment(date(first, 1, 1), time(0))
        while day.year <= last:
            for begin, end in self._shifts if self._works_on(day) else ():
                begun = max(self._moment(day, begin), free)
                free = max(self._moment(day + DAY if end == time(0) else day, end), begun)
                if free > begun:
                    yield begun, free
            day += DAY

    def _moment(self, day: date, at: time) -> int:
        return (datetime.combine(day, at, self._zone) - EPOCH) // MICROSECOND


def _year(instant: int) -> int:
    return (EPOCH + instant * MICROSECOND).year
