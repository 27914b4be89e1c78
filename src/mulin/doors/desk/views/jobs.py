"""Exports and imports under way: a page that may be left and come back to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mulin.doors.longwork import fetched, has_file, own_job, own_jobs, title_of
from mulin.kernel import jobs
from mulin.kernel.models import Job
from mulin.posts.face import Permission, needs, who_asks


@needs(Permission.DESK_OPEN)
def jobs_page(request: HttpRequest) -> HttpResponse:
    """One's own, the newest first."""
    rows = [_shown(row) for row in own_jobs(who_asks(request))]
    return render(request, "desk/jobs.html", {"rows": rows})


@needs(Permission.DESK_OPEN)
def job(request: HttpRequest, id: UUID) -> HttpResponse:
    """How far it has come, what it says, and what it made."""
    return render(request, "desk/job.html", _shown(own_job(id, who_asks(request))))


@needs(Permission.DESK_OPEN)
def bar(request: HttpRequest, id: UUID) -> HttpResponse:
    """The part of the page that changes, for who keeps it open."""
    row = own_job(id, who_asks(request))
    response = render(request, "desk/parts/job.html", _shown(row))
    if row.is_over:
        response["X-Poll-Over"] = "1"
    return response


@needs(Permission.DESK_OPEN)
def file(request: HttpRequest, id: UUID) -> FileResponse:
    """What the work made."""
    who = who_asks(request)
    return fetched(own_job(id, who), who)


@require_POST
@needs(Permission.DESK_OPEN)
def stop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Stop it; what it did in batches before stays done."""
    who = who_asks(request)
    jobs.stop(own_job(id, who), now=who.now)
    return HttpResponseRedirect(reverse("job", args=[id]), status=303)


def _shown(row: Job) -> dict[str, Any]:
    return {"job": row, "title": title_of(row), "has_file": has_file(row)}
