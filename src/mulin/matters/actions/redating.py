"""One batch of open matters gets the dates that its clocks come to now; whoever acts meanwhile goes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mulin.kernel.db.updating import insert_new, native_key, python_key, read_rows, update_rows
from mulin.kernel.worktime import Calendar, TooLittleTime
from mulin.matters.models import Matter, MatterType, MovedPromise, Part
from mulin.matters.queries.ladders import Kinds
from mulin.matters.rules.redate import Dated, DatedPart, Dates, Key, Plans, part_redated, redated
from mulin.matters.rules.states import LIVE
from mulin.places.face import Calendars, Level, calendars
from mulin.posts.face import Seat

_COLUMNS = (
    "id", "version", "rung", "type_id", "place", "state", "turn_id", "due_clock", "due_from", "due_used",
    "due_extra", "promise_from", "promise_used", "promise_extra", "due_at", "promise_at", "next_rung_at",
)  # fmt: skip
_PART_COLUMNS = ("id", "matter_id", "kind", "ask", "seat_id", "clock_from", "used", "extra", "due_at")


@dataclass
class Grounds:
    """Types with their limits and ladders, seats with their areas, and the calendars: read once for many batches."""

    plans: Plans
    seats: dict[Key, str]
    book: Calendars

    @classmethod
    def read(cls) -> Grounds:
        kinds = Kinds.read(MatterType.objects.values_list("pk", flat=True))
        at_areas = Seat.objects.exclude(area=None).values_list("id", "area__path")
        plans = Plans({native_key(key): facts for key, facts in kinds.facts.items()})
        return cls(plans, {native_key(seat): str(path) for seat, path in at_areas}, calendars())

    def town(self, place: str) -> Calendar:
        """Promises run on the town's calendar."""
        return self.book.at(place[: Level.TOWN])

    def of(self, seat: Key | None, place: str) -> Calendar:
        """A turn runs on the calendar of its seat's area; a body works as the town does."""
        return self.book.at(self.seats.get(seat, place[: Level.TOWN]))


@dataclass
class Batch:
    """What a batch has come to: what is to be written, beside what it was."""

    matters: list[tuple[Dated, Dates]] = field(default_factory=list)
    parts: list[tuple[Any, Key]] = field(default_factory=list)

    @property
    def promises(self) -> list[tuple[Key, Any]]:
        return [(row.id, row.promise_at) for row, now in self.matters if now.promise_at != row.promise_at]


def open_matters(after: Key, size: int) -> list[Dated]:
    """The next open matters in the order of their keys."""
    found = Matter.objects.filter(state__in=LIVE, pk__gt=python_key(after)).order_by("pk")
    return [Dated._make(row) for row in read_rows(found.values_list(*_COLUMNS)[:size])]


def again(ids: Iterable[Key]) -> list[Dated]:
    """The same matters as they are now."""
    found = Matter.objects.filter(state__in=LIVE, pk__in=[python_key(each) for each in ids]).order_by("pk")
    return [Dated._make(row) for row in read_rows(found.values_list(*_COLUMNS))]


def worked_out(rows: Sequence[Dated], grounds: Grounds) -> Batch:
    """Compute; nothing is written."""
    batch, every = Batch(), {}
    for row in rows:
        try:
            now = redated(row, grounds.plans, grounds.town(row.place), grounds.of(row.turn, row.place))
        except TooLittleTime:  # beyond what any calendar has: it keeps its dates, and holds up no other
            continue
        every[row.id] = (row, now)
        if now != (row.due_at, row.promise_at, row.next_rung_at):
            batch.matters.append((row, now))
    for part in _parts(rows) if rows else ():
        if part.matter not in every:  # settled, or begun since, or left as it was
            continue
        row, now = every[part.matter]
        due = part_redated(part, row, now, grounds.plans, grounds.of(part.seat, row.place))
        if due != part.due_at:
            batch.parts.append((due, part.id))
    return batch


def _parts(rows: Sequence[Dated]) -> list[DatedPart]:
    """The open parts of these matters, which come in the order of their keys: one range."""
    first, last = python_key(rows[0].id), python_key(rows[-1].id)
    found = Part.objects.filter(matter__gte=first, matter__lte=last, to_at=None, due_at__isnull=False)
    return [DatedPart._make(row) for row in read_rows(found.values_list(*_PART_COLUMNS))]


def written(batch: Batch) -> bool:
    """Write a batch inside the caller's transaction; False where somebody has acted on one of its matters since."""
    rows = [(*now, row.id, row.version, row.rung) for row, now in batch.matters]
    values = ("due_at", "promise_at", "next_rung_at")
    if update_rows(Matter, values, ("id", "version", "rung"), rows) < len(rows):
        return False
    update_rows(Part, ("due_at",), ("id",), batch.parts)
    insert_new(MovedPromise, ("id", "was"), batch.promises)  # the first `was` counts
    return True
