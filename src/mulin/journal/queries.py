"""Reading the journal: a subject's timeline."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.utils.functional import Promise

from mulin.journal.codes import code_named
from mulin.journal.models import Entry, EntryText, Head
from mulin.journal.rules import ByKind, Subject
from mulin.kernel import crypto
from mulin.kernel.keyring import KeyMissing
from mulin.kernel.unreadable import tell, unreadable


def unchanged_since(subjects: Collection[UUID], entries: int) -> set[UUID]:
    """Those of whom no more than so many entries tell: nobody has done anything with them since."""
    same = Head.objects.filter(subject__in=subjects, seq__lte=entries)
    return set(same.values_list("subject", flat=True))


def chain_lengths(subjects: Collection[UUID]) -> dict[UUID, int]:
    """How many entries tell of each; one that nothing is told of has none."""
    found = dict(Head.objects.filter(subject__in=list(subjects)).values_list("subject", "seq"))
    return {subject: found.get(subject, 0) for subject in subjects}


@dataclass(frozen=True, slots=True)
class Said:
    """A text of an entry; `text` is None where it was erased."""

    id: UUID
    text: str | None
    public: bool
    erased_at: datetime | None = None
    erased_rule: str = ""

    @property
    def erased(self) -> bool:
        return self.erased_at is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is told: what happened, in which words, who did it and when."""

    id: UUID
    seq: int
    at: datetime
    code: str
    label: str | Promise
    shown_to_reporter: bool
    by_kind: ByKind
    by: UUID | None
    seat: UUID | None
    facts: Mapping[str, Any]
    words: Mapping[str, Said]


def timeline(subject: Subject) -> list[Line]:
    """Return what was recorded about a subject, oldest first, in two statements."""
    entries = list(Entry.objects.filter(subject=subject.id, subject_kind=subject.kind).order_by("seq"))
    return lines(entries)


def timeline_for_reporter(subject: Subject) -> list[Line]:
    """Return what whoever raised the subject may see: the entries shown to them, with their public words."""
    return [_with_public_words(line) for line in timeline(subject) if line.shown_to_reporter]


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Return entries with their texts, in the order given, in one statement."""
    entries = list(entries)
    words: dict[UUID, dict[str, EntryText]] = {}
    for text in EntryText.objects.filter(entry__in=[entry.id for entry in entries]).order_by("name"):
        words.setdefault(text.entry_id, {})[text.name] = text
    return [_line(entry, words.get(entry.id, {})) for entry in entries]


def _line(entry: Entry, texts: Mapping[str, EntryText]) -> Line:
    code = code_named(entry.code)
    return Line(
        id=entry.id,
        seq=entry.seq,
        at=entry.at,
        code=entry.code,
        label=code.label,
        shown_to_reporter=code.shown_to_reporter,
        by_kind=ByKind(entry.by_kind),
        by=entry.by,
        seat=entry.seat,
        facts=facts_of(entry),
        words={name: _said(entry, text) for name, text in texts.items()},
    )


def facts_of(entry: Entry) -> Mapping[str, Any]:
    """Return the facts of an entry as JSON has them: ids and instants are strings."""
    facts: dict[str, Any] = orjson.loads(entry.text)["facts"]
    return facts


def word_of(entry: Entry, text: EntryText) -> str | None:
    """Return a text in plain words; None where it was erased, and a mark where no key opens it."""
    if text.erased_at is not None:
        return None
    if not text.sealed:
        return text.text
    context = context_of(entry.code, text.name)
    try:
        return crypto.decrypt(text.text, context=context)
    except (crypto.CannotOpen, KeyMissing):
        tell(text._meta.label, text.pk)
        return unreadable(text.text, context)


def unopened_words() -> int:
    """How many words of the journal no key opens: tries every one of them."""
    closed = EntryText.objects.filter(sealed=True, erased_at=None)
    rows = closed.values_list("entry__code", "name", "text")
    return sum(not _opens(text, context_of(code, name)) for code, name, text in rows.iterator())


def context_of(code: str, name: str) -> str:
    """What is bound into the ciphertext of an entry's word."""
    return f"journal.{code}.{name}"


def _opens(text: str, context: str) -> bool:
    try:
        crypto.decrypt(text, context=context)
    except (crypto.CannotOpen, KeyMissing):
        return False
    return True


def _said(entry: Entry, text: EntryText) -> Said:
    return Said(text.id, word_of(entry, text), text.public, text.erased_at, text.erased_rule)


def _with_public_words(line: Line) -> Line:
    words = {name: said for name, said in line.words.items() if said.public}
    return Line(**{name: getattr(line, name) for name in Line.__slots__} | {"words": words})
