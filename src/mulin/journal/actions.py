"""Writing entries, one or a few at a time. Call these inside the transaction of the act they tell of."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from mulin.journal.codes import ERASED, Code, Word, code_named
from mulin.journal.models import Entry, EntryText, Feed, Head
from mulin.journal.rules import (
    FIRST_HASH,
    SALT_BYTES,
    Actor,
    Chained,
    Draft,
    Json,
    Link,
    Subject,
    chain,
    check_words,
)
from mulin.kernel import crypto
from mulin.kernel.db import many, rows
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict

ONE_BY_ONE = 8  # heads updated each on its own condition; more are written in one statement under their locks


def record(
    code: str,
    subject: Subject,
    *,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Json] | None = None,
    words: Mapping[str, str] | None = None,
    public: tuple[str, ...] = (),
    first: bool = False,
) -> Entry:
    """Write one entry, in the transaction of the act. If it cannot be written, the act is undone too.

    Costs one statement to lock the head, one to move it, and one insert each for entry, texts and feed. `first` says
    that the subject was made in this very transaction: then its head is simply stored, and nobody else can have it.
    """
    draft = Draft(code, subject, by, at, facts or {}, words or {}, public)
    return _begin(draft) if first else record_many([draft])[0]


def _begin(draft: Draft) -> Entry:
    """The first entry of a new subject; it fails where there is one already."""
    _in_transaction()
    with transaction.atomic(savepoint=False):
        written = Written({draft.subject.id: Held(draft.subject.kind, Link())})
        written.add(draft)
        head = written.heads[draft.subject.id].now
        rows.insert(Head(subject=draft.subject.id, kind=draft.subject.kind, seq=head.seq, hash=head.hash))
        return written.insert()[0]


def record_many(drafts: Sequence[Draft]) -> list[Entry]:
    """Write entries in the order given, about one subject or several, in about as many statements as one."""
    _in_transaction()
    # Without a savepoint of its own, a failure here also spoils the caller's transaction: nothing was done.
    with transaction.atomic(savepoint=False):
        written = _chained(drafts, lock_new=len(drafts) > ONE_BY_ONE)
        if not _move_heads(written.heads):
            written = _chained(drafts, lock_new=True)
            if not _move_heads(written.heads):
                raise Conflict
        return written.insert()


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("an act and its entry belong into one transaction")


def _chained(drafts: Sequence[Draft], *, lock_new: bool) -> "Written":
    written = Written(
        lock_heads({draft.subject.id: draft.subject.kind for draft in drafts}, lock_new=lock_new)
    )
    for draft in drafts:
        written.add(draft)
    return written


Values = dict[str, Any]


class Written:
    """Rows made from drafts, ready to be inserted together. Also the heart of the bulk path."""

    def __init__(self, heads: "Heads") -> None:
        self.heads = heads
        self.entries: list[Values] = []
        self.texts: list[Values] = []

    def add(self, draft: Draft) -> None:
        """Chain a draft to its subject's head, and move the head along."""
        code = code_named(draft.code)
        words, salts = check_words(draft.words), {}
        if draft.words or draft.public:
            salts = {name: secrets.token_hex(SALT_BYTES) for name in words}
            public = _public(code, draft)
            draft = Draft(draft.code, draft.subject, draft.by, draft.at, draft.facts, words, public)
        head = self.heads[draft.subject.id]
        if head.kind != draft.subject.kind:
            raise ValueError(f"{draft.subject.id} is a {head.kind}, not a {draft.subject.kind}")
        chained = chain(head.now, draft, new_id(), salts)
        head.now = chained.link
        self.entries.append(_entry(draft, chained))
        self.texts += [
            _text(chained.id, code, draft, name, word, salts[name]) for name, word in words.items()
        ]

    def insert(self) -> list[Entry]:
        entries = [Entry(**each) for each in self.entries]
        texts = [EntryText(**each) for each in self.texts]
        feed = [Feed(entry_id=entry.id) for entry in entries]
        if len(entries) == 1:
            for made in (entries, texts, feed):
                rows.insert(*made)
        else:
            Entry.objects.bulk_create(entries)
            EntryText.objects.bulk_create(texts)
            Feed.objects.bulk_create(feed)
        return entries

    def insert_many(self, position: int) -> None:
        """The same for thousands, which get the positions behind this one at once."""
        many.insert_values(Entry, self.entries)
        many.insert_values(EntryText, self.texts)
        numbered = enumerate(self.entries, position + 1)
        many.insert_values(Feed, ({"entry_id": each["id"], "position": n} for n, each in numbered))


