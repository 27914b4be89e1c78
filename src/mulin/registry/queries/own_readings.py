"""Who looked at somebody's data, as they themselves may know it: when, in which role, in what way and for what.

Never by name: whoever acts in a role is answerable in it, and the journal knows the rest. A page of a household, a
list or an export tells each of them only that their own data was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.journal.face import Disclosure, DisclosureOf, Entry, Purpose, Reading, code_named
from mulin.kernel.refusals import Invalid
from mulin.posts.face import Post, seats_by_id

HOW: Mapping[str, str | Promise] = {
    Reading.REVEAL.value: gettext_lazy("A hidden detail was shown: a phone or document number"),
    Reading.PAGE.value: gettext_lazy("Your data was opened on a page"),
    Reading.SEARCH.value: gettext_lazy("You were looked for by your number or phone"),
    Reading.EXPORT.value: gettext_lazy("Your data was in a list that was taken out"),
    Reading.PRINT.value: gettext_lazy("Your data was printed"),
    Reading.SLICE.value: gettext_lazy("Your data was on a phone, for work without network"),
}
NOBODYS = gettext_lazy("a member of staff")


@dataclass(frozen=True, slots=True)
class Looked:
    """One reading, as its person may know it."""

    id: UUID
    at: datetime
    how: str
    purpose: str
    roles: str


def readings_of(people: Sequence[UUID], *, after: str = "", limit: int = 20) -> tuple[list[Looked], str]:
    """The newest first, a page at a time, and the key of the next. Three statements."""
    rows = DisclosureOf.objects.filter(person__in=people).select_related("disclosure")
    if after:
        at, id = _read_key(after)
        rows = rows.filter(Q(at__lt=at) | Q(at=at, id__lt=id))
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    shown = found[:limit]
    roles = _roles([row.disclosure for row in shown])
    more = f"{shown[-1].at.isoformat()}~{shown[-1].pk}" if len(found) > limit else ""
    return [_looked(row, roles) for row in shown], more


def _looked(row: DisclosureOf, roles: Mapping[UUID, str]) -> Looked:
    seen = row.disclosure
    return Looked(row.pk, row.at, str(HOW[seen.kind]), str(Purpose(seen.purpose).label), roles[seen.pk])


def _roles(seen: Iterable[Disclosure]) -> dict[UUID, str]:
    """By disclosure: the seat on which they read; else the seats that they held at that moment."""
    seen = list(seen)
    seats = seats_by_id({each.seat for each in seen if each.seat})
    seatless = [each for each in seen if each.seat not in seats]
    held = _held({each.reader for each in seatless})
    found = {each.pk: seats[each.seat].label for each in seen if each.seat in seats}
    for each in seatless:
        labels = sorted(
            {label for begins, ends, label in held.get(each.reader, ()) if begins <= each.at < ends}
        )
        found[each.pk] = " · ".join(labels) or str(NOBODYS)
    return found


_END = datetime.max.replace(tzinfo=UTC)


def _held(readers: set[UUID]) -> dict[UUID, list[tuple[datetime, datetime, str]]]:
    held: dict[UUID, list[tuple[datetime, datetime, str]]] = {}
    if readers:
        for post in Post.objects.filter(user__in=readers).with_seats():
            held.setdefault(post.user_id, []).append((post.from_at, post.to_at or _END, post.seat.label))
    return held


def _read_key(after: str) -> tuple[datetime, UUID]:
    at, _mark, id = after[:100].partition("~")
    try:
        read = datetime.fromisoformat(at)
        if read.tzinfo is None:
            raise ValueError
        return read.astimezone(UTC), UUID(id)
    except (ValueError, OverflowError):
        raise Invalid(code="after") from None


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done with the record: what, when, and in which role."""

    at: datetime
    what: str
    role: str


def history_of(people: Sequence[UUID], own_user: UUID, *, limit: int = 50) -> list[Happened]:
    """What was written into the record, the newest first. Which values changed is not in it: they stand on the page."""
    rows = Entry.objects.filter(subject__in=people, subject_kind="resident").order_by("-at", "-seq")[:limit]
    found = list(rows)
    seats = seats_by_id({row.seat for row in found if row.seat})
    held = _held({row.by for row in found if row.by and row.seat not in seats and row.by != own_user})
    return [
        Happened(row.at, str(code_named(row.code).label), _role(row, own_user, seats, held)) for row in found
    ]


def _role(
    row: Entry,
    own_user: UUID,
    seats: Mapping[UUID, object],
    held: Mapping[UUID, list[tuple[datetime, datetime, str]]],
) -> str:
    if row.by == own_user:
        return _("yourself")
    if row.seat is not None and row.seat in seats:
        return str(seats[row.seat])
    if row.by is None:
        return _("Mulin by itself")
    labels = sorted({label for begins, ends, label in held.get(row.by, ()) if begins <= row.at < ends})
    return " · ".join(labels) or str(NOBODYS)
