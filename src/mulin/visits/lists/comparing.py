"""The comparison itself: in batches that are whole or not there; begun again, it goes on after those that are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Reading, Subject, disclose
from mulin.kernel.refusals import Conflict
from mulin.posts.face import Permission, Who
from mulin.registry.face import Someone, homes_of, match_documents, match_names, match_phones, people_here
from mulin.visits.lists.actions import list_entry, no_key, require_list
from mulin.visits.lists.codes import How, ListStage, Outcome, Says
from mulin.visits.lists.models import ComparedList, ListRow
from mulin.visits.lists.reading import asked, unpack
from mulin.visits.lists.rules import Asked, Known, Met, can_find, meet
from mulin.visits.rules.choosing import years_before
from mulin.visits.rules.dates import today

BATCH = 1000
SLICE = 500


class Steps(Protocol):
    """How far it has come: the job's own progress, or nobody who looks."""

    def step(self, n: int = 1, *, cursor: str | None = None) -> None: ...


class _Nobody:
    """Whom nobody tells how far it has come."""

    def step(self, n: int = 1, *, cursor: str | None = None) -> None:
        """Nothing to write down."""


def compare_now(source: ComparedList, *, by: Who, now: datetime) -> dict[str, int]:
    """Compare a list at once, without a job: for short ones, and for the demo."""
    require_list(source, by)
    if not can_find(source.columns):
        raise no_key()
    here = ComparedList.objects.filter(pk=source.pk, stage=ListStage.DRAFT, job=None)
    if not here.update(stage=ListStage.RUNNING):
        raise Conflict
    told = compare(source, _Nobody(), by=by)
    source.stage, source.table, source.compared_at = ListStage.READY, "", now
    return told


def compare(source: ComparedList, steps: Steps, *, by: Who) -> dict[str, int]:
    """Match every row, then whoever stands on none; write down whose data was read; only then it can be seen."""
    require_list(source, by)
    done = set(source.found.filter(row__gt=0).values_list("row", flat=True))
    rows = [row for row in asked(unpack(source), source.columns) if row.row not in done]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        with transaction.atomic():
            _write(source, batch)
            steps.step(len(batch), cursor=str(batch[-1].row))
    if source.says == Says.DONE:
        _add_others(source, today(by.now))
    return _finish(source, by)


def _write(source: ComparedList, batch: Sequence[Asked]) -> None:
    met = dict(_meet_all(source, batch))
    known = {each.known.id for each in met.values() if each.known}
    before = _already_found(source, known)
    homes = homes_of(known)
    made = []
    for row in batch:
        each, person = met[row.row], met[row.row].known
        if person and person.id in before:
            each, person = Met(Outcome.TWICE, each.how), None
        elif person:
            before.add(person.id)
        made.append(_row(source, row, each, person, homes))
    ListRow.objects.bulk_create(made, batch_size=SLICE)


def _meet_all(source: ComparedList, batch: Sequence[Asked]) -> Iterator[tuple[int, Met]]:
    says, place = Says(source.says), source.place
    documents = match_documents(place, {row.document for row in batch})
    phones = match_phones(place, {row.phone for row in batch})
    names = match_names(place, {(row.name, row.born) for row in batch if row.name and row.born})
    for row in batch:
        named = names.get((row.name, row.born), []) if row.born else []
        yield (
            row.row,
            meet(
                row,
                says,
                document=_known(documents.get(row.document, [])),
                phone=_known(phones.get(row.phone, [])),
                name=_known(named),
            ),
        )


def _known(found: Sequence[Someone]) -> list[Known]:
    return [Known(each.id, each.name, each.is_here, each.place) for each in found]


def _already_found(source: ComparedList, ids: set[UUID]) -> set[UUID]:
    whole, found = list(ids), set[UUID]()
    for start in range(0, len(whole), SLICE):
        rows = source.found.filter(resident__in=whole[start : start + SLICE])
        found |= {id for id in rows.values_list("resident", flat=True) if id}
    return found


def _row(
    source: ComparedList, row: Asked, met: Met, known: Known | None, homes: Mapping[UUID, UUID]
) -> ListRow:
    """Of whoever was found the registry's id is enough; of all others the name, encrypted; never a number."""
    return ListRow(
        source=source, row=row.row, outcome=met.outcome, how=met.how, name="" if known else row.name,
        resident=known.id if known else None, household=homes.get(known.id) if known else None,
        place=known.place if known else "",
    )  # fmt: skip


def _add_others(source: ComparedList, day: date) -> None:
    """Everybody of the asked ages who lives there and stands on no row."""
    born_to = years_before(day, source.age_from) if source.age_from is not None else None
    youngest = years_before(day, source.age_to + 1) if source.age_to is not None else None
    born_from = youngest + timedelta(days=1) if youngest else None
    after: UUID | None = None
    while found := people_here(source.place, born_from=born_from, born_to=born_to, after=after, most=BATCH):
        after = found[-1].id
        with transaction.atomic():
            there = _already_found(source, {each.id for each in found})
            homes = homes_of([each.id for each in found if each.id not in there])
            new = [
                ListRow(
                    source=source, outcome=Outcome.OUTSTANDING, how=How.REGISTRY, resident=each.id,
                    household=homes.get(each.id), place=each.place,
                )
                for each in found
                if each.id not in there
            ]  # fmt: skip
            ListRow.objects.bulk_create(new, batch_size=SLICE)


@transaction.atomic
def _finish(source: ComparedList, by: Who) -> dict[str, int]:
    from mulin.visits.lists.queries import counts

    here = ComparedList.objects.filter(pk=source.pk, stage=ListStage.RUNNING)
    if not here.update(stage=ListStage.READY, table="", compared_at=by.now):
        raise Conflict(_("This list was erased meanwhile."))
    assert by.user is not None  # noqa: S101 - `require_list` asked
    matched = source.found.filter(row__gt=0, resident__isnull=False).order_by("row")
    people = [id for id in matched.values_list("resident", flat=True) if id]
    disclose(
        by.user.pk, people, kind=Reading.SEARCH, purpose=source.purpose, at=by.now, seat=seat_of(by),
        subject=Subject("list", source.pk),
    )  # fmt: skip
    told = counts(source)
    facts: dict[str, Json] = {"rows": source.rows, **told}
    list_entry("list.compared", source, facts, by=by, now=by.now)
    return told


def seat_of(by: Who) -> UUID | None:
    """The seat by which they may compare."""
    having = [
        seat for seat in by.waiting_seats() if Permission.LIST_COMPARE in seat.standing().role.permissions
    ]
    return next((seat.pk for seat in having), None)
