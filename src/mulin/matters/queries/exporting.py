"""A list of matters as rows of a sheet: what the list shows and what an office files, contacts masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel.masking import mask_name, mask_phone
from mulin.matters.labels import CHANNELS, OUTCOMES, STATES
from mulin.matters.models import Matter, Part, PartKind, Reporter, ReporterKind
from mulin.matters.queries.lists import MOST, Filters, Show, filtered, listed
from mulin.matters.queries.rechecks import rechecks_of
from mulin.matters.rules.moves import Outcome
from mulin.matters.rules.states import State
from mulin.places.face import Level, areas_at
from mulin.posts.face import Permission, Who, seats_by_id

MOST_ROWS = 50_000
Cells = Sequence[Any]


def header() -> list[str]:
    return [
        _("Number"), _("State"), _("Code of the kind"), _("Kind"), _("Title"), _("What is the matter"),
        _("Community"), pgettext("matter", "Place"), _("Address"), _("Channel"), _("Urgent"), _("With whom"), _("Due"),
        _("Handled by"), pgettext("when", "Reported"), _("First promised by"), _("Promised by"), _("Closed"),
        _("Outcome"), _("Rating"), _("Raised by so many"), _("Reporter"), _("Reporter's name"), _("Reporter's phone"),
    ]  # fmt: skip


@dataclass
class Taken:
    """What was taken out so far: for the bar, and for the reading that is written down."""

    rows: int = 0
    people: list[UUID] = field(default_factory=list)


def count(who: Who, filters: Filters) -> int:
    """How many there are; 0 where nobody counts: what a search finds."""
    return 0 if filters.q else min(MOST_ROWS, filtered(who, filters).count())


def pages(who: Who, filters: Filters, taken: Taken) -> Iterator[list[Cells]]:
    """The list as it is on the screen, page after page; at most fifty thousand rows."""
    blind = set(rechecks_of(who).values_list("matter", flat=True)) if who.user else set()
    after = ""
    while taken.rows < MOST_ROWS:
        page = listed(who, filters, after=after, limit=MOST)
        rows = _may_go_out(page.rows[: MOST_ROWS - taken.rows], who)
        around = _Around(rows, blind)
        taken.rows += len(rows)
        taken.people += around.people
        yield [around.cells(matter) for matter in rows]
        if not page.next:
            return
        after = page.next


def _may_go_out(rows: Sequence[Matter], who: Who) -> list[Matter]:
    """Without those that they read by a post which takes nothing out."""
    out = Matter.objects.filter(pk__in=[row.pk for row in rows]).allowed(who, Permission.MATTER_EXPORT)
    allowed = set(out.values_list("pk", flat=True))
    return [row for row in rows if row.pk in allowed]


class _Around:
    """What stands around one page of matters, each kind of thing read once."""

    def __init__(self, matters: Sequence[Matter], blind: set[UUID]) -> None:
        ids = [matter.pk for matter in matters]
        self._texts = {
            pk: (text, first)
            for pk, text, first in Matter.objects.filter(pk__in=ids).values_list(
                "pk", "text", "first_promise_at"
            )
        }
        self._areas = areas_at(
            {path for matter in matters for path in (matter.place, matter.place[: Level.VILLAGE])}
        )
        self._leads = _leads(ids, blind)
        self._reporters = {
            row.matter_id: row
            for row in Reporter.objects.filter(matter__in=ids, first=True).select_related("contact", "user")
        }
        shown = {matter.pk for matter in matters if not matter.secret}
        found = (row for row in self._reporters.values() if row.matter_id in shown)
        self.people = [row.contact_id for row in found if row.contact_id]

    def cells(self, matter: Matter) -> Cells:
        text, first = self._texts.get(matter.pk, ("", None))
        return (
            matter.number, str(STATES[State(matter.state)]), matter.type.code, matter.type.label, matter.title, text,
            self._area(matter.place[: Level.VILLAGE]), self._area(matter.place), matter.address,
            str(CHANNELS.get(matter.channel, matter.channel)), _("yes") if matter.urgent else "",
            matter.turn.label if matter.turn else "", _at(matter.due_at), self._leads.get(matter.pk, ""),
            _at(matter.reported_at), _at(first), _at(matter.promise_at), _at(matter.closed_at),
            str(OUTCOMES[Outcome(matter.outcome)]) if matter.outcome else "", matter.rating, matter.voices,
            *self._reporter(matter),
        )  # fmt: skip

    def _area(self, path: str) -> str:
        return self._areas[path].label if path in self._areas else ""

    def _reporter(self, matter: Matter) -> tuple[str, str, str]:
        """Masked, and of who asked for secrecy nothing."""
        row = self._reporters.get(matter.pk)
        if matter.secret or row is None:
            return ("", "", "")
        kind = str(_kinds()[row.kind])
        if row.contact:
            return (kind, mask_name(row.contact.name or ""), mask_phone(row.contact.phone or ""))
        if row.user is None:
            return (kind, "", "")
        return (kind, row.user.label if row.kind == ReporterKind.STAFF else mask_name(row.user.name), "")


def _kinds() -> Mapping[str, Any]:
    from mulin.matters.views.people import REPORTER_KINDS

    return REPORTER_KINDS


def _leads(ids: Sequence[UUID], blind: set[UUID]) -> dict[UUID, str]:
    """Who handles or handled each of them last; not of what this person looks at a second time."""
    parts = (
        Part.objects.filter(matter__in=ids, kind=PartKind.LEAD).exclude(matter__in=blind).order_by("from_at")
    )
    last = dict(parts.values_list("matter", "seat"))
    seats = seats_by_id(set(last.values()))
    return {matter: seats[seat].label for matter, seat in last.items() if seat in seats}


def _at(at: datetime | None) -> datetime | None:
    """Local time, as Excel has no other."""
    return timezone.localtime(at) if at else None


def told(filters: Filters) -> list[tuple[str, str]]:
    """The filters of a list in words."""
    names = {
        "state": _("State"), "type": _("Kind"), "area": _("Area"), "level": _("Level"), "urgent": _("Urgent"),
        "channel": _("Channel"), "q": _("Words searched for"),
    }  # fmt: skip
    said = filters.query()
    values = {
        "state": str(STATES[State(filters.state)]) if filters.state else "",
        "channel": str(CHANNELS.get(filters.channel, filters.channel)),
        "area": _label_of(filters.area),
        "level": str(Level(int(filters.level)).label) if filters.level else "",
        "urgent": _("yes"),
    }
    rows = [(names[name], values.get(name, word)) for name, word in said.items() if name in names]
    return [(_("List"), str(shows()[filters.show])), *rows]


def shows() -> dict[Show, str]:
    """What each list is called."""
    return {
        Show.MINE: _("Waits for me"), Show.LATE: pgettext("list", "Late"), Show.OPEN: pgettext("list", "Open"),
        Show.WAITING: pgettext("list", "Waiting"), Show.DONE: pgettext("list", "Done"),
        Show.VOID: pgettext("list", "Not taken"), Show.ALL: pgettext("list", "All"),
        Show.FOLLOW_UP: _("To follow up"),
    }  # fmt: skip


def _label_of(path: str) -> str:
    found = areas_at([path]).get(path) if path else None
    return found.label if found else path
