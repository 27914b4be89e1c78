"""Long work for programs: how far it has come, and what it made."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Router, Schema

from mulin.doors.longwork import fetched, has_file, own_job, own_jobs, title_of
from mulin.kernel import jobs
from mulin.kernel.models import Job
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, needs, who_asks

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)
BYTES = {"responses": {200: {"description": "OK", "content": {"application/octet-stream": {}}}}}


class JobOut(Schema):
    """Long work: `done` of `total` (0: not known), and what it says."""

    id: str
    code: str
    title: str
    state: str
    done: int
    total: int
    lines: list[str]
    file: str
    created_at: str
    ended_at: str | None

    @staticmethod
    def of(row: Job) -> "JobOut":
        return JobOut(
            id=str(row.pk), code=row.code, title=str(title_of(row)), state=row.stage, done=row.done, total=row.total,
            lines=row.lines, file=row.file if has_file(row) else "", created_at=row.created_at.isoformat(),
            ended_at=row.ended_at.isoformat() if row.ended_at else None,
        )  # fmt: skip


@router.get("", response={200: list[JobOut], **FAILS})
@needs(Permission.DESK_OPEN)
def listed(request: HttpRequest) -> Any:
    """Your exports and imports, the newest first."""
    return [JobOut.of(row) for row in own_jobs(who_asks(request))]


@router.get("/{id}", response={200: JobOut, **FAILS})
@needs(Permission.DESK_OPEN)
def one(request: HttpRequest, id: UUID) -> Any:
    """How far one has come."""
    return JobOut.of(own_job(id, who_asks(request)))


@router.get("/{id}/file", response={**FAILS}, openapi_extra=BYTES)
@needs(Permission.DESK_OPEN)
def file(request: HttpRequest, id: UUID) -> FileResponse:
    """What it made, once it is done; for a week."""
    who = who_asks(request)
    return fetched(own_job(id, who), who)


@router.post("/{id}/stop", response={200: JobOut, **FAILS})
@needs(Permission.DESK_OPEN)
def stop(request: HttpRequest, id: UUID) -> Any:
    """Stop it; what it did in batches before stays done."""
    who = who_asks(request)
    jobs.stop(own_job(id, who), now=who.now)
    return JobOut.of(own_job(id, who))
