"""Taking a list out: with a purpose, on record, marked; above a size only when a second person has agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Purpose, Reading, Subject, disclose, record
from mulin.kernel import jobs, sheets
from mulin.kernel.jobs import Progress
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.kernel.text import clean
from mulin.posts.face import Permission, Scope, Who, may
from mulin.registry.exporting.rows import KINDS, Cells, Taken, count, header, pages
from mulin.registry.models import HomeExport
from mulin.registry.models.importing import ExportStage
from mulin.registry.queries.lists import HomeFilters

JOB = "registry.export"
PURPOSES = (Purpose.DUTY, Purpose.VERIFY, Purpose.AUDIT)
REASON_LIMIT, NOTE_LIMIT, MARK_EVERY = 300, 300, 200
ALONE_WITHIN = timedelta(days=1)


def start_export(
    kind: str, filters: HomeFilters, *, purpose: str, reason: str, revealed: bool = False, by: Who, now: datetime
) -> HomeExport:  # fmt: skip
    """Ask for a list. A small one is made at once; a large one, once somebody else has agreed."""
    _require(by, revealed=revealed)
    if kind not in KINDS:
        raise Invalid(code="kind", field="kind")
    if purpose not in PURPOSES:
        raise Invalid(_("Please choose why you need this list."), code="purpose", field="purpose")
    said = clean(reason, REASON_LIMIT, field="reason")
    if not said:
        raise Invalid(_("Please say in a few words what the list is for."), code="missing", field="reason")
    rows = count(kind, by, filters)
    large = needs_another(by, rows)
    assert by.user is not None  # noqa: S101 - only people hold the permission
    with transaction.atomic():
        made = HomeExport.objects.create(
            by=by.user, kind=kind, filters=filters.query(), purpose=purpose, reason=said, revealed=revealed, rows=rows,
            stage=ExportStage.ASKED if large else ExportStage.MAKING, made_at=now, places=_places(by, filters),
        )  # fmt: skip
        _note(
            made, "registry_export.asked", by, now, kind=kind, rows=rows, revealed=revealed, purpose=purpose
        )
        if not large:
            _begin(made, now)
    return made


def decide_export(asked: HomeExport, *, agree: bool, note: str = "", by: Who, now: datetime) -> HomeExport:
    """Agree or refuse, as a second person who answers for all of the places the list is about."""
    if not may_decide(asked, by):
        raise NotAllowed(
            _("Somebody else who answers for this area has to agree."), code="not_yours_to_decide"
        )
    assert by.user is not None  # noqa: S101 - only people hold the permission
    stage = ExportStage.MAKING if agree else ExportStage.REFUSED
    said = clean(note, NOTE_LIMIT, field="note")
    with transaction.atomic():
        open_ones = HomeExport.objects.filter(pk=asked.pk, stage=ExportStage.ASKED)
        if not open_ones.update(stage=stage, decided_by=by.user.pk, decided_at=now, note=said):
            raise Conflict(_("Somebody has decided this already."), code="decided")
        asked.refresh_from_db()
        code = "registry_export.agreed" if agree else "registry_export.refused"
        record(code, _subject(asked), by=by.actor(), at=now, words={"note": said})
        if agree:
            _begin(asked, now)
    return asked


def needs_another(by: Who, rows: int) -> bool:
    """Whether that many are too many for one person: with what they took out alone within a day, or grid by grid."""
    alone = HomeExport.objects.filter(by=by.user, decided_by=None, made_at__gt=by.now - ALONE_WITHIN)
    before = alone.filter(stage__in=(ExportStage.MAKING, ExportStage.MADE)).aggregate(rows=Sum("rows"))
    return rows + (before["rows"] or 0) > settings.MULIN_EXPORT_ALONE


def may_decide(asked: HomeExport, who: Who) -> bool:
    """Another person, with the permission wherever the list reaches."""
    if who.user is None or who.user.pk == asked.by_id or not asked.places:
        return False
    return all(may(who, Permission.REGISTRY_APPROVE, Scope(paths=(path,))) for path in asked.places)


def own_exports(who: Who) -> list[HomeExport]:
    """What one asked for oneself, the newest first."""
    rows = HomeExport.objects.filter(by=who.user, by__isnull=False)
    return list(rows.select_related("decided_by").order_by("-made_at")[:50])


def exports_to_decide(who: Who) -> list[HomeExport]:
    """What waits for a second person, and may be this one."""
    if not who.holds(Permission.REGISTRY_APPROVE):
        return []
    waiting = HomeExport.objects.filter(stage=ExportStage.ASKED).select_related("by").order_by("made_at")
    return [each for each in waiting[:200] if may_decide(each, who)]


def export_of(id: UUID, who: Who) -> HomeExport:
    """One's own, or one that one may decide."""
    found = HomeExport.objects.select_related("by", "decided_by").filter(pk=id).first()
    if found is None or not ((who.user and found.by_id == who.user.pk) or may_decide(found, who)):
        raise NotYours
    return found


