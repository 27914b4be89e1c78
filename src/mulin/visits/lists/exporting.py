"""The result of a list as Excel: row numbers, no numbers of people, names masked, marked with who took it out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Purpose, Reading, Subject, disclose
from mulin.kernel import sheets
from mulin.kernel.jobs import Progress
from mulin.kernel.refusals import Invalid
from mulin.places.face import Level, areas_at
from mulin.posts.face import Permission, Who, require
from mulin.registry.face import HomeExport, ask_for_list, export_made
from mulin.visits.lists.actions import list_entry, require_list
from mulin.visits.lists.codes import How, ListStage, Outcome
from mulin.visits.lists.comparing import seat_of
from mulin.visits.lists.models import ComparedList
from mulin.visits.lists.queries import RowLine, every_line

REASON = 300
EXPORT = "list"  # as the registry calls it among what is taken out


def start_result(source: ComparedList, *, by: Who, now: datetime) -> HomeExport:
    """A small one is begun at once, to be fetched from its job's page; a large one when somebody else has agreed."""
    require_list(source, by)
    require(by, Permission.REGISTRY_EXPORT, source)
    if not source.is_ready:
        raise Invalid(_("Compare the list first."), code="not_compared")
    reason = f"{source.title}: {source.why}"[:REASON]
    return ask_for_list(
        EXPORT, source.pk, rows=source.found.count(), place=source.place, purpose=source.purpose, reason=reason,
        by=by, now=now,
    )  # fmt: skip


def write_result(source: ComparedList, asked: HomeExport, progress: Progress, *, by: Who) -> None:
    """Write down whose data it holds, then the file; only then it can be fetched."""
    user = require_list(source, by)
    require(by, Permission.REGISTRY_EXPORT, source)
    if not source.is_ready:
        raise _erased()
    progress.total = source.found.count()
    people = [id for id in source.found.values_list("resident", flat=True) if id]
    with transaction.atomic():
        disclose(
            user, people, kind=Reading.EXPORT, purpose=source.purpose, at=by.now, seat=seat_of(by),
            subject=Subject("list", source.pk),
        )  # fmt: skip
        list_entry("list.taken_out", source, {"rows": progress.total}, by=by, now=by.now)
        export_made(asked, rows=progress.total, by=by)
    mark = _mark(by, source)
    header = [_("Row"), _("Name"), _("Outcome"), _("How"), _("Grid"), _("Where"), _("Settled"), mark]
    result = sheets.Out(_("Result"), header, _rows(source, progress, by), mark=mark)
    about = sheets.Out(_("About this list"), ("", ""), _about(source, by, mark), mark=mark)
    with _whole_or_gone(
        source, progress.file(f"list-{source.made_at:%Y%m%d}-{str(source.pk)[-6:]}.xlsx")
    ) as path:
        sheets.write_to(path, [result, about])


@contextmanager
def _whole_or_gone(source: ComparedList, path: Path) -> Iterator[Path]:
    """The file of a list that is erased while it is written: nobody gets the half of it."""
    try:
        yield path
    except OSError:  # its folder went with the list
        if _is_there(source):
            raise
    if not _is_there(source):
        shutil.rmtree(path.parent, ignore_errors=True)
        raise _erased()


def _is_there(source: ComparedList) -> bool:
    return ComparedList.objects.filter(pk=source.pk, stage=ListStage.READY).exists()


def _erased() -> Invalid:
    return Invalid(_("This list was erased meanwhile."), code="erased")


def _rows(source: ComparedList, progress: Progress, by: Who) -> Iterator[list[Any]]:
    for lines in every_line(source, by):
        grids = areas_at({line.row.place[: Level.GRID] for line in lines if line.row.place})
        for line in lines:
            grid = grids.get(line.row.place[: Level.GRID])
            yield _cells(line, grid.label if grid else "")
        progress.step(len(lines))


def _cells(line: RowLine, grid: str) -> list[Any]:
    row = line.row
    settled = _("yes") if line.settled or row.outcome == Outcome.DONE else ""
    return [
        row.row or None, line.name, str(Outcome(row.outcome).label), str(How(row.how).label), grid, line.where,
        settled, None,
    ]  # fmt: skip


def _mark(by: Who, source: ComparedList) -> str:
    """Stands on every sheet: who has it, since when, and what for."""
    said = {"who": by.user.label if by.user else "", "at": f"{by.now:%Y-%m-%d %H:%M}", "why": source.why}
    return _("Taken out by %(who)s, %(at)s UTC, for: %(why)s") % said


def _about(source: ComparedList, by: Who, mark: str) -> list[tuple[Any, Any]]:
    return [
        (_("List"), source.title), (_("Compared with"), source.area.label), (_("Compared on"), source.compared_at),
        (_("What for"), source.why), (_("Purpose"), str(Purpose(source.purpose).label)),
        (_("Taken out by"), by.user.label if by.user else ""), (_("Taken out on"), by.now),
        (_("Erased after"), source.until_on), (_("Names"), _("Names are masked; no numbers are kept.")), ("", mark),
    ]  # fmt: skip
