"""Loading the official lists of divisions: 665,276 rows for the whole country, in batches.

The widest load there is, so new rows go in by plain INSERTs (PostgreSQL: COPY), and columns that are the same in
every row are worked out once: three times as fast as `bulk_create`, which prepares every column of every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction

from mulin.journal.face import Actor, Json, Subject, record
from mulin.kernel.ids import new_id
from mulin.places import entries
from mulin.places.actions.writing import begin, former
from mulin.places.division_lists import (
    BadRow,
    DivisionList,
    Row,
    in_order,
    parent_level,
    read,
    recognise,
)
from mulin.places.models import Area, AreaVersion
from mulin.places.rules import Level

BATCH = 10_000
KEPT_PROBLEMS = 10_000  # in the report; all are told to `on_problem` and counted
VARYING = ("id", "path", "level", "parent_id", "code", "name")


@dataclass(slots=True)
class LoadReport:
    """What a load did."""

    added: int = 0
    renamed: int = 0
    unchanged: int = 0
    bad: int = 0
    problems: list[BadRow] = field(default_factory=list)


def _nothing(_: Any) -> None:
    return None


def load_divisions(
    files: Iterable[Path],
    *,
    by: Actor,
    now: datetime,
    progress: Callable[[int], object] = _nothing,
    on_problem: Callable[[BadRow], object] = _nothing,
) -> LoadReport:
    """Open the divisions in these lists, and rename those that have another name now. Closes none.

    Each batch is a transaction with its own entry; a batch that changes nothing writes nothing. `progress` is
    told the number of lines done, `on_problem` each line that was left out, while it goes.
    """
    loading = _Loading(by, now, progress, on_problem)
    lists = []
    for found in map(recognise, files):
        if isinstance(found, BadRow):
            loading.leave_out(found)
        else:
            lists.append(found)
    for each in in_order(lists):
        loading.load(each)
    return loading.report


def count_lines(files: Iterable[Path]) -> int:
    """Return how many lines a load will go through, for a progress bar."""
    return sum(found.lines for found in map(recognise, files) if isinstance(found, DivisionList))


class _Loading:
    """One run over all lists."""

    def __init__(
        self,
        by: Actor,
        now: datetime,
        progress: Callable[[int], object],
        on_problem: Callable[[BadRow], object],
    ) -> None:
        self.by, self.now, self.progress, self.on_problem = by, now, progress, on_problem
        self.report = LoadReport()

    def leave_out(self, problem: BadRow) -> None:
        self.report.bad += 1
        if len(self.report.problems) < KEPT_PROBLEMS:
            self.report.problems.append(problem)
        self.on_problem(problem)

    def load(self, source: DivisionList) -> None:
        """Go through one list, batch by batch."""
        parents = _open_areas(parent_level(source.level))
        seen: set[int] = set()
        batch: dict[str, Row] = {}
        lines = 0
        for row in read(source):
            lines += 1
            if isinstance(row, BadRow):
                self.leave_out(row)
            elif int(row.path) in seen:
                self._again(source, row, batch)
            elif self._has_parent(source, row, parents):
                seen.add(int(row.path))
                batch[row.path] = row
            if len(batch) >= BATCH:
                self._store(source, batch, parents)
                batch = {}
            if lines % BATCH == 0:
                self.progress(BATCH)
        self._store(source, batch, parents)
        self.progress(lines % BATCH)

    def _again(self, source: DivisionList, row: Row, batch: Mapping[str, Row]) -> None:
        """A code that came before in this list: harmless with the same name."""
        first = batch.get(row.path) or Area.objects.filter(path=row.path).only("name").get()
        if first.name != row.name:
            self.leave_out(BadRow(source.file.name, row.line, "duplicate"))

    def _has_parent(self, source: DivisionList, row: Row, parents: Mapping[str, UUID]) -> bool:
        if source.level == Level.PROVINCE or row.path[: parent_level(source.level)] in parents:
            return True
        self.leave_out(BadRow(source.file.name, row.line, "parent"))
        return False

    def _store(self, source: DivisionList, batch: Mapping[str, Row], parents: Mapping[str, UUID]) -> None:
        """Store one batch. Where there is nothing to do, not even the stamp moves."""
        with transaction.atomic():
            begin()
            difference = _compare(batch)
            if difference.work:
                _insert(difference.new, parents, self.now)
                _rename(difference.renamed, self.now)
                self._record(source, difference)
            else:
                transaction.set_rollback(True)
        for row in difference.closed:
            self.leave_out(BadRow(source.file.name, row.line, "closed"))
        self.report.added += len(difference.new)
        self.report.renamed += len(difference.renamed)
        self.report.unchanged += difference.unchanged

    def _record(self, source: DivisionList, difference: _Difference) -> None:
        rows = sorted([*difference.new, *difference.renamed.values()], key=lambda row: row.line)
        facts: dict[str, Json] = {
            "file_sha256": source.sha256,
            "level": int(source.level),
            "count": len(rows),
            "added": len(difference.new),
            "renamed": len(difference.renamed),
            "first_line": rows[0].line,
            "last_line": rows[-1].line,
        }
        # The same file always has the same subject: its batches, and those of a later run, make one chain.
        subject = Subject("divisions", uuid5(NAMESPACE_URL, f"sha256:{source.sha256}"))
        record(entries.LOADED, subject, by=self.by, at=self.now, facts=facts)


@dataclass(slots=True)
class _Difference:
    """How a batch differs from what is stored."""

    new: list[Row] = field(default_factory=list)
    renamed: dict[str, Row] = field(default_factory=dict)
    closed: list[Row] = field(default_factory=list)
    unchanged: int = 0

    @property
    def work(self) -> bool:
        return bool(self.new or self.renamed)


def _open_areas(level: int) -> dict[str, UUID]:
    return dict(Area.objects.open().filter(level=level).values_list("path", "id"))


def _compare(batch: Mapping[str, Row]) -> _Difference:
    stored = Area.objects.filter(path__in=list(batch)).values_list("path", "name", "closed_at")
    known = {path: (name, closed_at) for path, name, closed_at in stored}
    difference = _Difference()
    for path, row in batch.items():
        if path not in known:
            difference.new.append(row)
            continue
        name, closed_at = known[path]
        if closed_at is not None:
            difference.closed.append(row)
        elif name != row.name:
            difference.renamed[path] = row
        else:
            difference.unchanged += 1
    return difference


def _insert(rows: Sequence[Row], parents: Mapping[str, UUID], now: datetime) -> None:
    """Insert new divisions; a column that is the same in every row is worked out once."""
    if not rows:
        return
    same = _same_in_all(now)
    constant = tuple(same.values())
    _put([*VARYING, *same], [(*varying, *constant) for varying in _varying(rows, parents)])


def _put(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    names, table = ", ".join(map(quote, columns)), quote(Area._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A statement a row takes five times as long here; SQLite has no such distance.
            with cast("Any", cursor).copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _varying(rows: Sequence[Row], parents: Mapping[str, UUID]) -> Iterator[tuple[Any, ...]]:
    # A field would prepare a key in 15 µs; there are two a row.
    native = connection.features.has_native_uuid_field
    cut = parent_level(Level(len(rows[0].path)))
    above = {path: key if native else key.hex for path, key in parents.items()}
    for path, name in ((row.path, row.name) for row in rows):
        key = new_id()
        yield key if native else key.hex, path, len(path), above.get(path[:cut]), path, name


def _same_in_all(now: datetime) -> dict[str, Any]:
    blank = Area(from_at=now, changed_at=now)
    return {
        column.column: column.get_db_prep_save(getattr(blank, column.attname), connection)
        for column in Area._meta.concrete_fields
        if column.column and column.column not in VARYING
    }


def _rename(renamed: Mapping[str, Row], now: datetime) -> None:
    areas = list(Area.objects.filter(path__in=list(renamed)))
    AreaVersion.objects.bulk_create([each for area in areas for each in former(area, now)], batch_size=500)
    for area in areas:
        area.name, area.changed_at = renamed[area.path].name, now
    Area.objects.bulk_update(areas, ["name", "changed_at"], batch_size=500)
