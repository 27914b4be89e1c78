"""Lists taken into the registry and out of it, for programs: the same steps as at the desk."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from mulin.kernel.refusals import TooLarge
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, needs, who_asks
from mulin.registry.actions import bulk_export, bulk_import
from mulin.registry.importing.upload import MOST_BYTES
from mulin.registry.models import HomeExport, HomeImport
from mulin.registry.queries.lists import HomeFilters

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
MOST_TOLD = 500
Word = Annotated[str, Field(max_length=300)]


class HomeListOut(Schema):
    """A list on its way in, and what became of it."""

    id: str
    kind: str
    name: str
    stage: str
    why: str
    rows: int
    wrong: int
    known: int
    taken: int
    changed: int
    removed: int
    job: str | None

    @staticmethod
    def of(source: HomeImport) -> "HomeListOut":
        return HomeListOut(
            id=str(source.pk), kind=source.kind, name=source.name, stage=source.stage, why=source.why,
            rows=source.rows, wrong=source.wrong, known=source.known, taken=source.taken, changed=source.changed,
            removed=source.removed, job=str(source.job) if source.job else None,
        )  # fmt: skip


class CellFault(Schema):
    """What is wrong in a cell."""

    sheet: str
    row: int
    column: str
    code: str
    words: str


class KnownRow(Schema):
    """A row about somebody who is in the registry already, and what is to be done with it."""

    row: int
    code: str
    record: str
    choice: str


class HomeListCheckOut(Schema):
    """What the dry run found: the first 500 of each."""

    faults: list[CellFault]
    known: list[KnownRow]


class ChoicesIn(Schema):
    """By the row of the list: `skip`, `update` or `new`."""

    choices: dict[int, Literal["skip", "update", "new", ""]]


class TakeInIn(Schema):
    """`leave_out`: without it a wrong row stops all of it. `repeats`: of those known whom nobody chose for."""

    leave_out: bool = False
    repeats: Literal["skip", "update"] = "skip"


class ListJobOut(Schema):
    """The job that does it: see `/jobs`."""

    job: str


class TakeOutIn(Schema):
    """Which list, narrowed by the words of its address, and what it is for."""

    kind: Literal["households", "residents", "merchants"]
    purpose: Literal["duty", "verify", "audit"]
    reason: Word
    revealed: bool = False
    area: Word = ""
    stale: Word = ""


class ExportedOut(Schema):
    """A list on its way out. Without a job it waits for a second person."""

    id: str
    kind: str
    stage: str
    rows: int
    revealed: bool
    purpose: str
    job: str | None

    @staticmethod
    def of(asked: HomeExport) -> "ExportedOut":
        return ExportedOut(
            id=str(asked.pk), kind=asked.kind, stage=asked.stage, rows=asked.rows, revealed=asked.revealed,
            purpose=asked.purpose, job=str(asked.job) if asked.job else None,
        )  # fmt: skip


class DecideIn(Schema):
    """A second person's answer."""

    agree: bool
    note: Word = ""


