"""The long work of taking a list in: the dry run, storing it batch by batch, taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mulin.journal.face import Purpose, Reading, Subject, disclose
from mulin.kernel.db.many import roomy
from mulin.kernel.jobs import Progress, job
from mulin.kernel.memory import much_at_once
from mulin.kernel.refusals import Conflict, Invalid, TooLarge
from mulin.places.face import hold_tree
from mulin.posts.face import Who
from mulin.registry.actions import bulk_import as acts
from mulin.registry.importing import upload
from mulin.registry.importing.checking import SLICE, Checker, Found
from mulin.registry.importing.cutting import cut, same_door
from mulin.registry.importing.places import Places
from mulin.registry.importing.reading import Read, packed, read_row, unpacked
from mulin.registry.importing.storing import Choices, Stored, store
from mulin.registry.importing.undoing import take_back
from mulin.registry.models import HomeImport, HomeImportFinding, HomeImportPart
from mulin.registry.models.importing import ImportStage

PART = 4000  # rows: a second or two in which nobody else stores anything on SQLite
MOST_FOUND = 20_000
_BESIDE = {"floor": "number"}  # a column that the file lacks is spoken of at the one it is worked out from
NAMED = 50


@job(acts.CHECK_JOB, gettext_lazy("Check a list of homes or merchants"))
def check(progress: Progress, **facts: Any) -> None:
    """Read every row; what is wrong, and who is known, is kept to be looked at. Begun again, it begins anew."""
    source, who = _source(facts, progress)
    if source.stage != ImportStage.CHECKING:
        raise Conflict(_("This list is no longer where you saw it: look at it again."), code="stage")
    try:
        _Check(source, who, progress).run()
    except (Invalid, TooLarge) as refusal:
        acts.end_check(source, now=progress.now, why=str(refusal.message))
        raise


class _Check:
    """Rows go through in slices; no more than a part of them is in memory."""

    def __init__(self, source: HomeImport, who: Who, progress: Progress) -> None:
        self._source, self._who, self._progress = source, who, progress
        places = Places(who)
        self._places = places
        self._checker = Checker(source.kind, places, make_doors=source.make_doors)
        self._waiting: list[Read] = []
        self._part: list[Read] = []
        self._parts = self._rows = self._wrong = self._known = self._found = 0

    def run(self) -> None:
        self._source.parts.filter(raw=False).delete()
        self._source.findings.all().delete()
        reader = upload.Reader(self._source.kind, upload.kept(self._source))
        today = timezone.localdate(self._progress.now)
        for line in reader.lines():
            row = read_row(self._source.kind, line.number, line.sheet, line.cells, self._places, today)
            self._waiting.append(row)
            if len(self._waiting) == SLICE:
                self._slice(reader)
        self._slice(reader)
        self._keep(self._part)
        self._read_of()
        acts.end_check(
            self._source, now=self._progress.now, rows=self._rows, wrong=self._wrong, known=self._known
        )
        self._progress.total = self._rows
        self._progress.say(_("Rows: %(rows)d. Wrong: %(wrong)d. In the registry already: %(known)d.") % {
            "rows": self._rows, "wrong": self._wrong, "known": self._known,
        })  # fmt: skip

    def _slice(self, reader: upload.Reader) -> None:
        found = self._checker.check(self._waiting)
        self._rows += len(self._waiting)
        self._wrong += sum(1 for row in self._waiting if row.wrong)
        known = [each for each in found if each.record and not each.row.wrong]
        self._known += len(known)
        self._note([each for each in found if each.is_wrong] + known, reader.letters)
        for row in self._waiting:
            full, huge = len(self._part) >= PART, len(self._part) >= 2 * PART
            if huge or (full and not same_door(row, self._part[-1])):
                self._keep(self._part)
            self._part.append(row)
        self._progress.step(len(self._waiting))
        self._waiting = []

    def _note(self, found: Sequence[Found], letters: Mapping[str, Mapping[str, str]]) -> None:
        left = max(MOST_FOUND - self._found, 0)
        self._found += len(found)
        HomeImportFinding.objects.bulk_create(
            HomeImportFinding(
                source=self._source, row=each.row.number, sheet=each.row.sheet,
                column=_letter(letters.get(each.row.sheet, {}), each.key),
                code=each.code[:40], words=each.words[:400], record=each.record,
            )
            for each in found[:left]
        )  # fmt: skip

    def _keep(self, part: list[Read]) -> None:
        """Households stay together, where the file keeps them together."""
        if part:
            HomeImportPart.objects.create(source=self._source, number=self._parts, content=packed(part))
            self._parts += len(part)  # room for the pieces that it may be cut into
        self._part = []

    def _read_of(self) -> None:
        """To learn that a number is known is a reading, of all of them at once."""
        people = sorted(self._checker.people)
        if people and self._who.user:
            subject = Subject("registry_import", self._source.pk)
            disclose(
                self._who.user.pk, people, kind=Reading.SEARCH, purpose=Purpose.VERIFY, at=self._progress.now,
                subject=subject,
            )  # fmt: skip


def _letter(letters: Mapping[str, str], key: str) -> str:
    return letters.get(key) or letters.get(_BESIDE.get(key, ""), "")


@job(acts.IMPORT_JOB, gettext_lazy("Take in a list of homes or merchants"))
def take_in(progress: Progress, **facts: Any) -> None:
    """Batches that are whole or not there; begun again, it goes on after those that are."""
    source, who = _source(facts, progress)
    acts.require_import(who)
    left = source.parts.filter(raw=False, done_at=None).order_by("number")
    progress.total = source.rows
    with roomy():
        while part := left.first():
            _take_in_part(source, part, who, progress)
    made = list(source.parts.filter(raw=False).values_list("made", flat=True))
    people = sum(len(each.get("people", ())) for each in made)
    merchants = sum(len(each.get("merchants", ())) for each in made)
    changed = sum(len(each.get("changed", ())) for each in made)
    taken = people + merchants or sum(len(each.get("dwellings", ())) for each in made)
    acts.end_import(source, stage=ImportStage.DONE, by=who, now=progress.now, taken=taken, changed=changed)
    progress.say(_("Taken in: %(taken)d. Brought up to date: %(changed)d. Left out: %(wrong)d wrong rows.") % {
        "taken": taken, "changed": changed, "wrong": source.wrong,
    })  # fmt: skip
    _say_rows(progress, made)


def _take_in_part(source: HomeImport, part: HomeImportPart, who: Who, progress: Progress) -> None:
    rows = unpacked(part.content)
    some = [row.number for row in rows]
    chosen = source.findings.filter(row__in=some).exclude(choice="").values_list("sheet", "row", "choice")
    choices = {(sheet, row): choice for sheet, row, choice in chosen}
    rows = cut(source, part, rows, choices)
    try:
        _store(source, part, rows, choices, who, progress)
    except (IntegrityError, OperationalError):  # somebody entered or held one of these at this very moment
        _store(source, part, rows, choices, who, progress)


def _store(
    source: HomeImport, part: HomeImportPart, rows: list[Read], choices: Choices, who: Who, progress: Progress
) -> None:  # fmt: skip
    with much_at_once(), transaction.atomic():
        hold_tree()  # before all other locks: borders are redrawn before this batch or after it
        stored: Stored = store(source, rows, choices, by=who, now=progress.now)
        part.made, part.done_at = stored.kept(), progress.now
        part.save(update_fields=["made", "done_at"])
        progress.step(len(rows), cursor=str(part.number))
    for row, words in stored.refused:
        progress.say(_("Row %(row)d was not brought up to date: %(words)s") % {"row": row, "words": words})


def _say_rows(progress: Progress, made: Sequence[dict[str, Any]]) -> None:
    skipped = sorted(row for each in made for row in each.get("skipped", ()))
    if skipped:
        rows = ", ".join(map(str, skipped[:NAMED]))
        words = ngettext(
            "Left as it is, %(n)d row: %(rows)s", "Left as they are, %(n)d rows: %(rows)s", len(skipped)
        )
        progress.say(words % {"n": len(skipped), "rows": rows})


@job(acts.UNDO_JOB, gettext_lazy("Take back a list of homes or merchants"))
def undo(progress: Progress, **facts: Any) -> None:
    """All that nobody has touched since, from the last batch to the first."""
    source, who = _source(facts, progress)
    acts.require_import(who)
    parts = source.parts.filter(raw=False, undone_at=None).exclude(done_at=None).order_by("-number")
    progress.total = source.taken or source.rows
    for part in parts:
        with transaction.atomic():
            gone, stay = take_back(part, by=who, now=progress.now)
            part.made = {**part.made, "gone": gone, "stay": [str(row.pk) for row in stay]}
            part.undone_at = progress.now
            part.save(update_fields=["made", "undone_at"])
            progress.step(gone, cursor=str(part.number))
    made = list(source.parts.filter(raw=False).values_list("made", flat=True))
    removed = sum(each.get("gone", 0) for each in made)
    stay_ids = [id for each in made for id in each.get("stay", ())]
    acts.end_import(source, stage=ImportStage.UNDONE, by=who, now=progress.now, removed=removed)
    progress.say(_("Taken back: %(n)d records.") % {"n": removed})
    if stay_ids:
        progress.say(_("Touched since, so they stay: %(n)d records. They are named on the list's page.") % {
            "n": len(stay_ids)})  # fmt: skip
    restored = sum(each.get("restored", 0) for each in made)
    if restored:
        progress.say(_("As they were before the list again: %(n)d records.") % {"n": restored})


def _source(facts: dict[str, Any], progress: Progress) -> tuple[HomeImport, Who]:
    source = HomeImport.objects.select_related("by").get(pk=UUID(facts["source"]))
    return source, Who.of(source.by, progress.now)