def write_export(progress: Progress, asked: HomeExport, *, by: Who) -> Taken:
    """Write the file as whoever asked may read it now, then what was read; only then it can be fetched."""
    _require(by, revealed=asked.revealed)
    filters = HomeFilters.read(asked.filters)
    progress.total = asked.rows
    taken = Taken(within=asked.places)
    path = progress.file(f"{asked.kind}-{localtime(by.now):%Y%m%d-%H%M}.xlsx")
    mark = _mark(asked, by)
    titles = header(asked.kind)
    sheets.write_to(
        path,
        [
            sheets.Out(_("List"), titles, _rows(progress, by, filters, asked, taken, mark), mark=mark),
            sheets.Out(_("About this list"), ("", ""), _about(asked, by)),
        ],
    )
    assert by.user is not None  # noqa: S101 - only people hold the permission
    with transaction.atomic():
        disclose(
            by.user.pk, taken.people, kind=Reading.EXPORT, purpose=asked.purpose, at=by.now, subject=_subject(asked)
        )  # fmt: skip
        HomeExport.objects.filter(pk=asked.pk).update(stage=ExportStage.MADE, rows=taken.rows)
        _note(asked, "registry_export.made", by, by.now, rows=taken.rows)
    return taken


def _rows(
    progress: Progress, by: Who, filters: HomeFilters, asked: HomeExport, taken: Taken, mark: str
) -> Iterator[Cells]:
    """A line that says who took it stands above the rows, and again and again among them."""
    yield (mark,)
    since = 0
    for rows in pages(asked.kind, by, filters, taken, revealed=asked.revealed):
        if asked.decided_by is None and taken.rows > settings.MULIN_EXPORT_ALONE:
            words = _("There are more rows by now. Ask for the list again: somebody else has to agree.")
            raise Conflict(words, code="grown")
        for row in rows:
            yield row
            since += 1
            if since % MARK_EVERY == 0:
                yield (mark,)
        progress.step(len(rows))


def _mark(asked: HomeExport, by: Who) -> str:
    who = by.user.label if by.user else ""
    words = _("Taken out by %(who)s on %(when)s, for: %(what)s. Not to be passed on. No. %(id)s")
    return words % {
        "who": who, "when": f"{localtime(by.now):%Y-%m-%d %H:%M}", "what": Purpose(asked.purpose).label, "id": asked.pk,
    }  # fmt: skip


def _about(asked: HomeExport, by: Who) -> Sequence[tuple[Any, Any]]:
    shown = _("In full") if asked.revealed else _("Names, numbers and phones are masked.")
    return [
        (_("Taken out by"), by.user.label if by.user else ""), (_("Taken out on"), by.now),
        (_("What for"), str(Purpose(asked.purpose).label)), (_("In words"), asked.reason),
        (_("Agreed by"), asked.decided_by.label if asked.decided_by else ""), (_("Personal data"), shown),
        *((name, value) for name, value in asked.filters.items()),
    ]  # fmt: skip


def _require(by: Who, *, revealed: bool) -> None:
    if not by.holds(Permission.REGISTRY_EXPORT):
        raise NotAllowed
    if revealed and not by.holds(Permission.REGISTRY_REVEAL):
        raise NotAllowed


def _places(by: Who, filters: HomeFilters) -> list[str]:
    """Where the list reaches: the area that was asked for, else all that one may take out of."""
    if filters.area:
        return [filters.area]
    having = [line for line in by.standings() if Permission.REGISTRY_EXPORT in line.role.permissions]
    return sorted({line.path for line in having if line.path})


def _begin(asked: HomeExport, now: datetime) -> None:
    job = jobs.start(JOB, user=asked.by_id, facts={"export": str(asked.pk)}, now=now)
    asked.job = job.pk
    HomeExport.objects.filter(pk=asked.pk).update(job=job.pk)


def _subject(asked: HomeExport) -> Subject:
    return Subject("registry_export", asked.pk)


def _note(asked: HomeExport, code: str, by: Who, now: datetime, **facts: Json) -> None:
    record(code, _subject(asked), by=by.actor(), at=now, facts=facts)
