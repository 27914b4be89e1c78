"""Long work as its owner sees it: at the desk and through the API."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.http import FileResponse
from django.utils.translation import gettext as _

from mulin.kernel import jobs
from mulin.kernel.models import Job, JobState
from mulin.kernel.refusals import NotAllowed, NotYours, Words
from mulin.posts.face import Permission, Who

MOST = 50


def own_jobs(who: Who) -> list[Job]:
    """One's own, the newest first."""
    owner = who.user.pk if who.user else None
    return list(Job.objects.filter(owner=owner, owner__isnull=False).order_by("-created_at")[:MOST])


def own_job(id: UUID, who: Who) -> Job:
    """One of one's own; anybody else's is not there."""
    row = Job.objects.filter(pk=id, owner=who.user.pk).first() if who.user else None
    if row is None:
        raise NotYours
    return row


def title_of(row: Job) -> Words:
    """What this work is called; a kind that this version no longer knows goes by its code."""
    try:
        return jobs.kind(row.code).title
    except KeyError:
        return row.code


def has_file(row: Job) -> bool:
    """Whether it can be fetched: the file of a list that was erased since went with it."""
    return row.stage == JobState.DONE and bool(row.file) and _path(row).is_file()


def _path(row: Job) -> Path:
    return jobs.folder_of(row) / Path(row.file).name


def fetched(row: Job, who: Who) -> FileResponse:
    """What the work made, for keeping; never shown in place. Whoever lost the post that made it gets it no more."""
    needed = _needed(row)
    if needed and not who.holds(Permission(needed)):
        raise NotAllowed
    if not has_file(row):
        raise NotYours(
            _("This file is kept no longer: what it was made of was erased.") if row.file else None
        )
    response = FileResponse(_path(row).open("rb"), as_attachment=True, filename=row.file)
    response["Cache-Control"] = "no-store"
    return response


def _needed(row: Job) -> str:
    try:
        return jobs.kind(row.code).fetch
    except KeyError:
        return ""
