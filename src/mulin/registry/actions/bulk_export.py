"""Taking a list out: with a purpose, on record, marked; above a size only when a second person has agreed.

A room above that takes out a list about people of its own asks by the same rules (`taken_out_by`, `ask_for_list`),
and makes the file itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
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
MOST_SHOWN = 200
_MADE_BY: dict[str, str] = {}  # kinds of rooms above: the job that makes the file


def taken_out_by(kind: str, job: str) -> None:
    """Say which job makes the file of a kind of list that is not the registry's own; called at start."""
    _MADE_BY[kind] = job


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
    wanted = HomeExport(
        kind=kind, filters=filters.query(), purpose=purpose, reason=said, revealed=revealed,
        rows=count(kind, by, filters), places=_places(by, filters),
    )  # fmt: skip
    return _asked(wanted, by, now)


def ask_for_list(
    kind: str, source: UUID, *, rows: int, place: str, purpose: str, reason: str, by: Who, now: datetime
) -> HomeExport:
    """Ask for a masked list that a room above makes of its record `source`: the size decides just the same."""
    _require(by, revealed=False)
    said = clean(reason, REASON_LIMIT, field="reason")
    wanted = HomeExport(
        kind=kind, filters={"source": str(source)}, purpose=purpose, reason=said, rows=rows, places=[place]
    )
    return _asked(wanted, by, now)


def _asked(wanted: HomeExport, by: Who, now: datetime) -> HomeExport:
    assert by.user is not None  # noqa: S101 - only people hold the permission
    large = needs_another(by, wanted.rows)
    wanted.by, wanted.made_at = by.user, now
    wanted.stage = ExportStage.ASKED if large else ExportStage.MAKING
    told: dict[str, Json] = {
        "kind": wanted.kind, "rows": wanted.rows, "revealed": wanted.revealed, "purpose": wanted.purpose,
    }  # fmt: skip
    with transaction.atomic():
        wanted.save(force_insert=True)
        _note(wanted, "registry_export.asked", by, now, **told)
        if not large:
            _begin(wanted, now)
    return wanted


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
    """What waits for a second person, and may be this one; the longest waiting first.

    The database finds those that begin in one's area; each is asked once more, since a list may reach further.
    """
    having = [line for line in who.standings() if Permission.REGISTRY_APPROVE in line.role.permissions]
    begins = [Q(places__0__startswith=line.path) for line in having if line.path]
    if not begins:
        return []
    waiting = HomeExport.objects.filter(reduce(or_, begins), stage=ExportStage.ASKED).exclude(by=who.user)
    rows = waiting.select_related("by").order_by("made_at", "id")
    return list(islice((each for each in rows if may_decide(each, who)), MOST_SHOWN))


def export_of(id: UUID, who: Who) -> HomeExport:
    """One's own, or one that one may decide."""
    found = HomeExport.objects.select_related("by", "decided_by").filter(pk=id).first()
    if found is None or not ((who.user and found.by_id == who.user.pk) or may_decide(found, who)):
        raise NotYours
    return found


def being_made(id: UUID, job: UUID) -> HomeExport:
    """What a job is to make; refused where it is not agreed to, or another job's."""
    asked = HomeExport.objects.select_related("by", "decided_by").get(pk=id)
    # Made and begun again: its worker died before it could say so.
    if asked.job != job or asked.stage not in (ExportStage.MAKING, ExportStage.MADE):
        raise Conflict
    return asked


def export_made(asked: HomeExport, *, rows: int, by: Who) -> None:
    """Write down that the file is there; in the transaction of its reading."""
    HomeExport.objects.filter(pk=asked.pk).update(stage=ExportStage.MADE, rows=rows)
    _note(asked, "registry_export.made", by, by.now, rows=rows)


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
        export_made(asked, rows=taken.rows, by=by)
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
    other = asked.kind in _MADE_BY
    facts = {"export": str(asked.pk), **(asked.filters if other else {})}
    job = jobs.start(_MADE_BY[asked.kind] if other else JOB, user=asked.by_id, facts=facts, now=now)
    asked.job = job.pk
    HomeExport.objects.filter(pk=asked.pk).update(job=job.pk)


def _subject(asked: HomeExport) -> Subject:
    return Subject("registry_export", asked.pk)


def _note(asked: HomeExport, code: str, by: Who, now: datetime, **facts: Json) -> None:
    record(code, _subject(asked), by=by.actor(), at=now, facts=facts)