@router.get("/intakes", response={200: list[HomeListOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_lists(request: HttpRequest) -> Any:
    """Your own lists, the newest first."""
    return [HomeListOut.of(source) for source in bulk_import.imports_of(who_asks(request))]


@router.post("/intakes", response={201: HomeListOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_list_upload(
    request: HttpRequest,
    file: File[UploadedFile],
    kind: Form[Literal["homes", "merchants"]] = "homes",
    make_doors: Form[bool] = False,
) -> Any:
    """Upload a list; its dry run begins, and nothing is taken in yet."""
    who = who_asks(request)
    if (file.size or 0) > MOST_BYTES:
        raise TooLarge
    made = bulk_import.begin_import(
        file.read(), file.name or "", kind=kind, make_doors=make_doors, by=who, now=who.now
    )
    return Status(201, HomeListOut.of(made))


@router.get("/intakes/{id}", response={200: HomeListOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_list(request: HttpRequest, id: UUID) -> Any:
    """One of your lists."""
    return HomeListOut.of(bulk_import.own_import(id, who_asks(request)))


@router.get("/intakes/{id}/check", response={200: HomeListCheckOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_list_check(request: HttpRequest, id: UUID) -> Any:
    """What is wrong, and who is known already."""
    source = bulk_import.own_import(id, who_asks(request))
    faults = [
        CellFault(sheet=each.sheet, row=each.row, column=each.column, code=each.code, words=each.words)
        for each in bulk_import.faults(source)[:MOST_TOLD]
    ]
    known = [
        KnownRow(row=each.row, code=each.code, record=str(each.record), choice=each.choice)
        for each in bulk_import.known_rows(source)[:MOST_TOLD]
    ]
    return HomeListCheckOut(faults=faults, known=known)


@router.post("/intakes/{id}/choices", response={200: HomeListOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_list_choices(request: HttpRequest, id: UUID, body: ChoicesIn) -> Any:
    """Say of single rows what is done with who is known already."""
    who = who_asks(request)
    source = bulk_import.own_import(id, who)
    bulk_import.choose(source, dict(body.choices), by=who, now=who.now)
    return HomeListOut.of(source)


@router.post("/intakes/{id}/start", response={200: ListJobOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_list_start(request: HttpRequest, id: UUID, body: TakeInIn) -> Any:
    """Take it in, in the background."""
    who = who_asks(request)
    source = bulk_import.own_import(id, who)
    job = bulk_import.start_import(
        source, leave_out=body.leave_out, repeats=body.repeats, by=who, now=who.now
    )
    return ListJobOut(job=str(job.pk))


@router.post("/intakes/{id}/undo", response={200: ListJobOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_list_undo(request: HttpRequest, id: UUID) -> Any:
    """Take the whole of it back, in the background; what was touched since stays."""
    who = who_asks(request)
    job = bulk_import.undo_import(bulk_import.own_import(id, who), by=who, now=who.now)
    return ListJobOut(job=str(job.pk))


@router.post("/intakes/{id}/drop", response={200: HomeListOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def registry_list_drop(request: HttpRequest, id: UUID) -> Any:
    """Give it up before anything was taken in."""
    who = who_asks(request)
    source = bulk_import.own_import(id, who)
    bulk_import.drop_import(source, by=who, now=who.now)
    source.refresh_from_db()
    return HomeListOut.of(source)


@router.post("/exports", response={200: ExportedOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_EXPORT)
def registry_take_out(request: HttpRequest, body: TakeOutIn) -> Any:
    """Take out a list; it is written down, and above a size a second person has to agree first."""
    who = who_asks(request)
    filters = HomeFilters.read({"area": body.area, "stale": body.stale})
    made = bulk_export.start_export(
        body.kind, filters, purpose=body.purpose, reason=body.reason, revealed=body.revealed, by=who, now=who.now
    )  # fmt: skip
    return ExportedOut.of(made)


@router.get("/exports/waiting", response={200: list[ExportedOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_APPROVE)
def registry_exports_waiting(request: HttpRequest) -> Any:
    """Lists that wait for your agreement."""
    return [ExportedOut.of(each) for each in bulk_export.exports_to_decide(who_asks(request))]


@router.get("/exports/{id}", response={200: ExportedOut, **FAILS})
@needs(Permission.DESK_OPEN)
def registry_export(request: HttpRequest, id: UUID) -> Any:
    """One that you asked for, or may decide."""
    return ExportedOut.of(bulk_export.export_of(id, who_asks(request)))


@router.post("/exports/{id}/decide", response={200: ExportedOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.REGISTRY_APPROVE)
def registry_export_decide(request: HttpRequest, id: UUID, body: DecideIn) -> Any:
    """Agree or refuse, as the second person."""
    who = who_asks(request)
    asked = bulk_export.export_of(id, who)
    return ExportedOut.of(
        bulk_export.decide_export(asked, agree=body.agree, note=body.note, by=who, now=who.now)
    )
