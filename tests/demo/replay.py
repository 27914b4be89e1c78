"""Plays stored matters again through the real actions, in a database where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db import connection

from mulin.journal.face import Line, Subject, timeline
from mulin.kernel import search
from mulin.matters.actions.searching import TABLE
from mulin.matters.face import (
    MOVES,
    Given,
    Matter,
    Outcome,
    Reporter,
    ReporterGiven,
    ReporterKind,
    SeatKey,
    act,
    close_unchecked,
    report,
    settle,
    whereabouts,
)
from mulin.places.face import Area, Level
from mulin.posts.face import Seat, User, Who

# Several moves write the same entry; the history knows the first of each, and what the system does by itself.
CODE_OF = {move.entry: move.code for move in reversed(MOVES)}
BY_SYSTEM = {"matter.resumed": "resume_due"}
# What a second telling cannot have the same: its number, and the code that only its reporter knows.
OTHERWISE = {"number"}


@dataclass(frozen=True)
class Script:
    """All there is to know of a matter: its rows, and what was done by whom."""

    row: dict[str, Any]
    reporter: Reporter
    lines: list[Line] = field(compare=False)


def scripts(matters: Iterable[UUID]) -> list[Script]:
    return [_script(pk) for pk in matters]


def _script(pk: UUID) -> Script:
    row = Matter.objects.filter(pk=pk).values().get()
    reporter = Reporter.objects.select_related("contact", "user").get(matter=pk)
    return Script(dict(row), reporter, timeline(Subject("matter", pk)))


def snapshot(pk: UUID) -> dict[str, Any]:
    """Everything stored about a matter that must come out the same."""
    matter = Matter.objects.get(pk=pk)
    row = Matter.objects.filter(pk=pk).values().get()
    parts = (
        "kind",
        "ask",
        "answer",
        "seat",
        "person",
        "given_by",
        "due_at",
        "used",
        "extra",
        "from_at",
        "to_at",
    )
    reporter = Reporter.objects.select_related("contact").get(matter=pk)
    contact = reporter.contact
    return {
        "row": {name: value for name, value in row.items() if name not in OTHERWISE},
        "parts": list(matter.parts.order_by("from_at", "id").values_list(*parts)),
        "reporter": (reporter.kind, reporter.user_id, reporter.first, reporter.from_at),
        "contact": contact and (contact.name, contact.phone, contact.phone_index, contact.created_at),
        "entries": [_told(line) for line in timeline(Subject("matter", pk))],
        "found_by": _tokens(pk),
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """What differs, line by line, so that a failure can be read."""
    found = [
        f"row {name}: {one['row'][name]} / {value}"
        for name, value in other["row"].items()
        if one["row"][name] != value
    ]
    for part in ("parts", "entries"):
        longest = zip_longest(one[part], other[part])
        found += [f"{part}: {mine} / {theirs}" for mine, theirs in longest if mine != theirs]
    return found + [name for name in ("reporter", "contact", "found_by") if one[name] != other[name]]


def _told(line: Line) -> tuple[Any, ...]:
    facts = {name: value for name, value in line.facts.items() if name not in OTHERWISE}
    words = {name: (said.text, said.public) for name, said in line.words.items()}
    return line.code, line.at, line.by_kind, line.by, line.seat, facts, words


def _tokens(pk: UUID) -> list[str]:
    from mulin.kernel.search.table import _dialect  # the rows as they lie there

    found = _dialect().carrying(TABLE, [search.area_token("37")])
    return sorted(next(tokens for _key, id, tokens in found if id == pk))


def forget_all() -> None:
    """Take every matter out of this database, guards or not: what is left is the town and its staff."""
    with connection.cursor() as cursor:
        _lift_guards(cursor)
        for table, where in _OURS:
            cursor.execute(f'DELETE FROM "{table}"{where}')


_ENTRIES = "(SELECT id FROM journal_entry WHERE subject_kind = 'matter')"
_OURS: Sequence[tuple[str, str]] = (
    ("journal_outbox", ""),
    ("journal_feed", f" WHERE entry_id IN {_ENTRIES}"),
    ("journal_entrytext", f" WHERE entry_id IN {_ENTRIES}"),
    ("journal_entry", " WHERE subject_kind = 'matter'"),
    ("journal_head", " WHERE kind = 'matter'"),
    ("matters_search", ""),
    ("matters_part", ""),
    ("matters_reporter", ""),
    ("matters_contact", ""),
    ("matters_matter", ""),
)


def _lift_guards(cursor: Any) -> None:
    if connection.vendor == "postgresql":
        for table in ("journal_entry", "journal_entrytext"):
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


def play(all_scripts: Sequence[Script]) -> None:
    """All acts of all matters, in the order in which they happened, each at its time."""
    acts = [(line.at, line.seq, script, line) for script in all_scripts for line in script.lines]
    for at, _seq, script, line in sorted(acts, key=lambda each: (each[0], each[1], each[2].row["id"])):
        _play(script, line, at)


def _play(script: Script, line: Line, at: datetime) -> None:
    by = _who(line, at)
    code = BY_SYSTEM.get(line.code, CODE_OF[line.code]) if by.is_system else CODE_OF[line.code]
    if line.code == "matter.reopened" and line.seat:  # somebody who was asked to decide
        code = "redo"
    if code == "report":
        _report(script, by, at)
    elif code == "settle":
        _settle(script, line, by, at)
    elif code == "close_unchecked":
        close_unchecked(by=by, now=at)
    else:
        matter = Matter.objects.get(pk=script.row["id"])
        act(matter, code, given=_given(line), by=by, now=at, as_reporter=line.by is None)


def _who(line: Line, at: datetime) -> Who:
    if line.by_kind == "system":
        return Who.system(at)
    return Who.of(User.objects.get(pk=line.by), at) if line.by else Who.anonymous(at)


def _where(script: Script) -> Any:
    """Asked anew, with pin or area as a person would have given them; an entrance is never known from a pin."""
    row = script.row
    needs_area = row["lon"] is None or len(row["place"]) == Level.UNIT
    area = Area.objects.get(path=row["place"]) if needs_area else None
    kind = Matter(type_id=row["type_id"]).type
    return whereabouts(kind, lon=row["lon"], lat=row["lat"], area=area, address=row["address"])


def _report(script: Script, by: Who, at: datetime) -> None:
    row, reporter = script.row, script.reporter
    contact = reporter.contact
    given = ReporterGiven(
        ReporterKind(reporter.kind),
        contact.name if contact else "",
        contact.phone if contact else "",
        reporter.user,
    )
    report(
        Matter(type_id=row["type_id"]).type, text=row["text"], where=_where(script), channel=row["channel"], by=by,
        now=at, reporter=given, secret=row["secret"], id=row["id"],
    )  # fmt: skip


def _settle(script: Script, line: Line, by: Who, at: datetime) -> None:
    row = script.row
    settle(
        Matter(type_id=row["type_id"]).type, text=row["text"], done=line.words["reason"].text or "",
        where=_where(script), by=by, now=at, id=row["id"],
    )  # fmt: skip


def _given(line: Line) -> Given:
    """What was filled in then, read from what the journal kept of it."""
    facts, words = line.facts, {name: said.text or "" for name, said in line.words.items()}
    seat = Seat.objects.get(pk=facts["lead"]) if "lead" in facts else None
    return Given(
        note=words.get("note", ""),
        reason=words.get("reason", ""),
        seat=SeatKey(seat.role, seat.area_id, seat.organisation_id) if seat else None,
        outcome=Outcome(facts["outcome"]) if "outcome" in facts else None,
        rating=facts.get("rating"),
        solved=facts.get("solved"),
        amount=facts.get("amount"),
        until=date.fromisoformat(facts["until"]) if "until" in facts else None,
    )
