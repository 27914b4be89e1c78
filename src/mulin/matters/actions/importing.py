"""Taking over a list of former matters: upload it, say what it means, take it over, undo it, or give it up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Subject, record
from mulin.kernel import jobs
from mulin.kernel.models import Job, JobState
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.kernel.text import clean
from mulin.matters.actions.imports.checking import Checked, check
from mulin.matters.actions.imports.reading import Sheet, pack, read_file, unpack
from mulin.matters.models import Matter
from mulin.matters.models.importing import Import, Imported, ImportStage
from mulin.matters.rules.importing import BY_KEY, TRANSLATED
from mulin.posts.face import Permission, Scope, Who, may

FORGOTTEN_AFTER = timedelta(days=7)
MOST_MEANINGS = 500
JOB, UNDO_JOB = "matters.import", "matters.import_undo"


def imports_of(who: Who) -> list[Import]:
    """One's own, the newest first: a list of personal data is nobody else's to see."""
    rows = Import.objects.filter(by=who.user).exclude(stage=ImportStage.DROPPED)
    return list(rows.defer("table").order_by("-made_at")[:100])


def own_import(id: UUID, who: Who) -> Import:
    found = Import.objects.filter(pk=id, by=who.user).first()
    if found is None:
        raise NotYours
    return found


def begin_import(data: bytes, name: str, *, by: Who, now: datetime) -> Import:
    """Keep an uploaded list until it is taken over, for a week. Raises Invalid for what is no list."""
    require_import(by)
    sheet, columns = read_file(data)
    assert by.user is not None  # noqa: S101 - only people hold the permission
    with transaction.atomic():
        made = Import.objects.create(
            by=by.user, name=_file_name(name), table=pack(sheet), columns=columns, rows=_count(sheet), made_at=now
        )  # fmt: skip
        _note(made, "import.begun", by, now, rows=made.rows)
    return made


def explain_import(
    source: Import,
    *,
    columns: Mapping[str, int] | None = None,
    meanings: Mapping[str, Mapping[str, str]] | None = None,
    by: Who,
    now: datetime,
) -> None:
    """Say which column holds what, and what their words mean here."""
    _still(source, ImportStage.DRAFT)
    sheet = unpack(source)
    if columns is not None:
        _check_columns(columns, sheet)
        source.columns = dict(columns)
    for key, words in (meanings or {}).items():
        if key not in TRANSLATED or len(words) > MOST_MEANINGS:
            raise Invalid(_("This column has no words to be explained."), code="meanings", field="meanings")
        source.meanings[key] = {
            **source.meanings.get(key, {}),
            **{word: said for word, said in words.items() if said},
        }
    with transaction.atomic():
        told = Import.objects.filter(pk=source.pk, stage=ImportStage.DRAFT)
        if not told.update(columns=source.columns, meanings=source.meanings):
            raise Conflict
        _note(source, "import.explained", by, now)


def checked(source: Import, who: Who) -> Checked:
    """The dry run: nothing is written."""
    return check(unpack(source), source.columns, source.meanings, who, source.pk)


def start_import(source: Import, *, leave_out: bool, by: Who, now: datetime) -> Job:
    """Take it over, in batches, while one may go elsewhere. Rows with problems are left out only if that was said."""
    require_import(by)
    found = checked(source, by)
    if found.wrong and not leave_out:
        message = _("Some rows are wrong. Put them right, or say that they are to be left out.")
        raise Invalid(message, code="problems", field="leave_out")
    if not found.ready and not source.taken:
        raise Invalid(_("No row of this list can be taken over."), code="nothing", field="leave_out")
    return _start(
        source, JOB, (ImportStage.DRAFT, ImportStage.RUNNING), ImportStage.RUNNING, "import.started", by, now
    )


def require_undo(source: Import, by: Who) -> None:
    """Whoever takes back must be able to take over at each of the places: their posts may have changed since."""
    require_import(by)
    held = Imported.objects.filter(source=source, undone=False).values("matter")
    places = Matter.objects.filter(pk__in=held).order_by().values_list("place", flat=True).distinct()
    if not all(may(by, Permission.MATTER_IMPORT, Scope(paths=(place,))) for place in places):
        raise NotAllowed(_("Some of these matters lie where you may not take any over."), code="elsewhere")


def undo_import(source: Import, *, by: Who, now: datetime) -> Job:
    """Take the whole of it back: what was worked on since stays, and is named."""
    require_undo(source, by)
    stages = (ImportStage.DONE, ImportStage.RUNNING, ImportStage.UNDOING)
    return _start(source, UNDO_JOB, stages, ImportStage.UNDOING, "import.undoing", by, now)


def drop_import(source: Import, *, by: Who, now: datetime) -> None:
    """Give it up before anything of it was taken over; what was uploaded is gone at once."""
    _still(source, ImportStage.DRAFT)
    with transaction.atomic():
        rows = Import.objects.filter(pk=source.pk, stage=ImportStage.DRAFT)
        if not rows.update(stage=ImportStage.DROPPED, table="", ended_at=now):
            raise Conflict
        _note(source, "import.dropped", by, now)


def sweep_imports(*, by: Who, now: datetime) -> int:
    """Forget what was uploaded a week ago and never taken over, and a week later what was stopped half-way."""
    old = Import.objects.filter(stage=ImportStage.DRAFT, made_at__lt=now - FORGOTTEN_AFTER)
    found = list(old.defer("table")[:20])
    for source in found:
        drop_import(source, by=by, now=now)
    half = Import.objects.filter(
        stage__in=(ImportStage.RUNNING, ImportStage.UNDOING), made_at__lt=now - 2 * FORGOTTEN_AFTER
    )
    left = [source for source in half.defer("table").order_by("made_at")[:20] if not is_busy(source)]
    for source in left:
        taken = Imported.objects.filter(source=source, undone=False).count()
        left_out = source.rows - taken
        end_import(source, stage=ImportStage.DONE, by=by, now=now, taken=taken, left_out=left_out)
    return len(found) + len(left)


def is_busy(source: Import) -> bool:
    """Whether its job waits or runs: one that failed or was stopped may be started again."""
    open_states = (JobState.WAITING, JobState.RUNNING)
    return source.job is not None and Job.objects.filter(pk=source.job, stage__in=open_states).exists()


def require_import(by: Who) -> None:
    """Where, each row asks again."""
    if not by.holds(Permission.MATTER_IMPORT):
        raise NotAllowed


def end_import(source: Import, *, stage: ImportStage, by: Who, now: datetime, **figures: int) -> None:
    """Write down how it ended; what was uploaded is kept no longer."""
    with transaction.atomic():
        Import.objects.filter(pk=source.pk).update(stage=stage, table="", ended_at=now, **figures)
        code = "import.done" if stage is ImportStage.DONE else "import.undone"
        _note(source, code, by, now, **figures)


def _start(
    source: Import, code: str, stages: tuple[ImportStage, ...], to: ImportStage, entry: str, by: Who, now: datetime
) -> Job:  # fmt: skip
    _still(source, *stages)
    if is_busy(source):
        raise Conflict(_("This is being worked on already."), code="busy")
    assert by.user is not None  # noqa: S101 - only people hold the permission
    with transaction.atomic():
        job = jobs.start(code, user=by.user.pk, facts={"source": str(source.pk)}, now=now)
        same = Import.objects.filter(pk=source.pk, stage__in=stages, job=source.job)
        if not same.update(stage=to, job=job.pk):
            raise Conflict
        _note(source, entry, by, now)
    return job


def _still(source: Import, *stages: ImportStage) -> None:
    if source.stage not in stages:
        raise Conflict(_("This list is no longer where you saw it: look at it again."), code="stage")


def _note(source: Import, code: str, by: Who, now: datetime, **facts: Json) -> None:
    record(code, Subject("import", source.pk), by=by.actor(), at=now, facts=facts)


def _check_columns(columns: Mapping[str, int], sheet: Sheet) -> None:
    places = list(columns.values())
    if set(columns) - set(BY_KEY) or any(not 0 <= place < len(sheet.titles) for place in places):
        raise Invalid(_("There is no such column."), code="columns", field="columns")
    if len(set(places)) != len(places):
        raise Invalid(
            _("One column can hold only one thing: choose each once."), code="columns", field="columns"
        )


def _count(sheet: Sheet) -> int:
    return sum(1 for cells in sheet.rows if any(cells))


def _file_name(name: str) -> str:
    """Only to be recognised by: never a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return clean(last[:400], 400, lines=False)[:120] or "?"
