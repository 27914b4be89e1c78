"""Ladders, changed at the desk: an entry's own, or one of the two that every other entry follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Invalid
from mulin.matters.actions.recompute import ask_recompute
from mulin.matters.actions.types import require_edit
from mulin.matters.models import MatterRung, MatterType
from mulin.matters.queries.ladders import House, own_rungs
from mulin.matters.rules.ladder import CLOCKS, FIRST, LAST, REMINDED, Rung, told_at
from mulin.matters.rules.limits import Clock
from mulin.posts.face import Who

MOST_RUNGS = 20
# The two ladders of the house have chains of their own in the journal.
_HOUSE = {
    False: UUID("5f2a1c1e-9f0b-4b1e-8d61-6c61646465d1"),
    True: UUID("5f2a1c1e-9f0b-4b1e-8d61-6c61646465d2"),
}
Place = tuple[Clock | None, int]  # a rung by its clock and percent


@dataclass(frozen=True)
class Ladder:
    """Whose it is: an entry's, or without one that of all entries (`urgent`: of all that are urgent)."""

    kind: MatterType | None = None
    urgent: bool = False

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """What counts, from below: for an entry without rungs of its own those of all."""
        return tuple(sorted(self._counting(), key=lambda rung: (rung.percent, rung.clock or "")))

    def _counting(self) -> tuple[Rung, ...]:
        if self.kind is None:
            return House.read().rungs(urgent=self.urgent)
        return own_rungs(self.kind) or House.read().rungs(urgent=self.kind.urgent)

    @property
    def rows(self) -> Any:
        """The running rows that are its own."""
        urgent = {} if self.kind else {"urgent": self.urgent}
        return MatterRung.objects.filter(type=self.kind, to_at=None, **urgent)

    @property
    def subject(self) -> Subject:
        return (
            Subject("matter_type", self.kind.pk)
            if self.kind
            else Subject("matter_ladder", _HOUSE[self.urgent])
        )


def add_rung(ladder: Ladder, rung: Rung, *, by: Who, now: datetime) -> None:
    """Put a rung on a ladder. An entry that followed the ladder of all gets its own then, with what it followed."""
    with _changing(ladder, by, now) as change:
        change.put(rung)


def change_rung(ladder: Ladder, place: Place, rung: Rung, *, by: Who, now: datetime) -> None:
    """Put another rung in the place of this one."""
    with _changing(ladder, by, now) as change:
        change.end(place)
        change.put(rung)


def end_rung(ladder: Ladder, place: Place, *, by: Who, now: datetime) -> None:
    """Take a rung away. An entry without its last one follows the ladder of all again."""
    with _changing(ladder, by, now) as change:
        change.end(place)
        if ladder.kind is None and not ladder.rows.exists():
            raise Invalid(_("A ladder has at least one rung: change this one instead."), code="last_rung")


def follow_again(kind: MatterType, *, by: Who, now: datetime) -> None:
    """End an entry's own ladder: it follows that of all again."""
    require_edit(by)
    ladder = Ladder(kind)
    with transaction.atomic():
        ask_recompute(now)
        if ladder.rows.update(to_at=now):
            record("matter_list.changed", ladder.subject, by=by.actor(), at=now, facts={"ladder": "of all"})


@contextmanager
def _changing(ladder: Ladder, by: Who, now: datetime) -> Iterator[_Change]:
    """One change of a ladder: a transaction in which nobody else changes one, with its entry at the end."""
    require_edit(by)
    with transaction.atomic():
        ask_recompute(now)  # what it moves is worked out anew; its row keeps a second change waiting
        change = _Change(ladder, now)
        if not ladder.rows.exists():
            change.store(ladder.rungs, sample=ladder.kind is None)
        yield change
        record("matter_list.changed", ladder.subject, by=by.actor(), at=now, facts=change.facts)


@dataclass
class _Change:
    ladder: Ladder
    now: datetime
    facts: dict[str, Any] = field(default_factory=dict)

    def put(self, rung: Rung) -> None:
        rung = check(rung)
        rows = list(self.ladder.rows)
        if any((row.rung.clock, row.percent) == (rung.clock, rung.percent) for row in rows):
            raise Invalid(_("There is a rung at this percent already."), code="twice", field="percent")
        if len(rows) >= MOST_RUNGS:
            raise Invalid(_("That is enough: nobody reads more reminders."), code="too_many")
        self.store([rung], sample=False)
        said = {
            "percent": rung.percent,
            "clock": rung.clock or "",
            "tells": rung.tells,
            "hand_up": rung.hand_up,
        }
        self.facts["rung"] = said

    def end(self, place: Place) -> None:
        clock, percent = place
        if self.ladder.rows.filter(clock=clock or "", percent=percent).update(to_at=self.now) != 1:
            raise Invalid(_("This rung is not there any more."), code="gone")
        self.facts["ended"] = {"percent": percent, "clock": clock or ""}

    def store(self, rungs: Iterable[Rung], *, sample: bool) -> None:
        MatterRung.objects.bulk_create(
            MatterRung(
                type=self.ladder.kind, urgent=self.ladder.urgent, clock=rung.clock or "", percent=rung.percent,
                tells=list(rung.tells), hand_up=rung.hand_up, sample=sample, from_at=self.now,
            )
            for rung in rungs
        )  # fmt: skip


def check(rung: Rung) -> Rung:
    """Refuse in words what cannot be a rung."""
    if rung.percent < FIRST:
        raise Invalid(
            _("A rung comes after the beginning: from 1 percent of the limit on."),
            code="percent",
            field="percent",
        )
    if rung.percent > LAST:
        raise Invalid(
            _("A rung comes at 1000 percent of the limit at the latest."), code="percent", field="percent"
        )
    if rung.clock is not None and rung.clock not in CLOCKS:
        raise Invalid(_("No turn runs by this limit."), code="clock", field="clock")
    if set(rung.tells) - set(map(str, REMINDED)):
        raise Invalid(_("Nobody of this name can be reminded."), code="tells", field="tells")
    if not rung.tells and not rung.hand_up:
        raise Invalid(_("Say whom to remind, or that it goes up a level."), code="missing", field="tells")
    return replace(rung, tells=told_at([rung], supervised=False))
