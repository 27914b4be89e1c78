"""Moving old, sealed years out of the journal: into a file that can be proven, whole chains at a time.

What stays: where each chain went on, and the place and hash of each entry, so that `verify` and every seal still hold.
"""

import gzip
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.journal import triggers
from mulin.journal.actions import record
from mulin.journal.codes import register
from mulin.journal.models import (
    Archive,
    ArchivedChain,
    ArchivedEntry,
    Entry,
    EntryText,
    Feed,
    Head,
    Outbox,
)
from mulin.journal.rules import Actor, Json, Subject, digest, word_hash
from mulin.journal.seals import last_seal
from mulin.journal.verify import opened
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid

Each = TypeVar("Each")
KIND = "Mulin archive"
YOUNGEST = timedelta(days=2 * 365)
CHAINS = 200  # moved in one transaction
SLICE = 2000
ARCHIVED = register("journal.archived", gettext_lazy("Old entries were moved into an archive"))


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain that ended long ago."""

    subject: UUID
    seq: int
    hash: str


def archive(year: int, folder: Path, *, by: Actor, at: datetime) -> Archive | None:
    """Move out all chains that ended in this year or before; None where there are none.

    The file is whole and proven before the first row goes; where anything fails, the rows stay.
    """
    before = datetime(year + 1, 1, 1, tzinfo=get_current_timezone())
    if before > at - YOUNGEST:
        raise Invalid(_("Only years that ended two years ago or earlier are archived."), code="too_young")
    chains = _ended(before)
    if not chains:
        return None
    file = folder / f"mulin-journal-{year}-{at:%Y%m%d%H%M%S}.jsonl.gz"
    entries = _write(file, chains, before.date(), at)
    try:
        row = _note(file, before.date(), entries, len(chains), by, at)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    for some in _batches(chains):
        _move(row, some)
    return row


def _ended(before: datetime) -> list[Chain]:
    """Whole chains, all of whose entries a seal covers and nobody still has to be told of."""
    sealed = last_seal()
    if sealed is None:
        raise Invalid(_("Nothing is sealed yet: give a seal away first (`mulin seal`)."), code="not_sealed")
    open_ = Q(feed__position=None) | Q(feed__position__gt=sealed.last)
    ended = (
        Entry.objects.values("subject")
        .annotate(last=Max("at"), top=Max("seq"), unsealed=Count("id", filter=open_))
        .filter(last__lt=before, unsealed=0)
        .exclude(subject__in=Outbox.objects.filter(done_at=None).values("subject"))
        .order_by("subject")
    )
    tops = {row["subject"]: row["top"] for row in ended.iterator(chunk_size=SLICE)}
    return [chain for some in _batches(list(tops.items())) for chain in _ends(dict(some))]


def _ends(tops: dict[UUID, int]) -> list[Chain]:
    found = Entry.objects.filter(subject__in=list(tops)).values_list("subject", "seq", "hash")
    return [Chain(*row) for row in found if row[1] == tops[row[0]]]


def _batches(rows: list[Each]) -> Iterator[list[Each]]:
    waiting = iter(rows)
    while some := list(islice(waiting, CHAINS)):
        yield some


def _write(file: Path, chains: list[Chain], before: date, at: datetime) -> int:
    """The file, proven from the disk before it takes its name. Returns how many entries it holds."""
    draft = file.with_suffix(".part")
    count = 0
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb") as out:
                out.write(_line({"kind": KIND, "before": before.isoformat(), "at": at.isoformat()}))
                for some in _batches(chains):
                    for line in _lines([chain.subject for chain in some]):
                        out.write(_line(line))
                        count += 1
                out.write(_line({"entries": count}))
            raw.flush()
            os.fsync(raw.fileno())
        if _proven(draft) != (count, []):
            raise OSError("the file is not what was written")
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _line(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document) + b"\n"


def _lines(subjects: list[UUID]) -> Iterator[dict[str, Any]]:
    words: dict[UUID, list[dict[str, Any]]] = {}
    columns = ("name", "salt", "text", "sealed", "public", "erased_at", "erased_rule")
    for entry, *values in EntryText.objects.filter(entry__subject__in=subjects).values_list(
        "entry", *columns
    ):
        words.setdefault(entry, []).append(dict(zip(columns, values, strict=True)))
    rows = Entry.objects.filter(subject__in=subjects).order_by("subject", "seq")
    for id, code, text, hash, position in rows.values_list("id", "code", "text", "hash", "feed__position"):
        yield {"position": position, "hash": hash, "code": code, "text": text, "words": words.get(id, [])}


def _note(file: Path, before: date, entries: int, chains: int, by: Actor, at: datetime) -> Archive:
    with transaction.atomic():
        row = Archive.objects.create(
            id=new_id(),
            name=file.name,
            at=at,
            before=before,
            entries=entries,
            chains=chains,
            sha256=_sha256(file),
        )
        facts: dict[str, Json] = {
            "entries": entries,
            "chains": chains,
            "before": before,
            "sha256": row.sha256,
        }
        record(ARCHIVED.code, Subject("archive", row.id), by=by, at=at, facts=facts)
    return row


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _move(row: Archive, chains: list[Chain]) -> None:
    """Some chains: what stays of them is written and they go, in one transaction; one that went on since stays."""
    with transaction.atomic():
        chains = _still(chains)
        subjects = [chain.subject for chain in chains]
        there = Entry.objects.filter(subject__in=subjects)
        hashes = list(there.values_list("feed__position", "hash"))
        stubs = [ArchivedEntry(position=at, hash=hash) for at, hash in hashes if at is not None]
        ArchivedEntry.objects.bulk_create(stubs)
        ArchivedChain.objects.bulk_create(
            ArchivedChain(subject=each.subject, seq=each.seq, hash=each.hash, archive=row) for each in chains
        )
        ids = list(there.values_list("id", flat=True))
        Outbox.objects.filter(entry__in=ids).update(entry=None)
        with triggers.lifted(connection):
            for query in (
                Feed.objects.filter(entry__in=ids),
                EntryText.objects.filter(entry__in=ids),
                Entry.objects.filter(id__in=ids),
            ):
                query._raw_delete(query.db)


def _still(chains: list[Chain]) -> list[Chain]:
    """Those that end where the file has their end, locked: whoever writes now waits, and goes on behind it."""
    heads = Head.objects.filter(subject__in=[chain.subject for chain in chains]).order_by("subject")
    ends = {head.subject: (head.seq, head.hash) for head in heads.select_for_update()}
    return [chain for chain in chains if ends.get(chain.subject) == (chain.seq, chain.hash)]


def check(file: Path) -> tuple[int, list[str]]:
    """How many entries an archive holds, and what is wrong with it: against itself, and against what stayed here."""
    count, found = _proven(file)
    row = (
        Archive.objects.filter(name=file.name).first() or Archive.objects.filter(sha256=_sha256(file)).first()
    )
    if row is None:
        found.append(_("This archive was not made here."))
    elif row.sha256 != _sha256(file):
        found.append(_("The file is not the one that was made."))
    return count, found


def _proven(file: Path) -> tuple[int, list[str]]:
    """How many entries a file holds, and what is wrong: each line is held against its hash, each word against its."""
    count, wrong, said = 0, list[str](), None
    try:
        with gzip.open(file, "rb") as lines:
            if orjson.loads(next(lines)).get("kind") != KIND:
                raise ValueError
            for line in lines:
                document = orjson.loads(line)
                if "hash" not in document:
                    said = document["entries"]
                    continue
                count += 1
                if not _is_whole(document):
                    wrong.append(
                        _("The entry at position %(at)s was altered.") % {"at": document["position"]}
                    )
    except (OSError, EOFError, ValueError, LookupError, TypeError, StopIteration) as error:
        raise Invalid(_("This file is not a whole archive of a journal."), code="no_archive") from error
    if said != count:
        wrong.append(_("Entries are missing at the end."))
    return count, wrong


def _is_whole(document: dict[str, Any]) -> bool:
    if digest(document["text"]) != document["hash"]:
        return False
    hashes = orjson.loads(document["text"]).get("words", {})
    return all(
        word["erased_at"] is not None
        or word_hash(word["salt"], opened(document["code"], word["name"], word["text"], word["sealed"]))
        == hashes.get(word["name"])
        for word in document["words"]
    )
