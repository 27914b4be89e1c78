"""Walking chains beside their heads, and what is found on the way. Pure: rows come in as tuples, in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson

from mulin.journal.rules import Link, digest, instant

MOST_PROBLEMS = 1000
TELL_EVERY = 5000

Row = tuple[Any, ...]  # chain, seq, prev, hash, text, and more columns
HeadRow = tuple[UUID, int, str]  # chain, seq, hash
Check = Callable[[Row, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written. `code` is a stable word, `chain` a subject or reader."""

    code: str
    chain: UUID | None
    seq: int | None = None
    detail: str = ""


@dataclass
class Report:
    """What was looked at and what was found. `found` counts all problems, `problems` keeps the first thousand."""

    entries: int = 0
    subjects: int = 0
    texts: int = 0
    erased: int = 0
    disclosures: int = 0
    readers: int = 0
    found: int = 0
    problems: list[Problem] = field(default_factory=list)
    progress: Callable[[int], None] | None = None

    @property
    def whole(self) -> bool:
        return self.found == 0

    def note(self, code: str, chain: UUID | None, seq: int | None = None, detail: str = "") -> None:
        """Count a problem; keep it while there is room."""
        self.found += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(code, chain, seq, detail))

    def compare(self, row: Row, said: dict[str, Any], columns: dict[str, Any]) -> None:
        """Note the columns that do not say what the hashed text says."""
        differing = [name for name, value in columns.items() if written(value) != said.get(name)]
        if differing:
            self.note("columns_differ", row[0], row[1], ", ".join(sorted(differing)))


def written(value: Any) -> Any:
    """Return a column's value as the hashed text writes it."""
    if isinstance(value, UUID):
        return str(value)
    return instant(value) if isinstance(value, datetime) else value


class Beside:
    """Rows that belong to the rows of a chain, in the same order: (chain, seq, …)."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def take(self, key: tuple[UUID, int]) -> list[Row]:
        """Return the rows of one link; those of links already passed are skipped."""
        taken = []
        while self._next is not None and self._next[:2] <= key:
            if self._next[:2] == key:
                taken.append(self._next)
            self._next = next(self._rows, None)
        return taken


class Starts:
    """Where chains begin whose first links were archived; asked in the order of the chains. The others begin at 0."""

    def __init__(self, rows: Iterable[HeadRow] = ()) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, chain: UUID) -> Link:
        found = Link()
        while self._next is not None and self._next[0] <= chain:
            if self._next[0] == chain:  # archived more than once: the last counts
                found = Link(*self._next[1:])
            self._next = next(self._rows, None)
        return found


def walk(
    rows: Iterator[Row], heads: Iterator[HeadRow], report: Report, check: Check, starts: Starts | None = None
) -> tuple[int, int]:
    """Follow every chain to its head; return how many rows and chains there were."""
    count = chains = 0
    starts = starts or Starts()
    head = next(heads, None)
    for chain, links in groupby(rows, key=itemgetter(0)):
        while head is not None and head[0] < chain:
            _gone(head, report, starts)
            head = next(heads, None)
        last, length = _follow(links, report, check, starts.of(chain))
        count, chains = count + length, chains + 1
        if head is None or head[0] != chain:
            report.note("head_gone", chain, last.seq)
        else:
            _meet(head, last, report)
            head = next(heads, None)
    for rest in ([head] if head else []) + list(heads):
        _gone(rest, report, starts)
    return count, chains


def _gone(head: HeadRow, report: Report, starts: Starts) -> None:
    """A head without any row: the whole chain was archived, or else removed."""
    if head[1] > 0 and Link(*head[1:]) != starts.of(head[0]):
        report.note("chain_gone", head[0], head[1])


def _meet(head: HeadRow, last: Link, report: Report) -> None:
    if last.seq < head[1]:
        report.note("tail_gone", head[0], head[1])
    elif (last.seq, last.hash) != head[1:]:
        report.note("head_differs", head[0], last.seq)


def _follow(links: Iterator[Row], report: Report, check: Check, last: Link) -> tuple[Link, int]:
    length = 0
    for row in links:
        _check_link(row, last, report)
        said = _said(row, report)
        if said is not None:
            check(row, said)
        last, length = Link(row[1], row[3]), length + 1
        if report.progress and length % TELL_EVERY == 0:
            report.progress(TELL_EVERY)
    if report.progress:
        report.progress(length % TELL_EVERY)
    return last, length


def _check_link(row: Row, last: Link, report: Report) -> None:
    chain, seq, prev, _hash, _text = row[:5]
    if seq <= last.seq:
        report.note("fork", chain, seq)
    elif seq > last.seq + 1:
        report.note("gap", chain, seq)
    elif prev != last.hash:
        report.note("link_broken", chain, seq)


def _said(row: Row, report: Report) -> dict[str, Any] | None:
    """Return the document of a row; None (and noted) where its text is not the one that was hashed."""
    chain, seq, _prev, hash, text = row[:5]
    if digest(text) != hash:
        report.note("altered", chain, seq)
        return None
    said: dict[str, Any] = orjson.loads(text)
    return said
