"""Long work with matters: a list as Excel, former matters taken over and taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.jobs import Progress, job
from mulin.matters.actions import exporting
from mulin.matters.actions.importing import JOB, UNDO_JOB, checked, end_import, require_import, require_undo
from mulin.matters.actions.imports import writing
from mulin.matters.actions.imports.undoing import take_back
from mulin.matters.models.importing import Import, Imported, ImportStage
from mulin.matters.queries.exporting import MOST_ROWS
from mulin.matters.queries.lists import Filters
from mulin.posts.face import User, Who

NAMED = 50


@job(exporting.JOB, gettext_lazy("List of matters as Excel"))
def export(progress: Progress, **facts: Any) -> None:
    """As the person who asked may read it at this moment."""
    user = User.objects.get(pk=str(progress.owner))
    who = Who.of(user, progress.now)
    taken = exporting.write_export(progress, Filters.read(facts["filters"]), facts["purpose"], by=who)
    progress.say(_("Matters in the file: %(n)d.") % {"n": taken.rows})
    if taken.rows >= MOST_ROWS:
        progress.say(_("There are more: narrow the list down, and take out the rest."))


@job(JOB, gettext_lazy("Take over a list of former matters"))
def take_over(progress: Progress, **facts: Any) -> None:
    """Batches that are whole or not there; begun again, it goes on after those that are."""
    found = Import.objects.get(pk=UUID(facts["source"]))
    who = Who.of(found.by, progress.now)
    require_import(who)
    result = checked(found, who)
    done = set(Imported.objects.filter(source=found).values_list("row", flat=True))
    left = [ready for ready in result.ready if ready.row not in done]
    progress.total, old = len(left) + progress.done, 0
    for start in range(0, len(left), writing.BATCH):
        batch = left[start : start + writing.BATCH]
        with transaction.atomic():
            old += writing.write(found, batch, by=who.actor(), at=progress.now)
            progress.step(len(batch), cursor=str(batch[-1].row))
    taken = Imported.objects.filter(source=found).count()
    left_out = found.rows - taken
    end_import(found, stage=ImportStage.DONE, by=who, now=progress.now, taken=taken, left_out=left_out)
    progress.say(
        _("Taken over: %(taken)d matters. Left out: %(left)d rows.") % {"taken": taken, "left": left_out}
    )
    if old:
        progress.say(_("Phone numbers left out, for they are older than may be kept: %(n)d.") % {"n": old})


@job(UNDO_JOB, gettext_lazy("Take back a list of former matters"))
def undo(progress: Progress, **facts: Any) -> None:
    """All that nobody has touched since, from the last row to the first."""
    found = Import.objects.get(pk=UUID(facts["source"]))
    who = Who.of(found.by, progress.now)
    require_undo(found, who)
    rows = list(Imported.objects.filter(source=found, undone=False).order_by("-row"))
    progress.total, stay = len(rows) + progress.done, list[str]()
    for start in range(0, len(rows), writing.BATCH):
        batch = rows[start : start + writing.BATCH]
        with transaction.atomic():
            stay += take_back(found, batch, by=who.actor(), at=progress.now)
            progress.step(len(batch), cursor=str(batch[-1].row))
    removed = Imported.objects.filter(source=found, undone=True).count()
    end_import(found, stage=ImportStage.UNDONE, by=who, now=progress.now, removed=removed)
    progress.say(_("Taken back: %(n)d matters; their words in the journal are erased.") % {"n": removed})
    if stay:
        progress.say(
            _("What was worked on since stays (%(n)d): %(numbers)s")
            % {"n": len(stay), "numbers": ", ".join(stay[:NAMED])}
        )
