"""A page of readings, with names: who, on which seat, when, how, what for, of how many."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from mulin.journal.face import Disclosure, DisclosureOf, Purpose, Reading
from mulin.posts.face import Seat, User, people_by_id, seats_by_id

PAGE = 50


@dataclass(frozen=True)
class Filters:
    reader: str = ""  # a sign-in name
    record: UUID | None = None


@dataclass(frozen=True)
class Told:
    """One reading. `people`: how many records were read; of none: a search that found nobody."""

    row: Disclosure
    reader: User | None
    seat: Seat | None
    people: int

    @property
    def kind(self) -> str:
        return str(Reading(self.row.kind).label)

    @property
    def purpose(self) -> str:
        return str(Purpose(self.row.purpose).label)


def readings_for(filters: Filters, *, after: str = "") -> tuple[list[Told], str]:
    """The newest first; ids are in the order of time, so the key of a row is where the page after it begins."""
    rows = _filtered(filters)
    if (before := _uuid(after)) is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return _told(found[:PAGE]), str(found[PAGE - 1].pk) if len(found) > PAGE else ""


def _filtered(filters: Filters) -> QuerySet[Disclosure]:
    rows = Disclosure.objects.all()
    if filters.reader:
        rows = rows.filter(reader__in=User.objects.filter(username=filters.reader).values("pk"))
    if filters.record:
        rows = rows.filter(pk__in=DisclosureOf.objects.filter(person=filters.record).values("disclosure"))
    return rows


def _told(rows: list[Disclosure]) -> list[Told]:
    people = people_by_id({row.reader for row in rows})
    seats = seats_by_id({row.seat for row in rows if row.seat})
    counted = DisclosureOf.objects.filter(disclosure__in=[row.pk for row in rows]).values_list("disclosure")
    counts: dict[UUID, int] = dict(counted.annotate(count=Count("id")))
    return [
        Told(row, people.get(row.reader), seats.get(row.seat) if row.seat else None, counts.get(row.pk, 0))
        for row in rows
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
