"""Breaking the glass: opening in an emergency what lies outside one's area. The owner is told; it is reviewed.

It opens one person, by their exact number, or one door with whoever lives there; for three hours; to read, never to
change. Whether anybody outside one's area is recorded under a number is told here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Entry, Json, OutboxDraft, Purpose, Reading, outbox_add_many
from mulin.kernel import throttle
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Who, holders_of, may, require, seat_at, seats_by_id, who_may
from mulin.registry.actions.finding import check_number
from mulin.registry.actions.reading import note_reading, seat_used, subject_of
from mulin.registry.entries import entry
from mulin.registry.models import BreakGlass, Dwelling, Judged, Resident
from mulin.registry.queries.finding import of_resident

HOURS = timedelta(hours=3)
TRIES_AN_HOUR = 6
REASON_LIMIT, NOTE_LIMIT, SHORTEST_REASON = 400, 1000, 8
TOLD = "glass.broken"  # in the outbox
OWNERS = ("grid_worker", "grid_head")  # whose the record is, and who answers for them

Behind = Resident | Dwelling


def break_glass_on(number: str, *, reason: str, by: Who, now: datetime) -> BreakGlass:
    """Open the person with this document number or phone; of several with one phone whoever was confirmed last."""
    check_number(number)
    reason = _allowed(reason, by=by, now=now)
    found = Resident.objects.standing().filter(of_resident(number)).order_by("-confirmed_at", "id").first()
    return _break(found, [found.pk] if found else [], reason, by=by, now=now)


def break_glass_at(building: Area, door: str, *, reason: str, by: Who, now: datetime) -> BreakGlass:
    """Open one door of a building or unit, with whoever lives behind it."""
    reason = _allowed(reason, by=by, now=now)
    doors = Dwelling.objects.there().within(building.path).filter(number=door.strip())
    found = list(doors.order_by("place", "id")[:2])
    if len(found) > 1:
        words = _("This building has several doors with this number: say which unit.")
        raise Invalid(words, code="which_door", field="building")
    living = found[0].residences.filter(to_on=None).values_list("resident", flat=True) if found else ()
    return _break(found[0] if found else None, list(living), reason, by=by, now=now)


def _allowed(reason: str, *, by: Who, now: datetime) -> str:
    """The reason in its safe form; refuses who may not, who gives none, and who tries too often."""
    require(by, Permission.REGISTRY_BREAK_GLASS)
    if by.user is None:
        raise NotAllowed
    reason = clean(reason, REASON_LIMIT, field="reason")
    if len(reason) < SHORTEST_REASON:
        raise Invalid(_("Say in a few words what has happened."), code="reason", field="reason")
    throttle.take(f"registry.glass:{by.user.pk}", limit=TRIES_AN_HOUR, per=timedelta(hours=1), now=now)
    return reason


def _break(
    found: Behind | None, people: Sequence[UUID], reason: str, *, by: Who, now: datetime
) -> BreakGlass:
    """Written and told before anything is shown; a miss is written too, and somebody of one's own area."""
    if found is not None and may(by, Permission.REGISTRY_OPEN, found):
        _note(people, by=by, now=now)
        raise Invalid(_("This lies in your own area: open it there, as always."), code="yours")
    if found is None:
        _note(people, by=by, now=now)
        raise Invalid(_("Nothing is recorded under this. That you asked is written down."), code="nothing")
    with transaction.atomic():
        _note(people, by=by, now=now, about=found)
        glass = _opened(found, reason, by=by, now=now)
        told = entry(TOLD, found, _facts(glass), by=by, now=now)
        _tell_owners(found, told, by=by, now=now)
    return glass


def _note(people: Sequence[UUID], *, by: Who, now: datetime, about: Behind | None = None) -> None:
    note_reading(
        people, kind=Reading.SEARCH if about is None else Reading.PAGE, purpose=Purpose.EMERGENCY, by=by,
        now=now, permission=Permission.REGISTRY_BREAK_GLASS, about=about,
    )  # fmt: skip


def _opened(found: Behind, reason: str, *, by: Who, now: datetime) -> BreakGlass:
    assert by.user is not None  # noqa: S101 - asked before
    subject = subject_of(found)
    return BreakGlass.objects.create(
        user=by.user, seat=seat_used(by, Permission.REGISTRY_BREAK_GLASS), subject_kind=subject.kind,
        subject=subject.id, place=found.place, reason=reason, opened_at=now, until_at=now + HOURS,
    )  # fmt: skip


def _facts(glass: BreakGlass) -> dict[str, Json]:
    """Which seat, so that whoever is told can be told by whom; the reason lies with the glass."""
    seat = seats_by_id([glass.seat])[glass.seat] if glass.seat else None
    return {
        "glass": glass.pk,
        "until": glass.until_at.isoformat(),
        "role": seat.role if seat else None,
        "area": seat.area_id if seat else None,
        "organisation": seat.organisation_id if seat else None,
    }


def _tell_owners(found: Behind, told: Entry, *, by: Who, now: datetime) -> None:
    people = _owners(found, now) - {by.user.pk if by.user else None}
    outbox_add_many(OutboxDraft(TOLD, subject_of(found), told, now, user) for user in sorted(people))


def _owners(found: Behind, now: datetime) -> set[UUID]:
    """Who looks after that place: worker and head of its grid and village; where nobody does, whoever may."""
    areas = Area.objects.above(found.place).at_level(Level.GRID, Level.VILLAGE).values_list("pk", flat=True)
    seats = [seat_at(role, area) for area in areas for role in OWNERS]
    people = {user for seat in seats if seat for user in holders_of(seat.pk, now)}
    return people or {user.pk for user in who_may(Permission.REGISTRY_EDIT, found, now)}


def judge_glass(glass: BreakGlass, *, judged: str, note: str, by: Who, now: datetime) -> None:
    """Look again at what was opened: was there reason? Never by whoever opened it; once."""
    require(by, Permission.REGISTRY_REVIEW, glass)
    if by.user is None or by.user.pk == glass.user_id:
        raise NotAllowed(_("Somebody else has to look at what you opened yourself."))
    if judged not in Judged.values:
        raise Invalid(_("Please say what you make of it."), code="judged", field="judged")
    note = clean(note, NOTE_LIMIT, field="note")
    if judged == Judged.WRONG and not note:
        raise Invalid(_("Please say what happens now."), code="note", field="note")
    with transaction.atomic():
        open_yet = BreakGlass.objects.to_review().filter(pk=glass.pk)
        if open_yet.update(judged=judged, note=note, judged_by=by.user, judged_at=now) != 1:
            raise Conflict
        behind = Resident if glass.subject_kind == "resident" else Dwelling
        found = behind._default_manager.get(pk=glass.subject)
        entry("glass.judged", found, {"glass": glass.pk, "judged": judged}, by=by, now=now)
