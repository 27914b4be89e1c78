"""Who is to be told of what now: the rows of the outbox, worked out for a whole batch in a fixed handful of
statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from mulin.journal.face import Entry, Outbox, facts_of
from mulin.matters.models import Matter, Part, PartKind, Reporter
from mulin.matters.queries.sight import Sight, read_sight
from mulin.matters.queries.sitters import Sitters, read_sitters
from mulin.matters.rules.telling import Audience, Telling, tellings
from mulin.posts.face import Seat, User

SUPERVISED = "matter.supervised"
UNSAID = tuple(f"type__{name}" for name in ("hint", "hint_en", "words", "handlers", "filing", "filing_en"))


@dataclass(frozen=True)
class Word:
    """One thing that one person would be told.

    `matter` is the one that the receiver knows, `about` the one that it happened to: they differ where it was
    joined. `seat` is the one on which they are told. `sees`: may still read it. `knows`: did it, or acted since.
    `overtaken`: the turn has moved on.
    """

    row: UUID
    kind: str
    urgent: bool
    entry: Entry
    facts: Mapping[str, Any]
    about: Matter
    matter: Matter
    user: User | None = None
    reporter: Reporter | None = None
    seat: Seat | None = None
    holder: Seat | None = None
    sees: bool = True
    knows: bool = False
    overtaken: bool = False


@dataclass
class Around:
    """Everything that a batch needs, read at once."""

    now: datetime
    entries: Mapping[UUID, Entry] = field(default_factory=dict)
    facts: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    matters: Mapping[UUID, Matter] = field(default_factory=dict)
    joined: Mapping[UUID, Matter] = field(default_factory=dict)
    parts: Mapping[UUID, list[Part]] = field(default_factory=dict)
    reporters: Mapping[UUID, list[Reporter]] = field(default_factory=dict)
    seats: Mapping[UUID, Seat] = field(default_factory=dict)
    supervised: Mapping[UUID, list[UUID]] = field(default_factory=dict)
    users: Mapping[UUID, User] = field(default_factory=dict)
    sitters: Sitters = field(default_factory=Sitters)


@dataclass(frozen=True)
class Aim:
    """A telling of one row at one person or reporter, before anybody asked whether they may be told."""

    row: Outbox
    telling: Telling
    user: UUID | None = None
    seat: Seat | None = None
    reporter: Reporter | None = None


def words_of(rows: Iterable[Outbox], now: datetime) -> list[Word]:
    """Every word that these rows of the outbox are about, each receiver once a row."""
    rows = [row for row in rows if row.subject_kind == "matter" and row.entry_id]
    if not rows:
        return []
    around = _read(rows, now)
    aims = [aim for row in rows for aim in _once(_aims(row, around))]
    people = {aim.user for aim in aims if aim.user}
    around.users = User.objects.in_bulk(list(people))
    sight = read_sight(around.matters.values(), people, now)
    return [word for aim in aims if (word := _word(aim, around, sight))]


def _read(rows: list[Outbox], now: datetime) -> Around:
    ids = {row.subject for row in rows}
    around = Around(now)
    around.entries = Entry.objects.in_bulk([row.entry_id for row in rows])
    around.facts = {id: facts_of(entry) for id, entry in around.entries.items()}
    around.matters = read_matters(ids)
    around.parts = _parts(ids)
    around.reporters = _reporters(ids)
    around.joined = _joined(around)
    around.supervised = _supervised(rows, around)
    around.seats = _seats(around)
    around.sitters = read_sitters(
        around.seats.values(), givers(part for parts in around.parts.values() for part in parts), now
    )
    return around


def read_matters(ids: Iterable[UUID]) -> dict[UUID, Matter]:
    """With all that a word says of them."""
    found = Matter.objects.with_labels().select_related("about_area", "joined_to")
    return found.defer("text", "about_area__border", "joined_to__text", *UNSAID).in_bulk(list(ids))


def _parts(ids: Iterable[UUID]) -> dict[UUID, list[Part]]:
    """In the order in which they began."""
    found: dict[UUID, list[Part]] = {}
    seats = (
        "seat__area", "seat__organisation__home", "given_by__area", "given_by__organisation__home",
    )  # fmt: skip
    rows = Part.objects.filter(matter__in=list(ids)).select_related(*seats)
    for part in rows.defer(*(f"{seat}__border" for seat in seats)).order_by("from_at", "id"):
        found.setdefault(part.matter_id, []).append(part)
    return found


def givers(parts: Iterable[Part]) -> dict[UUID, Seat]:
    """Who gave a matter to the seats of organisations."""
    return {part.seat_id: part.given_by for part in parts if part.given_by and part.seat.organisation_id}


def _reporters(ids: Iterable[UUID]) -> dict[UUID, list[Reporter]]:
    """Of the matters themselves, and of those that were joined to them; not who took their voice back."""
    wanted = set(ids)
    rows = Reporter.objects.filter(Q(matter__in=wanted) | Q(matter__joined_to__in=wanted))
    found: dict[UUID, list[Reporter]] = {}
    rows = rows.exclude(first=False, code_hash="")
    for reporter in rows.annotate(main=F("matter__joined_to")).order_by("from_at", "id"):
        for id in {reporter.matter_id, reporter.main} & wanted:
            found.setdefault(id, []).append(reporter)
    return found


def _joined(around: Around) -> dict[UUID, Matter]:
    """The matters of those reporters that are not in the batch themselves."""
    theirs = {reporter.matter_id for reporters in around.reporters.values() for reporter in reporters}
    missing = theirs - around.matters.keys()
    return read_matters(missing) if missing else {}


def _supervised(rows: list[Outbox], around: Around) -> dict[UUID, list[UUID]]:
    """The seats that supervised these matters; asked only where one of them would be told."""
    wanted = {
        row.subject for row in rows
        if any(each.audience is Audience.SUPERVISOR for each in _tellings(row, around))
        and around.matters[row.subject].supervise_count
    }  # fmt: skip
    found: dict[UUID, list[UUID]] = {}
    if wanted:
        lines = Entry.objects.filter(subject__in=wanted, code=SUPERVISED)
        for subject, seat in lines.values_list("subject", "seat"):
            if seat:
                found.setdefault(subject, []).append(seat)
    return found


def _seats(around: Around) -> dict[UUID, Seat]:
    """Every seat that a word may be about or go to."""
    known = {part.seat_id: part.seat for parts in around.parts.values() for part in parts}
    given = (part.given_by for parts in around.parts.values() for part in parts)
    known |= {seat.pk: seat for seat in given if seat}
    named = {seat for facts in around.facts.values() if (seat := _id(facts.get("turn")))}
    named |= {seat for seats in around.supervised.values() for seat in seats}
    missing = named - known.keys()
    return known | (Seat.objects.at_places().in_bulk(list(missing)) if missing else {})


def _id(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


def _tellings(row: Outbox, around: Around) -> tuple[Telling, ...]:
    if row.entry_id not in around.entries or row.subject not in around.matters:
        return ()
    only = around.facts[row.entry_id].get("tells") if row.entry_id else None
    return tellings(row.kind, only if isinstance(only, list) else None)


def _once(aims: Iterable[Aim]) -> Iterator[Aim]:
    """Each receiver once: in the first way in which they would be told."""
    seen: set[UUID] = set()
    for aim in aims:
        receivers = {id for id in (aim.user, aim.reporter.pk if aim.reporter else None) if id}
        if not receivers & seen:
            seen |= receivers
            yield aim


def _aims(row: Outbox, around: Around) -> Iterator[Aim]:
    for telling in _tellings(row, around):
        if telling.audience is Audience.REPORTER:
            for reporter in around.reporters.get(row.subject, ()):
                if row.to in (None, reporter.user_id) and _is_meant(reporter, telling, row):
                    yield Aim(row, telling, reporter.user_id, None, reporter)
            continue
        for seat, people in _seated(row, telling, around):
            for user in people:
                if row.to in (None, user):
                    yield Aim(row, telling, user, seat)


def _is_meant(reporter: Reporter, telling: Telling, row: Outbox) -> bool:
    return not telling.between_us or (reporter.first and reporter.matter_id == row.subject)


Seated = tuple[Seat, tuple[UUID, ...]]


def _seated(row: Outbox, telling: Telling, around: Around) -> Iterator[Seated]:
    """The seats that a telling means, with the people there."""
    sitters, audience = around.sitters, telling.audience
    if audience in (Audience.TURN, Audience.SUPERIOR):
        seat = _turn(row, around)
        if seat:
            above = audience is Audience.SUPERIOR
            yield seat, sitters.superiors_of(seat) if above else sitters.of(seat)
    elif audience is Audience.SUPERVISOR:
        for id in around.supervised.get(row.subject, ()):
            if id in around.seats:
                yield around.seats[id], sitters.of(around.seats[id])
    else:
        yield from _by_parts(row, telling, around)


def _turn(row: Outbox, around: Around) -> Seat | None:
    """The seat that had the turn after the act."""
    assert row.entry_id  # noqa: S101 - only rows with an entry come here
    id = _id(around.facts[row.entry_id].get("turn"))
    return around.seats.get(id) if id else None


def _by_parts(row: Outbox, telling: Telling, around: Around) -> Iterator[Seated]:
    assert row.entry_id  # noqa: S101 - only rows with an entry come here
    at = around.entries[row.entry_id].at
    for part in _chosen(telling, around.parts.get(row.subject, []), at):
        if telling.audience is Audience.DISPATCHER:
            if part.given_by:
                yield part.given_by, around.sitters.of(part.given_by)
        elif part.person_id:
            yield part.seat, (part.person_id,)
        else:
            yield part.seat, around.sitters.of(part.seat)


def _chosen(telling: Telling, parts: list[Part], at: datetime) -> list[Part]:
    """The parts whose seats are meant."""
    leads = [part for part in parts if part.kind == PartKind.LEAD]
    match telling.audience:
        case Audience.LEAD | Audience.DISPATCHER:
            return leads[-1:]
        case Audience.FORMER:
            return [part for part in leads if part.to_at == at]
        case Audience.ASSISTANT:
            return _shares(parts, PartKind.ASSIST, at, telling.just_now)
        case _:
            return _shares(parts, PartKind.DECIDE, at, telling.just_now)


def _shares(parts: list[Part], kind: PartKind, at: datetime, just_now: bool) -> list[Part]:
    mine = [part for part in parts if part.kind == kind]
    if just_now:
        return [part for part in mine if at in (part.from_at, part.to_at)]
    return [part for part in mine if part.to_at in (None, at)]


def _theirs(reporter: Reporter | None, about: Matter, around: Around) -> Matter:
    """The matter under whose number the receiver knows it."""
    if reporter is None or reporter.matter_id == about.pk:
        return about
    return around.matters.get(reporter.matter_id) or around.joined[reporter.matter_id]


def _word(aim: Aim, around: Around, sight: Sight) -> Word | None:
    row = aim.row
    user = around.users.get(aim.user) if aim.user else None
    if row.entry_id is None or (user is None and aim.reporter is None):
        return None
    entry, about, turn = around.entries[row.entry_id], around.matters[row.subject], _turn(row, around)
    waits_for_turn = aim.telling.audience in (Audience.TURN, Audience.SUPERIOR)
    return Word(
        row=row.pk,
        kind=aim.telling.kind,
        urgent=aim.telling.urgent or about.urgent,
        entry=entry,
        facts=around.facts[entry.pk],
        about=about,
        matter=_theirs(aim.reporter, about, around),
        user=user,
        reporter=aim.reporter,
        seat=aim.seat,
        holder=turn,
        sees=aim.reporter is not None
        or (user is not None and sight.sees(user.pk, about.pk, aim.seat, around.sitters)),
        knows=user is not None and sight.knows(user.pk, about.pk, entry.seq),
        overtaken=waits_for_turn and turn is not None and about.turn_id != turn.pk,
    )