class Held:
    """A head that is locked: where it was, and where it is now."""

    __slots__ = ("kind", "now", "was")

    def __init__(self, kind: str, was: Link) -> None:
        self.kind, self.was, self.now = kind, was, was


Heads = Mapping[UUID, Held]


def _entry(draft: Draft, chained: Chained) -> Values:
    return {
        "id": chained.id,
        "subject_kind": draft.subject.kind,
        "subject": draft.subject.id,
        "seq": chained.link.seq,
        "at": draft.at,
        "code": draft.code,
        "by_kind": draft.by.kind.value,
        "by": draft.by.person,
        "seat": draft.by.seat,
        "prev": chained.prev,
        "hash": chained.link.hash,
        "text": chained.text,
    }


def _text(entry: UUID, code: Code, draft: Draft, name: str, word: str, salt: str) -> Values:
    sealed = code.words.get(name) is Word.SECRET
    kept = crypto.encrypt(word, context=f"journal.{draft.code}.{name}") if sealed else word
    return {
        "entry_id": entry,
        "name": name,
        "salt": salt,
        "text": kept,
        "sealed": sealed,
        "public": name in draft.public,
    }


def _public(code: Code, draft: Draft) -> tuple[str, ...]:
    """The names of the words the reporter may read: those the code says, and those marked this time."""
    unknown = set(draft.words) - set(code.words)
    if unknown:
        raise LookupError(f"the code {code.code!r} declares no words named {sorted(unknown)}")
    said = {name for name, kind in code.words.items() if kind is Word.REPORTER} | set(draft.public)
    return tuple(sorted(name for name in said if draft.words.get(name)))


def lock_heads(subjects: Mapping[UUID, str], *, lock_new: bool = True) -> dict[UUID, Held]:
    """Lock the heads of these subjects, always in the same order, so that two who need the same do not
    tangle.

    A new head is locked by moving it; `lock_new=False` leaves out the statement that would lock it before.
    Then somebody else may have made and moved it in between, which the move notices.
    """
    held = _locked(subjects)
    missing = [
        Head(subject=id, kind=subjects[id], seq=0, hash=FIRST_HASH) for id in sorted(subjects.keys() - held)
    ]
    if missing:
        # Where someone else is just making the same head, this waits for them and inserts nothing.
        Head.objects.bulk_create(missing, ignore_conflicts=True)
        if lock_new:
            return held | _locked([head.subject for head in missing])
        held |= {head.subject: Held(head.kind, Link()) for head in missing}
    return held


def _locked(subjects: Iterable[UUID]) -> dict[UUID, Held]:
    wanted = list(subjects)
    if len(wanted) == 1:
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
        found = rows.select(Head, f"subject = %s{lock}", wanted)
    else:
        found = list(Head.objects.filter(subject__in=wanted).order_by("subject").select_for_update())
    return {row.subject: Held(row.kind, Link(row.seq, row.hash)) for row in found}


def _move_heads(heads: Heads) -> bool:
    """Move the heads; False where one was no longer where we saw it (and nothing may be inserted)."""
    if len(heads) > ONE_BY_ONE:
        write_heads(heads)
        return True
    return all(
        rows.change(
            Head,
            {"subject": id, "seq": head.was.seq, "hash": head.was.hash},
            {"seq": head.now.seq, "hash": head.now.hash},
        )
        for id, head in heads.items()
    )


def write_heads(heads: Heads) -> None:
    """Move many heads that are locked, in one statement."""
    Head.objects.bulk_create(
        [Head(**each) for each in heads_of(heads)],
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["seq", "hash"],
    )


def heads_of(heads: Heads) -> list[Values]:
    """Heads as they are now."""
    return [
        {"subject": id, "kind": held.kind, "seq": held.now.seq, "hash": held.now.hash}
        for id, held in heads.items()
    ]


def erase(text: EntryText, *, rule: str, by: Actor, at: datetime) -> Entry | None:
    """Empty a text by a rule of erasure, and say so in the journal. None where it was erased before."""
    entry = text.entry
    with transaction.atomic():
        subject = Subject(entry.subject_kind, entry.subject)
        facts: dict[str, Json] = {"entry": entry.id, "name": text.name, "rule": rule}
        standing = EntryText.objects.filter(id=text.id, erased_at=None)
        if not standing.update(text="", salt="", erased_at=at, erased_rule=rule):
            return None
        return record(ERASED.code, subject, by=by, at=at, facts=facts)
