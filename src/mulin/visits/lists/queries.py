"""What came of a list: by outcome, grid by grid, row by row with names masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Substr

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import NotYours
from mulin.places.face import Area, Level, areas_at
from mulin.posts.face import Permission, Who, may
from mulin.registry.face import Household, Resident
from mulin.visits.lists.codes import Outcome
from mulin.visits.lists.models import ComparedList, ListRow
from mulin.visits.lists.querysets import ListRowQuerySet
from mulin.visits.queries.doors import door_lines
from mulin.visits.queries.grounds import uuid_of

PAGE, MOST = 50, 200


@dataclass(frozen=True)
class GridLine:
    """A grid of the list; without an area the rows that lie in none."""

    area: Area | None
    done: int
    outstanding: int
    settled: int

    @property
    def left(self) -> int:
        return self.outstanding - self.settled

    @property
    def reached(self) -> int:
        return self.done + self.settled

    @property
    def whole(self) -> int:
        return self.done + self.outstanding

    @property
    def percent(self) -> int | None:
        return self.reached * 100 // self.whole if self.whole else None


@dataclass(frozen=True)
class RowLine:
    """A row as a list shows it: the name masked, the door of whoever was found."""

    row: ListRow
    name: str
    where: str
    settled: bool


def find_list(id: UUID, who: Who) -> ComparedList:
    """A list whose result one sees, or that asks something of one's own doors; else there is none."""
    lists = ComparedList.objects.light().select_related("campaign")
    found = lists.visible_to(who).filter(pk=id).first() or lists.with_tasks_of(who).filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def sees_all(source: ComparedList, who: Who) -> bool:
    """Whether one sees every row, not only those of one's own doors."""
    return may(who, Permission.LIST_COMPARE, source)


def rows_for(source: ComparedList, who: Who) -> ListRowQuerySet:
    """The rows that one sees of it; none before it is compared, for until then nobody wrote down whose they are."""
    if not source.is_ready:
        return ListRow.objects.none()
    rows = ListRow.objects.filter(source=source)
    return rows if sees_all(source, who) else rows.tasks_of(who)


def counts(source: ComparedList) -> dict[str, int]:
    """How many rows of each outcome; one statement."""
    rows = source.found.order_by().values_list("outcome").annotate(Count("pk"))
    return {str(outcome): 0 for outcome in Outcome.values} | dict(rows)


def by_grid(source: ComparedList, who: Who) -> list[GridLine]:
    """Grid by grid, as far as one sees; two statements."""
    rows = rows_for(source, who).with_settled()
    counted = (
        rows.filter(outcome__in=(Outcome.DONE, Outcome.OUTSTANDING))
        .annotate(grid=Substr("place", 1, Level.GRID))
        .order_by("grid")
        .values("grid")
        .annotate(
            n_done=Count("pk", filter=Q(outcome=Outcome.DONE)),
            n_outstanding=Count("pk", filter=Q(outcome=Outcome.OUTSTANDING)),
            n_settled=Count("pk", filter=Q(outcome=Outcome.OUTSTANDING, settled=True)),
        )
        .values_list("grid", "n_done", "n_outstanding", "n_settled")
    )
    found = list(counted)
    areas = areas_at([grid for grid, *_numbers in found])
    return [GridLine(areas.get(grid), done, left, settled) for grid, done, left, settled in found]


def together(lines: Iterable[GridLine]) -> GridLine:
    """The sum."""
    each = list(lines)
    return GridLine(
        None,
        sum(line.done for line in each),
        sum(line.outstanding for line in each),
        sum(line.settled for line in each),
    )


def page_of(
    source: ComparedList, who: Who, *, outcome: str = "", area: str = "", still: bool = False, after: str = ""
) -> tuple[list[RowLine], str]:
    """Rows by place and id, and the key of the next page; five statements."""
    rows = rows_for(source, who).with_settled()
    if outcome in Outcome.values:
        rows = rows.filter(outcome=outcome)
    if area.isascii() and area.isdigit():
        rows = rows.filter(place__gte=area, place__lt=f"{area}:")
    if still:
        rows = rows.still_to_do()
    place, _mark, id = after[:100].partition("~")
    if (key := uuid_of(id)) and (not place or place.isdigit()):
        rows = rows.filter(place__gte=place).exclude(place=place, id__lte=key)
    found = list(rows.order_by("place", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return lines(found[:PAGE], who), f"{last.place}~{last.pk}" if last else ""


def lines(rows: Sequence[ListRow], who: Who) -> list[RowLine]:
    """Rows dressed with a masked name and their door."""
    people = {row.resident for row in rows if row.resident}
    names = dict(Resident.objects.filter(pk__in=people).values_list("id", "name"))
    homes = {row.household for row in rows if row.household}
    doors = door_lines(Household.objects.filter(pk__in=homes), who)
    return [
        RowLine(
            row,
            mask_name(names.get(row.resident, "") if row.resident else row.name),
            doors[row.household].where if row.household and row.household in doors else "",
            bool(getattr(row, "settled", False)),
        )
        for row in rows
    ]


def every_line(source: ComparedList, who: Who) -> Iterator[list[RowLine]]:
    """The whole of it in slices: those of the file by their rows, then those who stand on none."""
    rows = source.found.all()
    ids = list(rows.order_by("place", "id").filter(row=0).values_list("pk", flat=True))
    ids = [*rows.filter(row__gt=0).order_by("row").values_list("pk", flat=True), *ids]
    for start in range(0, len(ids), MOST):
        some = ids[start : start + MOST]
        found = {row.pk: row for row in ListRow.objects.filter(pk__in=some).with_settled()}
        yield lines([found[id] for id in some if id in found], who)
