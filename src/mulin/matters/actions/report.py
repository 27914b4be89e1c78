"""A matter comes in: reported by a resident or staff, or settled on the spot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import record
from mulin.kernel import geo
from mulin.kernel.db import rows
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.matters.actions import calendars
from mulin.matters.actions.apply import Seats, clock_columns, facts, store_parts, subject, words
from mulin.matters.actions.cases import Loaded, ground, type_facts, world
from mulin.matters.actions.concerned import above_concerned, concerned_people, of_matter
from mulin.matters.actions.numbers import next_number
from mulin.matters.actions.photos import SafePhotos, attach
from mulin.matters.actions.recurrence import link
from mulin.matters.actions.reporters import ReporterGiven, add_reporter
from mulin.matters.actions.risk import birth_share
from mulin.matters.actions.searching import index_known
from mulin.matters.actions.telling import tell
from mulin.matters.actions.temporary import require_valid
from mulin.matters.models import Matter, MatterType, Reporter
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.moves import BIRTHS, Move
from mulin.matters.rules.states import State
from mulin.matters.rules.step import Case, Change, Given, TypeFacts, birth
from mulin.matters.rules.who import Ground, SeatKey, handler_seats
from mulin.places.face import Area, Level, ancestor
from mulin.posts.face import Organisation, Permission, Who, require

TITLE_WIDTH = 80  # in Latin letters; a Chinese character is as wide as two


@dataclass(frozen=True)
class Whereabouts:
    """Where it is: the smallest known area, the grid that takes it, the pin and the words for the place."""

    place: Area
    taken_by: Area
    lon: float | None = None
    lat: float | None = None
    address: str = ""


@dataclass(frozen=True)
class Raised:
    """A new matter, and the code with which its reporter follows it: shown once, kept nowhere."""

    matter: Matter
    code: str


def report(
    kind: MatterType,
    *,
    text: str,
    where: Whereabouts,
    channel: str,
    by: Who,
    now: datetime,
    title: str = "",
    reporter: ReporterGiven | None = None,
    photos: SafePhotos = (),
    secret: bool = False,
    about_area: Area | None = None,
    about_organisation: Organisation | None = None,
    id: UUID | None = None,
) -> Raised:
    """Raise a matter (step 1, 采集上报). Anyone may; staff raise for others too.

    `about_area` or `about_organisation` is what it complains of: it starts above them and they do not see it.
    """
    new = _new(kind, text=text, title=title, where=where, channel=channel, now=now, secret=secret, id=id)
    _aim(new, about_area, about_organisation)
    number = next_number(now)
    with transaction.atomic():
        return _give_birth(new, BIRTHS["report"], Given(), number, by, now, reporter, photos, None)


def _aim(matter: Matter, area: Area | None, organisation: Organisation | None) -> None:
    """Say what it complains of, and hold it above them."""
    matter.about_area, matter.about_organisation = area, organisation
    matter.held_at = above_concerned(matter.held_at, matter.taken_by, of_matter(matter))


def settle(
    kind: MatterType,
    *,
    text: str,
    done: str,
    where: Whereabouts,
    by: Who,
    now: datetime,
    channel: str = "patrol",
    title: str = "",
    reporter: ReporterGiven | None = None,
    photos: SafePhotos = (),
    secret: bool = False,
    id: UUID | None = None,
) -> Raised:
    """Settle on the spot (现场办结): report, file and hand in as one act, by a worker or head of the grid.

    `reporter` is the resident who asked for it, if the settler did not find it themselves.
    """
    if not done.strip():
        raise Invalid(_("Please say what was done."), code="missing", field="reason")
    new = _new(kind, text=text, title=title, where=where, channel=channel, now=now, secret=secret, id=id)
    if new.held_at.level < Level.GRID:
        raise Invalid(_("Matters of this kind do not start in the grid: report it."), code="not_micro")
    seat = _own_handler_seat(new, by)
    number = next_number(now)
    with transaction.atomic():
        return _give_birth(
            new, BIRTHS["settle"], Given(reason=done), number, by, now, reporter, photos, seat
        )  # fmt: skip


def _new(
    kind: MatterType, *, text: str, title: str, where: Whereabouts, channel: str, now: datetime, secret: bool,
    id: UUID | None,
) -> Matter:  # fmt: skip
    """The row as it will be stored, but for what the first move decides."""
    text = clean(text, TEXT_LIMIT)
    if not text:
        raise Invalid(_("Please say what is the matter."), code="missing", field="text")
    if kind.level != 3 or kind.closed_at:
        raise Invalid(_("Please choose an entry of the matter list."), code="kind", field="type")
    require_valid(kind, now)
    held_at = start_area(kind, where.taken_by)
    return matter_row(
        kind, text=text, title=title, where=where, held_at=held_at, channel=channel, now=now, secret=secret,
        id=id or new_id(),
    )  # fmt: skip


def matter_row(
    kind: MatterType, *, text: str, title: str, where: Whereabouts, held_at: Area, channel: str, now: datetime,
    secret: bool, id: UUID,
) -> Matter:  # fmt: skip
    """The row of a new matter whose text is clean."""
    return Matter(
        id=id, type=kind, text=text, title=clean(title, 120) or title_from(text), channel=channel,
        urgent=kind.urgent, public=kind.public, secret=secret, address=clean(where.address, 200),
        lon=where.lon, lat=where.lat, spot=_spot(where), place=where.place.path, filed_place=where.place.path,
        taken_by=where.taken_by, held_at=held_at, reported_at=now, state_at=now,
    )  # fmt: skip


def title_from(text: str) -> str:
    """The first words of the text: up to the first end of a sentence, as many as one line holds."""
    first = text.replace("\n", "。").split("。")[0].split(". ")[0].strip() or text.strip()
    width, kept = 0, ""
    for letter in first:
        width += 2 if letter >= "\u2e80" else 1
        if width > TITLE_WIDTH:
            return kept[:-1].rstrip() + "…"
        kept += letter
    return kept


def _spot(where: Whereabouts) -> int | None:
    if where.lon is None or where.lat is None:
        return None
    return geo.morton(where.lon, where.lat)


def start_area(
    kind: MatterType, taken_by: Area, above: Callable[[Area, Level], Area | None] = ancestor
) -> Area:
    """Where it starts: in the grid that takes it, or at the level that its type names."""
    level = kind.start_level if kind.to_grids else min(kind.start_level, Level.VILLAGE)
    if level >= taken_by.level:
        return taken_by
    return above(taken_by, Level(level)) or taken_by


def _own_handler_seat(matter: Matter, by: Who) -> SeatKey:
    """The grid seat of this person that may settle here."""
    around = ground(matter.place, matter.taken_by, matter.held_at_id, matter.reported_at)
    mine = {SeatKey(post.seat.role, area=post.seat.area_id) for post in by.posts if post.seat.area_id}
    key = next((key for key in handler_seats(around) if key in mine), None)
    if key is None:
        raise NotAllowed(
            _("Only a worker or head of this grid settles here on the spot."), code="not_your_grid"
        )
    return key


def _give_birth(
    matter: Matter, move: Move, given: Given, number: str, by: Who, now: datetime,
    reporter: ReporterGiven | None, photos: SafePhotos, seat: SeatKey | None,
) -> Raised:  # fmt: skip
    if by.user:
        require(by, Permission.MATTER_RAISE)
    person = by.user.pk if by.user else None
    around = ground(matter.place, matter.taken_by, matter.held_at_id, matter.reported_at)
    around = link(matter, around, now, climbs=seat is None)
    source = reporter or ReporterGiven.of(by)
    case = first_case(
        matter, type_facts(matter.type), around, source.staff, concerned_people(matter, now),
        reachable=bool(source.phone),
    )  # fmt: skip
    share = birth_share(matter, move, source, person, seat, photos, now)
    change = birth(case, move, given, world(case, now, checked_share=share), person=person, seat=seat)
    seats = Seats()
    fill(matter, change, seats, number)
    rows.insert(matter)
    code = add_reporter(matter, source, now=now)
    store_parts(Loaded(matter, case, None), change, seats, now)
    acting = seats.get(seat)
    entry = record(
        move.entry, subject(matter), by=by.actor(acting.pk if acting else None), at=now,
        facts=birth_facts(matter, change, seats), words=words(move, given), first=True,
    )  # fmt: skip
    tell(matter, move, change, entry, by=by, now=now)
    when = "before" if seat is None else "after"  # settled on the spot, it is shown as it now is
    attach(matter, photos, when=when, by=by, now=now, by_reporter=seat is None)
    lead = seats.get(change.after.lead) if change.lead_started else None
    bodies = [lead.organisation_id] if lead and lead.organisation_id else []
    index_known(matter, bodies, Reporter(user=source.user))
    return Raised(matter, code)


def first_case(
    matter: Matter, kind: TypeFacts, around: Ground, reporter: UUID | None,
    concerned: frozenset[UUID] = frozenset(), *, reachable: bool = False,
) -> Case:  # fmt: skip
    """The case before its first move. `reporter` is the member of staff who raises it."""
    promise = Running(Clock.PROMISE, matter.reported_at)
    at = promise.due(kind.limit(Clock.PROMISE), calendars.of_place(matter.place))
    return Case(
        id=matter.pk, type=kind, ground=around, state=State.REPORTED, turn=None, due_at=None,
        promise_at=at or matter.reported_at, promise_clock=promise, reporter=reporter, concerned=concerned,
        deepest=of_matter(matter), reachable=reachable,
    )  # fmt: skip


def fill(matter: Matter, change: Change, seats: Seats, number: str) -> None:
    """Give the row what its first move decides."""
    after = change.after
    matter.number = number
    matter.state, matter.turn, matter.due_at = str(after.state), seats.get(after.turn), after.due_at
    matter.promise_at = matter.first_promise_at = after.promise_at
    matter.held_level = after.ground.held_at.level
    matter.rung, matter.next_rung_at = after.rung, after.next_rung_at
    clocks = clock_columns("due", after.turn_clock) | clock_columns("promise", after.promise_clock)
    for name, value in clocks.items():
        setattr(matter, name, value)


def birth_facts(matter: Matter, change: Change, seats: Seats) -> dict[str, Any]:
    kept = facts(change, seats)
    kept.pop("from", None)
    if matter.follows_id:
        kept |= {"follows": str(matter.follows_id), "times": matter.recurrence + 1}
    return kept | {
        "number": matter.number,
        "type": matter.type.code,
        "place": matter.filed_place,
        "channel": matter.channel,
        "promise": matter.promise_at.isoformat(),
    }
