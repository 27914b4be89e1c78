"""Taking a list out as Excel: long work, with a purpose, and always on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mulin.journal.face import Purpose, Reading, Subject, disclose
from mulin.kernel import jobs, sheets
from mulin.kernel.jobs import Progress
from mulin.kernel.models import Job
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.queries.exporting import Cells, Taken, count, header, pages, told
from mulin.matters.queries.lists import Filters
from mulin.posts.face import Permission, Who

JOB = "matters.export"


def start_export(filters: Filters, *, purpose: str, by: Who, now: datetime) -> Job:
    """Begin; the file is fetched from the job's page."""
    _require(by)
    if purpose not in Purpose.values:
        raise Invalid(_("Please choose why you need this list."), code="purpose", field="purpose")
    assert by.user is not None  # noqa: S101 - only people hold the permission
    return jobs.start(JOB, user=by.user.pk, facts={"filters": filters.query(), "purpose": purpose}, now=now)


def write_export(progress: Progress, filters: Filters, purpose: str, *, by: Who) -> Taken:
    """Write the file as whoever asked may read it now, then write down what was read; only then it can be fetched."""
    _require(by)
    assert by.user is not None  # noqa: S101 - as above
    progress.total = count(by, filters)
    taken = Taken()
    path = progress.file(f"matters-{by.now:%Y%m%d-%H%M}.xlsx")
    sheets.write_to(
        path,
        [
            sheets.Out(_("Matters"), header(), _rows(progress, by, filters, taken)),
            sheets.Out(_("About this list"), ("", ""), _about(by, filters, purpose)),
        ],
    )
    disclose(
        by.user.pk, taken.people, kind=Reading.EXPORT, purpose=purpose, at=by.now,
        subject=Subject("export", progress.id),
    )  # fmt: skip
    return taken


def _rows(progress: Progress, by: Who, filters: Filters, taken: Taken) -> Iterator[Cells]:
    for rows in pages(by, filters, taken):
        yield from rows
        progress.step(len(rows))


def _about(by: Who, filters: Filters, purpose: str) -> list[tuple[Any, Any]]:
    name = by.user.label if by.user else ""
    return [
        (_("Taken out by"), name), (_("Taken out on"), by.now), (_("What for"), str(Purpose(purpose).label)),
        *told(filters), (_("Contacts"), _("Names and phones are masked.")),
    ]  # fmt: skip


def _require(by: Who) -> None:
    if not by.holds(Permission.MATTER_EXPORT):
        raise NotAllowed
