"""Lists compared with the registry, for programs: the same steps as at the desk."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from mulin.kernel import sheets
from mulin.kernel.refusals import Invalid, TooLarge
from mulin.kernel.shapes import Problem
from mulin.places.face import Area
from mulin.posts.face import Permission, needs, who_asks
from mulin.visits.lists import actions
from mulin.visits.lists.exporting import start_result
from mulin.visits.lists.models import ComparedList
from mulin.visits.lists.queries import RowLine, by_grid, counts, find_list, page_of, sees_all
from mulin.visits.lists.reading import unpack

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
Age = Annotated[int, Field(ge=0, le=130)]
MOST = 100


class ListOut(Schema):
    """A list: `titles` of its columns from 0 until it is compared, `counts` by outcome once it is."""

    id: str
    title: str
    area: str
    says: str
    purpose: str
    why: str
    stage: str
    rows: int
    until_on: date
    job: str | None
    campaign: str | None
    titles: list[str]
    columns: dict[str, int]
    counts: dict[str, int]

    @staticmethod
    def of(source: ComparedList, *, whole: bool = False) -> "ListOut":
        """`whole`: with what takes a statement of its own."""
        titles = unpack(source).titles if whole and source.table else []
        return ListOut(
            id=str(source.pk), title=source.title, area=source.place, says=source.says, purpose=source.purpose,
            why=source.why, stage=source.stage, rows=source.rows, until_on=source.until_on,
            job=str(source.job) if source.job else None,
            campaign=str(source.campaign_id) if source.campaign_id else None, titles=titles,
            columns=source.columns, counts=counts(source) if whole and source.is_ready else {},
        )  # fmt: skip


class ListIn(Schema):
    """With whose registry it is compared (a path), what it means to stand on it, what for, until when it is kept."""

    title: Annotated[str, Field(max_length=100)]
    area: Annotated[str, Field(max_length=24, pattern="^[0-9]+$")]
    why: Annotated[str, Field(max_length=200)]
    until_on: date
    says: Literal["todo", "done"] = "todo"
    purpose: Literal["duty", "verify", "request", "emergency"] = "duty"
    age_from: Age | None = None
    age_to: Age | None = None


class CompareIn(Schema):
    """Which column holds what, from 0 ({"document": 3}); without it, as the titles say."""

    columns: (
        dict[Literal["document", "phone", "name", "born"], Annotated[int, Field(ge=0, le=1000)]] | None
    ) = None


class ComparedListJobOut(Schema):
    """The job that does it: see `/jobs`."""

    job: str


class ListResultOut(Schema):
    """The job that writes it; without one it waits for a second person, as `/registry/exports/{export}` says."""

    job: str | None
    export: str


class ListRowOut(Schema):
    """A row of the file (`row` 0: somebody who stands on none); the name is masked."""

    id: str
    row: int
    name: str
    outcome: str
    how: str
    place: str
    household: str | None
    settled: bool

    @staticmethod
    def of(line: RowLine) -> "ListRowOut":
        row = line.row
        return ListRowOut(
            id=str(row.pk), row=row.row, name=line.name, outcome=row.outcome, how=row.how, place=row.place,
            household=str(row.household) if row.household else None, settled=line.settled,
        )  # fmt: skip


class ListRowsOut(Schema):
    """A page; `after` begins the next one, "" where there is none."""

    rows: list[ListRowOut]
    after: str


class ListGridOut(Schema):
    """A grid of the list; an empty `area` for those in none."""

    area: str
    done: int
    outstanding: int
    settled: int


class ListTasksIn(Schema):
    """A campaign for the homes of everybody outstanding."""

    network: Literal["party", "livelihood", "epidemic", "peace", "civility", "street"]
    until_on: date
    text: Annotated[str, Field(max_length=2000)] = ""


class SettleIn(Schema):
    """Rows that are done."""

    rows: Annotated[list[UUID], Field(max_length=500)]


class SettledOut(Schema):
    """How many were still to do."""

    settled: int


class ListTasksOut(Schema):
    campaign: str


@router.get("", response={200: list[ListOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def listed(request: HttpRequest, after: UUID | None = None) -> Any:
    """Lists of your area, 100 at a time; in a grid, those that ask something of its doors. `after`: the last one."""
    who = who_asks(request)
    rows = ComparedList.objects.light()
    rows = rows.visible_to(who) if who.holds(Permission.LIST_COMPARE) else rows.with_tasks_of(who)
    return [ListOut.of(each) for each in rows.older_than(after)[:MOST]]


@router.post("", response={201: ListOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE)
def upload(request: HttpRequest, file: File[UploadedFile], body: Form[ListIn]) -> Any:
    """Upload a list; nothing is compared yet."""
    who = who_asks(request)
    if (file.size or 0) > sheets.MOST_BYTES:
        raise TooLarge
    area = Area.objects.plain().open().filter(path=body.area).first()
    if area is None:
        raise Invalid(code="unknown_place", field="area")
    plan = actions.ListPlan(**body.dict(exclude={"area"}))
    return Status(
        201, ListOut.of(actions.begin_list(area, plan, file.read(), by=who, now=who.now), whole=True)
    )


@router.get("/{id}", response={200: ListOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def one(request: HttpRequest, id: UUID) -> Any:
    """One of them."""
    who = who_asks(request)
    source = find_list(id, who)
    return ListOut.of(source, whole=sees_all(source, who))


@router.post("/{id}/compare", response={200: ComparedListJobOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE)
def compare(request: HttpRequest, id: UUID, body: CompareIn) -> Any:
    """Compare it, in the background; refused without a column that tells people apart."""
    who = who_asks(request)
    columns = {str(key): place for key, place in body.columns.items()} if body.columns is not None else None
    job = actions.start_comparison(find_list(id, who), columns=columns, by=who, now=who.now)
    return ComparedListJobOut(job=str(job.pk))


@router.get("/{id}/grids", response={200: list[ListGridOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def grids(request: HttpRequest, id: UUID) -> Any:
    """How far it is, grid by grid, as far as you see it."""
    who = who_asks(request)
    return [
        ListGridOut(
            area=line.area.path if line.area else "", done=line.done, outstanding=line.outstanding,
            settled=line.settled,
        )
        for line in by_grid(find_list(id, who), who)
    ]  # fmt: skip


@router.get("/{id}/rows", response={200: ListRowsOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def rows(
    request: HttpRequest,
    id: UUID,
    outcome: Annotated[str, Query(max_length=12)] = "",
    area: Annotated[str, Query(max_length=24)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
    still: bool = False,
) -> Any:
    """Its rows by place; `still`: only who is to be reached yet."""
    who = who_asks(request)
    found, next_after = page_of(find_list(id, who), who, outcome=outcome, area=area, still=still, after=after)
    return ListRowsOut(rows=[ListRowOut.of(line) for line in found], after=next_after)


@router.post("/{id}/settle", response={200: SettledOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def settle(request: HttpRequest, id: UUID, body: SettleIn) -> Any:
    """Tick people of your doors as done."""
    who = who_asks(request)
    return SettledOut(settled=actions.settle_rows(find_list(id, who), body.rows, by=who, now=who.now))


@router.post("/{id}/tasks", response={200: ListTasksOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE, Permission.VISIT_PLAN)
def tasks(request: HttpRequest, id: UUID, body: ListTasksIn) -> Any:
    """Make a campaign of it: a task for each home of somebody outstanding."""
    who = who_asks(request)
    made = actions.make_tasks(find_list(id, who), **body.dict(), by=who, now=who.now)
    return ListTasksOut(campaign=str(made.pk))


@router.post("/{id}/result", response={200: ListResultOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE, Permission.REGISTRY_EXPORT)
def result(request: HttpRequest, id: UUID) -> Any:
    """The result as Excel, in the background; a large one, once a second person has agreed."""
    who = who_asks(request)
    asked = start_result(find_list(id, who), by=who, now=who.now)
    return ListResultOut(job=str(asked.job) if asked.job else None, export=str(asked.pk))


@router.post("/{id}/erase", response={200: ListOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE)
def erase(request: HttpRequest, id: UUID) -> Any:
    """Erase it before it expires."""
    who = who_asks(request)
    source = find_list(id, who)
    actions.erase_list(source, by=who, now=who.now)
    return ListOut.of(source)
