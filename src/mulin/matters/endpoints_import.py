"""Taking over a list of former matters, for programs: the same steps as at the desk."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile

from mulin.kernel import sheets
from mulin.kernel.models import Job
from mulin.kernel.refusals import TooLarge
from mulin.kernel.shapes import Problem
from mulin.matters.actions import importing as actions
from mulin.matters.actions.imports.checking import Checked
from mulin.matters.actions.imports.reading import unpack
from mulin.matters.models.importing import Import
from mulin.posts.face import Permission, Who, needs, who_asks

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
MOST_TOLD = 500
Word = Annotated[str, Field(max_length=4000)]


class ImportOut(Schema):
    """A list: `titles` of its columns from 0, which column holds what, what words mean, and what became of it."""

    id: str
    name: str
    stage: str
    rows: int
    taken: int
    left_out: int
    removed: int
    job: str | None
    titles: list[str]
    columns: dict[str, int]
    meanings: dict[str, dict[str, str]]

    @staticmethod
    def of(source: Import, titles: list[str] | None = None) -> "ImportOut":
        return ImportOut(
            id=str(source.pk), name=source.name, stage=source.stage, rows=source.rows, taken=source.taken,
            left_out=source.left_out, removed=source.removed, job=str(source.job) if source.job else None,
            titles=titles or [], columns=source.columns, meanings=source.meanings,
        )  # fmt: skip


class RowProblem(Schema):
    """What is wrong in a cell; without a column it is the row as a whole."""

    sheet: str
    row: int
    column: str
    words: str


class ImportCheckOut(Schema):
    """The dry run: how many rows are ready and wrong, the first 500 problems, and words that mean nothing yet."""

    ready: int
    wrong: int
    problems: list[RowProblem]
    unknown: dict[str, dict[str, int]]

    @staticmethod
    def of(found: Checked) -> "ImportCheckOut":
        told = [
            RowProblem(sheet=each.sheet, row=each.row, column=each.column, words=str(each.words))
            for each in found.problems[:MOST_TOLD]
        ]
        unknown = {key: dict(words) for key, words in found.unknown.items()}
        return ImportCheckOut(ready=len(found.ready), wrong=len(found.wrong), problems=told, unknown=unknown)


class ExplainIn(Schema):
    """`columns` by their place from 0 ({"kind": 3}); `meanings` by column ({"kind": {"路灯": "010301"}})."""

    columns: dict[Word, Annotated[int, Field(ge=0, le=1000)]] | None = None
    meanings: dict[Word, dict[Word, Word]] = {}


class StartIn(Schema):
    """Whether rows with problems are left out; without it a wrong row stops all of it."""

    leave_out: bool = False


class StartedOut(Schema):
    """The job that does it: see `/jobs`."""

    job: str


@router.get("", response={200: list[ImportOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def imports(request: HttpRequest) -> Any:
    """Your own lists, the newest first."""
    return [ImportOut.of(source) for source in actions.imports_of(who_asks(request))]


@router.post("", response={201: ImportOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def upload(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Upload a list of former matters; nothing is taken over yet."""
    who = who_asks(request)
    if (file.size or 0) > sheets.MOST_BYTES:
        raise TooLarge
    return Status(201, _told(actions.begin_import(file.read(), file.name or "", by=who, now=who.now)))


@router.get("/{id}", response={200: ImportOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def one(request: HttpRequest, id: UUID) -> Any:
    """One of your lists."""
    return _told(_own(id, who_asks(request)))


@router.post("/{id}/explain", response={200: ImportOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def explain(request: HttpRequest, id: UUID, body: ExplainIn) -> Any:
    """Say which column holds what, and what words mean here."""
    who = who_asks(request)
    source = _own(id, who)
    actions.explain_import(source, columns=body.columns, meanings=body.meanings, by=who, now=who.now)
    return _told(source)


@router.get("/{id}/check", response={200: ImportCheckOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def dry_run(request: HttpRequest, id: UUID) -> Any:
    """What would become of each row; nothing is written."""
    who = who_asks(request)
    return ImportCheckOut.of(actions.checked(_own(id, who), who))


@router.post("/{id}/start", response={200: StartedOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def start(request: HttpRequest, id: UUID, body: StartIn) -> Any:
    """Take it over, in the background."""
    who = who_asks(request)
    return _started(actions.start_import(_own(id, who), leave_out=body.leave_out, by=who, now=who.now))


@router.post("/{id}/undo", response={200: StartedOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def undo(request: HttpRequest, id: UUID) -> Any:
    """Take the whole of it back, in the background; what was worked on since stays."""
    who = who_asks(request)
    return _started(actions.undo_import(_own(id, who), by=who, now=who.now))


@router.post("/{id}/drop", response={200: ImportOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def drop(request: HttpRequest, id: UUID) -> Any:
    """Give it up before anything was taken over."""
    who = who_asks(request)
    source = _own(id, who)
    actions.drop_import(source, by=who, now=who.now)
    source.refresh_from_db()
    return ImportOut.of(source)


def _own(id: UUID, who: Who) -> Import:
    return actions.own_import(id, who)


def _told(source: Import) -> ImportOut:
    return ImportOut.of(source, unpack(source).titles if source.table else None)


def _started(job: Job) -> StartedOut:
    return StartedOut(job=str(job.pk))
