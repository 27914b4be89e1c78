"""Proving that nobody altered, removed or inserted a line of the journal.

Reads everything once, in the order of the chains, in slices, so that memory does not grow with the journal.
What it finds, it names; it mends nothing. Someone who can also rewrite the heads can cut a chain's end
unnoticed: against them help only seals given outside.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, Max

from mulin.journal import readings
from mulin.journal.chains import Beside, Problem, Report, Row, Starts, walk
from mulin.journal.models import (
    ArchivedChain,
    ArchivedEntry,
    Disclosure,
    DisclosureHead,
    DisclosureOf,
    Entry,
    EntryText,
    Feed,
    Head,
)
from mulin.journal.rules import instant, word_hash
from mulin.kernel import crypto
from mulin.kernel.db.snapshot import snapshot

__all__ = ["Problem", "Report", "verify"]

SLICE = 5000
LINKS = ("seq", "prev", "hash", "text", "id", "at", "seat")
ENTRY = ("subject", *LINKS, "subject_kind", "code", "by_kind", "by")
READING = ("reader", *LINKS, "kind", "purpose", "subject_kind", "subject")
TEXT = (
    "entry__subject",
    "entry__seq",
    "entry__code",
    "name",
    "salt",
    "text",
    "sealed",
    "public",
    "erased_at",
)
PERSON = ("disclosure__reader", "disclosure__seq", "person", "at")


def verify(progress: Callable[[int], None] | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Report:
    """Check every chain against its head, every column against the text that was hashed, every word's hash.

    Writers go on meanwhile: it looks at one instant. `progress` is told now and then how many rows were read.
    """
    report = Report(progress=progress)
    with snapshot(using):
        _verify_entries(report, using)
        _verify_feed(report, using)
        _verify_disclosures(report, using)
    return report


def _verify_entries(report: Report, using: str) -> None:
    rows = _stream(Entry.objects.using(using).order_by("subject", "seq").values_list(*ENTRY))
    heads = _stream(Head.objects.using(using).order_by("subject").values_list("subject", "seq", "hash"))
    texts = EntryText.objects.using(using).order_by("entry__subject", "entry__seq", "name").values_list(*TEXT)
    words = Beside(_stream(texts))
    archived = ArchivedChain.objects.using(using).order_by("subject", "seq")
    starts = Starts(_stream(archived.values_list("subject", "seq", "hash")))
    count = walk(rows, heads, report, lambda row, said: _check_entry(row, said, words, report), starts)
    report.entries, report.subjects = count


def _stream(query: Any) -> Iterator[Any]:
    return iter(query.iterator(chunk_size=SLICE))


def _check_entry(row: Row, said: dict[str, Any], words: Beside, report: Report) -> None:
    columns = dict(zip(ENTRY[5:], row[5:], strict=True)) | {"subject": row[0], "seq": row[1], "prev": row[2]}
    report.compare(row, said, columns)
    _check_words(row, said, words.take((row[0], row[1])), report)


def _check_words(row: Row, said: dict[str, Any], texts: list[Any], report: Report) -> None:
    hashes, public = said.get("words", {}), said.get("public", [])
    if {text[3] for text in texts} != set(hashes):
        report.note("words_differ", row[0], row[1])
        return
    for _, _, code, name, salt, text, sealed, shown, erased_at in texts:
        report.texts += 1
        if erased_at is not None:
            report.erased += 1
        elif word_hash(salt, opened(code, name, text, sealed)) != hashes[name]:
            report.note("word_altered", row[0], row[1], name)
        if shown != (name in public):
            report.note("columns_differ", row[0], row[1], f"{name}.public")


def opened(code: str, name: str, text: str, sealed: bool) -> str:
    """A text in plain words; nothing where the keys do not open it."""
    if not sealed:
        return text
    try:
        return crypto.decrypt(text, context=f"journal.{code}.{name}")
    except crypto.CannotOpen:
        return ""


def _verify_feed(report: Report, using: str) -> None:
    """Every entry is in the feed, and the positions given out have no gap."""
    without = Entry.objects.using(using).filter(feed=None).count()
    if without:
        report.note("feed_missing", None, None, str(without))
    totals = Feed.objects.using(using).aggregate(given=Count("position"), last=Max("position"))
    away = ArchivedEntry.objects.using(using).aggregate(given=Count("id"), last=Max("position"))
    totals["given"] += away["given"]
    totals["last"] = max(totals["last"] or 0, away["last"] or 0)
    if totals["given"] != totals["last"]:
        report.note("feed_gap", None, None, f"{totals['given']}/{totals['last']}")


def _verify_disclosures(report: Report, using: str) -> None:
    rows = _stream(Disclosure.objects.using(using).order_by("reader", "seq").values_list(*READING))
    heads = _stream(
        DisclosureHead.objects.using(using).order_by("reader").values_list("reader", "seq", "hash")
    )
    of = (
        DisclosureOf.objects.using(using)
        .order_by("disclosure__reader", "disclosure__seq", "id")
        .values_list(*PERSON)
    )
    people = Beside(_stream(of))
    count = walk(rows, heads, report, lambda row, said: _check_reading(row, said, people, report))
    report.disclosures, report.readers = count


def _check_reading(row: Row, said: dict[str, Any], people: Beside, report: Report) -> None:
    columns = dict(zip(READING[5:], row[5:], strict=True)) | {"reader": row[0], "seq": row[1], "prev": row[2]}
    report.compare(row, said, columns)
    shown = people.take((row[0], row[1]))
    hashed = readings.people_hash(person for _, _, person, _ in shown)
    if (hashed, len(shown)) != (said.get("people"), said.get("count")):
        report.note("people_differ", row[0], row[1])
    if any(instant(at) != said.get("at") for _, _, _, at in shown):
        report.note("columns_differ", row[0], row[1], "of.at")
