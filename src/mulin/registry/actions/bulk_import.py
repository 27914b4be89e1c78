"""Taking a list in: upload, the dry run, what is done with those known already, taking in, undoing, giving up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Subject, record
from mulin.kernel import jobs
from mulin.kernel.models import Job, JobState
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.kernel.text import clean
from mulin.posts.face import Permission, Who
from mulin.registry.importing import upload
from mulin.registry.models import HomeImport, HomeImportFinding
from mulin.registry.models.importing import Choice, ImportStage, ListKind

CHECK_JOB, IMPORT_JOB, UNDO_JOB = "registry.check_list", "registry.import", "registry.import_undo"
FORGOTTEN_AFTER = timedelta(days=7)
MOST_CHOICES = 500


def require_import(by: Who) -> None:
    """Where, each row asks again."""
    if not by.holds(Permission.REGISTRY_IMPORT):
        raise NotAllowed


def imports_of(who: Who) -> list[HomeImport]:
    """One's own, the newest first: a list of personal data is nobody else's to see."""
    rows = HomeImport.objects.filter(by=who.user).exclude(stage=ImportStage.DROPPED)
    return list(rows.order_by("-made_at")[:100])


def own_import(id: UUID, who: Who) -> HomeImport:
    found = HomeImport.objects.filter(pk=id, by=who.user).first()
    if found is None:
        raise NotYours
    return found


def begin_import(
    data: bytes, name: str, *, kind: str, make_doors: bool = False, by: Who, now: datetime
) -> HomeImport:
    """Keep an uploaded list, encrypted, and begin its dry run. Nothing of it is taken in before that was looked at."""
    require_import(by)
    if kind not in ListKind.values:
        raise Invalid(_("Choose what stands in this list."), code="kind", field="kind")
    assert by.user is not None  # noqa: S101 - only people hold the permission
    with transaction.atomic():
        made = HomeImport.objects.create(
            by=by.user, kind=kind, name=_file_name(name), make_doors=make_doors, made_at=now
        )
        upload.keep(made, data)
        _note(made, "registry_import.begun", by, now)
        _start(made, CHECK_JOB, by, now)
    return made


def start_import(source: HomeImport, *, leave_out: bool, repeats: str, by: Who, now: datetime) -> Job:
    """Take it in, in batches, while one may go elsewhere. Wrong rows are left out only if that was said."""
    require_import(by)
    _still(source, ImportStage.CHECKED, ImportStage.RUNNING)
    if source.wrong and not leave_out:
        message = _("Some rows are wrong. Put them right, or say that they are to be left out.")
        raise Invalid(message, code="problems", field="leave_out")
    if source.rows == source.wrong:
        raise Invalid(_("No row of this list can be taken in."), code="nothing", field="leave_out")
    if repeats not in (Choice.SKIP, Choice.UPDATE):
        message = _("Say what is done with those who are in the registry already.")
        raise Invalid(message, code="repeats", field="repeats")
    stages = (ImportStage.CHECKED, ImportStage.RUNNING)
    changes = {"leave_out": leave_out, "repeats": repeats, "stage": ImportStage.RUNNING}
    return _move(source, IMPORT_JOB, stages, changes, "registry_import.started", by, now)


def undo_import(source: HomeImport, *, by: Who, now: datetime) -> Job:
    """Take the whole of it back: what was touched since stays, and is named."""
    require_import(by)
    stages = (ImportStage.DONE, ImportStage.RUNNING, ImportStage.UNDOING)
    _still(source, *stages)
    return _move(source, UNDO_JOB, stages, {"stage": ImportStage.UNDOING}, "registry_import.undoing", by, now)


def drop_import(source: HomeImport, *, by: Who, now: datetime) -> None:
    """Give it up before anything of it was taken in; what was uploaded is gone at once."""
    stages = (ImportStage.CHECKING, ImportStage.CHECKED, ImportStage.REFUSED)
    _still(source, *stages)
    with transaction.atomic():
        rows = HomeImport.objects.filter(pk=source.pk, stage__in=stages)
        if not rows.update(stage=ImportStage.DROPPED, ended_at=now):
            raise Conflict
        forget(source)
        _note(source, "registry_import.dropped", by, now)


def choose(source: HomeImport, choices: Mapping[int, str], *, by: Who, now: datetime) -> None:
    """Say of single rows what is done with who is known already; in whichever sheet these rows stand."""
    known = source.findings.filter(record__isnull=False, row__in=list(choices)[: MOST_CHOICES + 1])
    _choose(source, known, lambda each: choices[each.row], set(choices.values()), len(choices), by, now)


def choose_each(source: HomeImport, choices: Mapping[UUID, str], *, by: Who, now: datetime) -> None:
    """The same by what was found."""
    known = source.findings.filter(record__isnull=False, pk__in=list(choices)[: MOST_CHOICES + 1])
    _choose(source, known, lambda each: choices[each.pk], set(choices.values()), len(choices), by, now)


def _choose(
    source: HomeImport, known: QuerySet[HomeImportFinding], chosen: Callable[[HomeImportFinding], str],
    words: set[str], count: int, by: Who, now: datetime,
) -> None:  # fmt: skip
    require_import(by)
    _still(source, ImportStage.CHECKED)
    if count > MOST_CHOICES or words - {*Choice.values, ""}:
        raise Invalid(_("There is no such choice."), code="choice", field="choice")
    with transaction.atomic():
        some = list(known.select_for_update())
        for each in some:
            each.choice = chosen(each)
        HomeImportFinding.objects.bulk_update(some, ["choice"])
        rows = sorted({each.row for each in some})
        _note(source, "registry_import.chosen", by, now, rows=rows[:100])


def known_rows(source: HomeImport) -> QuerySet[HomeImportFinding]:
    """Who is known already, in the order of the file."""
    return source.findings.filter(record__isnull=False).order_by("row", "id")


def faults(source: HomeImport) -> QuerySet[HomeImportFinding]:
    """What is wrong, in the order of the file."""
    return source.findings.filter(record=None).order_by("row", "id")


def is_busy(source: HomeImport) -> bool:
    """Whether its job waits or runs: one that failed or was stopped may be started again."""
    open_states = (JobState.WAITING, JobState.RUNNING)
    return source.job is not None and Job.objects.filter(pk=source.job, stage__in=open_states).exists()


def end_check(source: HomeImport, *, now: datetime, why: str = "", **figures: int) -> None:
    """Write down what the dry run found; a file that cannot be read is kept no longer."""
    if HomeImport.objects.filter(pk=source.pk, stage=ImportStage.DROPPED).exists():
        forget(source)
        raise Conflict(_("This list was given up meanwhile. Nothing of it is kept."), code="dropped")
    stage = ImportStage.REFUSED if why else ImportStage.CHECKED
    with transaction.atomic():
        mine = HomeImport.objects.filter(pk=source.pk, stage=ImportStage.CHECKING)
        if not mine.update(stage=stage, why=why[:400], ended_at=now if why else None, **figures):
            raise Conflict
        source.parts.filter(raw=True).delete()
        if why:
            forget(source)
        else:  # once a dry run: so many rows were held against the registry, so many were known
            elsewhere = source.findings.filter(code="known_elsewhere").count()
            told: dict[str, Json] = {**figures, "elsewhere": elsewhere}
            _note(source, "registry_import.checked", Who.of(source.by, now), now, **told)


def end_import(source: HomeImport, *, stage: ImportStage, by: Who, now: datetime, **figures: int) -> None:
    """Write down how it ended; what was uploaded is kept no longer, but the ids of what was made, to undo it."""
    with transaction.atomic():
        HomeImport.objects.filter(pk=source.pk).update(stage=stage, ended_at=now, **figures)
        source.parts.update(content="")
        source.findings.all().delete()
        code = "registry_import.done" if stage is ImportStage.DONE else "registry_import.undone"
        _note(source, code, by, now, **figures)


def forget(source: HomeImport) -> None:
    source.parts.all().delete()
    source.findings.all().delete()


def sweep_imports(*, by: Who, now: datetime) -> int:
    """Forget what was uploaded a week ago and never taken in, and a week later what was stopped half-way."""
    waiting = (ImportStage.CHECKING, ImportStage.CHECKED, ImportStage.REFUSED)
    old = HomeImport.objects.filter(ended_at=None, stage__in=waiting, made_at__lt=now - FORGOTTEN_AFTER)
    found = [source for source in old.order_by("made_at")[:20] if not is_busy(source)]
    for source in found:
        drop_import(source, by=by, now=now)
    half = HomeImport.objects.filter(
        stage__in=(ImportStage.RUNNING, ImportStage.UNDOING), made_at__lt=now - 2 * FORGOTTEN_AFTER
    )
    left = [source for source in half.order_by("made_at")[:20] if not is_busy(source)]
    for source in left:
        end_import(source, stage=ImportStage.DONE, by=by, now=now)
    return len(found) + len(left)


def _move(
    source: HomeImport, job: str, stages: tuple[ImportStage, ...], changes: Mapping[str, object], entry: str,
    by: Who, now: datetime,
) -> Job:  # fmt: skip
    if is_busy(source):
        raise Conflict(_("This is being worked on already."), code="busy")
    with transaction.atomic():
        same = HomeImport.objects.filter(pk=source.pk, stage__in=stages, job=source.job)
        if not same.update(ended_at=None, **changes):
            raise Conflict
        made = _start(source, job, by, now)
        _note(source, entry, by, now)
    return made


def _start(source: HomeImport, code: str, by: Who, now: datetime) -> Job:
    assert by.user is not None  # noqa: S101 - only people hold the permission
    job = jobs.start(code, user=by.user.pk, facts={"source": str(source.pk)}, now=now)
    HomeImport.objects.filter(pk=source.pk).update(job=job.pk)
    source.job = job.pk
    return job


def _still(source: HomeImport, *stages: ImportStage) -> None:
    if source.stage not in stages:
        raise Conflict(_("This list is no longer where you saw it: look at it again."), code="stage")


def _note(source: HomeImport, code: str, by: Who, now: datetime, **facts: Json) -> None:
    record(code, Subject("registry_import", source.pk), by=by.actor(), at=now, facts=facts)


def _file_name(name: str) -> str:
    """Only to be recognised by: never a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return clean(last[:400], 400, lines=False)[:120] or "?"
