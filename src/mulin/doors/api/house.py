"""The house's own care for programs: retention, how the nights went, seals of the journal."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from mulin.doors.desk.readings import Filters, Told, readings_for
from mulin.journal import face as journal
from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, needs, who_asks

kept, nights, journal_seals, read = Router(), Router(), Router(), Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)


class DueOut(Schema):
    """What is past its time now: `does` says what erasing it means."""

    name: str
    title: str
    does: str
    count: int


class RuleOut(Schema):
    """A class of record. `years` empty: as long as the house stands; 0: made anew."""

    rule: str
    reason: str
    years: float | None
    decided: bool
    by_itself: bool
    due: list[DueOut]

    @staticmethod
    def of(each: journal.Standing) -> "RuleOut":
        due = [
            DueOut(name=due.name, title=str(due.title), does=str(due.does), count=due.count)
            for due in each.due
        ]
        return RuleOut(
            rule=each.rule.code, reason=str(each.rule.reason), years=each.years, decided=each.decided,
            by_itself=each.by_itself, due=due,
        )  # fmt: skip


class RuleIn(Schema):
    years: Annotated[float, Field(ge=0.1, le=200)]
    by_itself: bool = False


class ErasedOut(Schema):
    """How many of each kind were erased."""

    erased: dict[str, int]


class NightOut(Schema):
    """One piece of nightly work. `problem` is a stable word, empty where it went well."""

    work: str
    night: str
    started_at: str
    ended_at: str | None
    problem: str
    facts: dict[str, Any]


class SealOut(Schema):
    """A seal; `file` is what is handed out."""

    number: int
    first: int
    last: int
    at: str
    root: str
    hash: str
    file: str


class GivenIn(Schema):
    file: Annotated[str, Field(max_length=2_100_000)]


class CheckedOut(Schema):
    """Whether the journal is still as it was when the seal was given; else what is not."""

    number: int
    last: int
    whole: bool
    problems: list[str]


@kept.get("", response={200: list[RuleOut], **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def rules(request: HttpRequest) -> Any:
    """A dry run: every rule, and what is past its time. It changes nothing."""
    return [RuleOut.of(each) for each in journal.retention_standing(who_asks(request).now)]


@kept.post("/{rule}", response={200: RuleOut, **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def decide(request: HttpRequest, rule: str, given: RuleIn) -> Any:
    """Say how many years, and whether what is past them is erased every night."""
    who = who_asks(request)
    _known(request, rule)
    journal.retention_decide(rule, years=given.years, by_itself=given.by_itself, by=who.actor(), at=who.now)
    return RuleOut.of(_known(request, rule))


@kept.post("/{rule}/erase", response={200: ErasedOut, **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def erase(request: HttpRequest, rule: str) -> Any:
    """Erase what is past its time under a rule that was decided on."""
    who = who_asks(request)
    if not _known(request, rule).decided:
        raise NotYours
    return ErasedOut(erased=journal.retention_run([rule], by=who.actor(), at=who.now))


def _known(request: HttpRequest, rule: str) -> journal.Standing:
    rows = journal.retention_standing(who_asks(request).now)
    found = next((each for each in rows if each.rule.code == rule), None)
    if found is None:
        raise NotYours
    return found


@nights.get("", response={200: list[NightOut], **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def recent(request: HttpRequest) -> Any:
    """The last backups, trials, retentions and seals, and how they went."""
    return [
        NightOut(
            work=each.work, night=each.night.isoformat(), started_at=each.started_at.isoformat(),
            ended_at=each.ended_at.isoformat() if each.ended_at else None, problem=each.problem, facts=each.facts,
        )
        for each in journal.nights.recent()
    ]  # fmt: skip


@journal_seals.get("", response={200: list[SealOut], **FAILS})
@needs(Permission.JOURNAL_READ)
def seals(request: HttpRequest) -> Any:
    """The last seals, the newest first."""
    return [_seal(each) for each in journal.Seal.objects.order_by("-number")[:30]]


@journal_seals.post("/check", response={200: CheckedOut, **FAILS})
@needs(Permission.JOURNAL_READ)
def check(request: HttpRequest, given: GivenIn) -> Any:
    """Hold a seal that was given outside against the journal."""
    seal = journal.Given(given.file.encode())
    problems = journal.check_seal(seal)
    return CheckedOut(number=seal.number, last=seal.last, whole=not problems, problems=problems)


def _seal(made: journal.Seal) -> SealOut:
    return SealOut(
        number=made.number, first=made.first, last=made.last, at=made.at.isoformat(), root=made.root,
        hash=made.hash, file=journal.seal_file(made).decode(),
    )  # fmt: skip


class ReadingOut(Schema):
    """One reading of personal data. `people`: how many records; of none, a search that found nobody."""

    id: UUID
    at: datetime
    reader: UUID
    seat: UUID | None
    kind: str
    purpose: str
    record_kind: str
    record: UUID | None
    people: int

    @staticmethod
    def of(told: Told) -> "ReadingOut":
        row = told.row
        return ReadingOut(
            id=row.pk, at=row.at, reader=row.reader, seat=row.seat, kind=row.kind, purpose=row.purpose,
            record_kind=row.subject_kind, record=row.subject, people=told.people,
        )  # fmt: skip


@read.get("", response={200: list[ReadingOut], **FAILS})
@needs(Permission.DISCLOSURE_READ)
def readings(
    request: HttpRequest,
    reader: Annotated[str, Field(max_length=100)] = "",
    record: UUID | None = None,
    after: Annotated[str, Field(max_length=80)] = "",
) -> Any:
    """Who looked at whose data, the newest first; pages by key: pass the last `id` as `after`."""
    rows, _more = readings_for(Filters(reader=reader, record=record), after=after)
    return [ReadingOut.of(row) for row in rows]
