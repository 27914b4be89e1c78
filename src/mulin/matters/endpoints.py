"""The operations on matters for programs: the same actions and query sets as the pages."""

from typing import Annotated, Any
from uuid import UUID

import orjson
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Query, Router, Status
from ninja.files import UploadedFile

from mulin.kernel.db import rows
from mulin.kernel.refusals import Invalid, NotYours
from mulin.kernel.shapes import Problem
from mulin.kernel.worktime import Limit, Unit
from mulin.matters import shapes
from mulin.matters.actions.about import check_settled, find_about
from mulin.matters.actions.act import act, is_alone
from mulin.matters.actions.contact import reveal_contact, sees_reporter
from mulin.matters.actions.note import note
from mulin.matters.actions.numbers import prepare_number
from mulin.matters.actions.options import Choice, Choosing, parse_choice
from mulin.matters.actions.photos import add_photos, make_safe
from mulin.matters.actions.report import Raised, report, settle
from mulin.matters.actions.reporters import ReporterGiven
from mulin.matters.actions.types import change_type, close_type, set_limit
from mulin.matters.actions.where import whereabouts
from mulin.matters.endpoints_after import closed, figures, rechecks, who_does_what
from mulin.matters.endpoints_before import router as before
from mulin.matters.endpoints_export import router as exports
from mulin.matters.endpoints_files import router as files
from mulin.matters.endpoints_handover import router as hand_over
from mulin.matters.endpoints_import import router as imports
from mulin.matters.endpoints_paper import router as papers
from mulin.matters.endpoints_takes import router as takes
from mulin.matters.models import Matter, MatterType, Part, Photo
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.queries.kinds import kinds
from mulin.matters.queries.ladders import House
from mulin.matters.queries.lists import MOST, PAGE, Filters, MatterPage, Show, listed
from mulin.matters.queries.offers import Offer, offers
from mulin.matters.queries.rechecks import not_blind
from mulin.matters.queries.seeing import Seen, read_parts, see
from mulin.matters.queries.story import lines_for, works_with
from mulin.matters.queries.suggest import suggest_kinds
from mulin.matters.rules.case import Portion
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.moves import Ask, Outcome
from mulin.matters.rules.step import Given
from mulin.matters.views.people import read_reporters, secret_names
from mulin.matters.views.photos import picture
from mulin.places.face import Area
from mulin.posts.face import Permission, User, Who, needs, people_by_id, signed_in, who_asks

router = Router()
types = Router()
__all__ = [
    "before", "closed", "exports", "figures", "files", "hand_over", "imports",
    "papers", "rechecks", "router", "takes", "types", "who_does_what",
]  # fmt: skip
FAILS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
JPEG = {
    "responses": {200: {"description": "OK", "content": {"image/jpeg": {"schema": {"format": "binary"}}}}}
}
Limited = Annotated[int, Field(ge=1, le=MOST)]
Word = Annotated[str, Field(max_length=200)]


@router.get("", response={200: shapes.MatterPageOut, **FAILS})
@signed_in
def matters(
    request: HttpRequest, show: Word = "open", state: Word = "", type: Word = "", area: Word = "", level: Word = "",
    urgent: Word = "", channel: Word = "", q: Word = "", after: Word = "", limit: Limited = PAGE,
) -> Any:  # fmt: skip
    """List the matters that you may see; `show=mine` is your queue. Pages by key: pass `next` as `after`."""
    words = {
        "show": show, "state": state, "type": type, "area": area, "level": level, "urgent": urgent,
        "channel": channel, "q": q,
    }  # fmt: skip
    return _page(listed(who_asks(request), Filters.read(words, Show.OPEN), after=after, limit=limit))


def _page(page: MatterPage) -> HttpResponse:
    seats: dict[UUID, dict[str, Any]] = {}
    rows = [shapes.MatterOut.values(matter, seats) for matter in page.rows]
    return _answer({"items": rows, "next": page.next})


@router.post("", response={201: shapes.RaisedOut, **FAILS})
@needs(Permission.MATTER_RAISE)
def raise_matter(request: HttpRequest, body: shapes.MatterIn) -> Any:
    """Raise a matter, for yourself or for somebody else; with `done`, settle it on the spot."""
    who = who_asks(request)
    kind = _kind(body.type)
    where = whereabouts(kind, lon=body.lon, lat=body.lat, area=_area(body.area), address=body.address)
    about = find_about(body.about, where.place, who.now)
    if body.done:
        check_settled(about)
        raised = settle(
            kind, text=body.text, title=body.title, done=body.done, where=where, by=who, now=who.now,
            reporter=_reporter(body), secret=body.secret,
        )  # fmt: skip
    else:
        raised = report(
            kind, text=body.text, title=body.title, where=where, channel=body.channel, by=who, now=who.now,
            reporter=_reporter(body), secret=body.secret, about_area=about.area,
            about_organisation=about.organisation,
        )  # fmt: skip
    return _answer(_raised(raised), 201)


def _raised(raised: Raised) -> dict[str, Any]:
    matter = raised.matter
    return {
        "number": matter.number,
        "code": raised.code,
        "promise_at": matter.promise_at,
        "matter": shapes.MatterOut.values(matter),
    }


def _reporter(body: shapes.MatterIn) -> ReporterGiven | None:
    """A contact, nobody known, or (None) whoever asks."""
    if body.reporter:
        return ReporterGiven.with_contact(body.reporter.name, body.reporter.phone)
    return ReporterGiven() if body.anonymous else None


def _kind(code: str) -> MatterType:
    found = kinds().by_code.get(code)
    if found is None or found.level != 3 or found.closed_at:
        raise Invalid(code="kind", field="type")
    return found


def _area(path: str) -> Area | None:
    if not path:
        return None
    found = Area.objects.open().plain().filter(path=path).first()
    if found is None:
        raise Invalid(code="area", field="area")
    return found


def _mine(who: Who, number: str) -> Matter:
    """Fetched through what they may see: a stranger's matter does not exist."""
    return _seen(who, number).matter


def _seen(who: Who, number: str, *, lock: bool = False) -> Seen:
    seen = see(who, number, lock=lock)
    not_blind(seen.matter, who)
    return seen


@router.get("/{number}", response={200: shapes.MatterDetail, **FAILS})
@signed_in
def matter(request: HttpRequest, number: str) -> Any:
    """One matter. How to reach its reporter is asked apart, with a purpose."""
    who = who_asks(request)
    return _answer(_detail(_seen(who, number), who))


def _answer(data: dict[str, Any], status: int = 200) -> HttpResponse:
    """As Ninja would send it, without making the same thing three times over."""
    return HttpResponse(orjson.dumps(data), content_type="application/json; charset=utf-8", status=status)


def _detail(seen: Seen, who: Who) -> dict[str, Any]:
    matter, first, scope = seen.matter, seen.first, seen.scope
    same = (
        "text", "first_promise_at", "outcome", "rating", "solved", "passed_count", "return_count", "rework_count",
        "reopen_count", "urge_count", "supervise_count", "extension_count", "handover_count", "split_count",
        "meeting", "referral", "referred_from",
    )  # fmt: skip
    joined, split = (each.number if each else "" for each in (matter.joined_to, matter.split_from))
    known = sees_reporter(matter, who, scope)
    return {
        **shapes.MatterOut.values(matter),
        **{name: getattr(matter, name) for name in same},
        "joined_to": joined,
        "split_from": split,
        "taken_by": shapes.MatterPlace.values(matter.taken_by),
        "reporter": str(first.kind) if first and known else "",
        "has_contact": bool(first and first.contact_id and known),
        "parts": _parts(seen.parts, named=works_with(matter, who, scope)),
        "photos": [
            _photo(row).dict() for row in rows.select(Photo, "matter_id = %s", [matter.pk], order="at, id")
        ],
    }


def _parts(parts: list[Part], *, named: bool) -> list[dict[str, Any]]:
    people = people_by_id({part.person_id for part in parts if part.person_id}) if named else {}
    same = ("kind", "from_at", "to_at", "due_at", "ask", "answer", "amount", "until")
    return [
        {name: getattr(part, name) for name in same}
        | {
            "seat": shapes.MatterSeat.values(part.seat),
            "person": people[part.person_id].label if part.person_id in people else None,
        }
        for part in parts
    ]


def _photo(row: Photo) -> shapes.PhotoOut:
    return shapes.PhotoOut(id=str(row.pk), when=row.when, width=row.width, height=row.height, at=row.at)


@router.get("/{number}/timeline", response={200: list[shapes.LineOut], **FAILS})
@signed_in
def lines(request: HttpRequest, number: str) -> Any:
    """What happened, oldest first; whoever merely raised it is told what concerns them."""
    who = who_asks(request)
    return _told(_mine(who, number), who)


def _told(matter: Matter, who: Who) -> list[shapes.LineOut]:
    found = lines_for(matter, who)
    names = _names(matter, who, {line.by for line in found if line.by})
    return [
        shapes.LineOut(
            code=line.code, label=str(line.label), at=line.at, by=names.get(line.by) if line.by else None,
            words={name: said.text for name, said in line.words.items() if said.text is not None},
        )
        for line in found
    ]  # fmt: skip


def _names(matter: Matter, who: Who, ids: set[UUID]) -> dict[UUID, str]:
    """Who acted, by name: colleagues for colleagues, never a resident, and no reporter who asked for secrecy."""
    if not works_with(matter, who):
        return {}
    unnamed = secret_names(matter, read_reporters(matter), who, matter.scope())
    return {user.pk: user.label for user in User.objects.filter(pk__in=ids - unnamed)}


@router.get("/{number}/moves", response={200: shapes.MovesOut, **FAILS})
@signed_in
def moves(request: HttpRequest, number: str) -> Any:
    """What you may do now, and to whom it may be given."""
    who = who_asks(request)
    found = _mine(who, number)
    choosing = Choosing(found)
    made = [_offered(each, choosing) for each in offers(found, who)]
    every = {seat.value: seat for each in made for seat in each.seats}
    return shapes.MovesOut(version=found.version, moves=made, seats=list(every.values()))


def _offered(offer: Offer, choosing: Choosing) -> shapes.MoveOut:
    """A move with what it asks, and to whom this very move may give the matter."""
    seats: list[Choice] = choosing.of(offer.move) if Ask.SEAT in offer.asks else []
    return shapes.MoveOut(
        code=offer.code, label=offer.label, needs=list(offer.needs), asks=list(offer.asks), likely=offer.likely,
        seats=[shapes.ChoiceOut(value=seat.value, label=seat.label, fits=seat.fits) for seat in seats],
    )  # fmt: skip


@router.post("/{number}/moves/{move}", response={200: shapes.MatterDetail, **FAILS})
@signed_in
def make_move(request: HttpRequest, number: str, move: str, body: shapes.MoveIn) -> Any:
    """Make a move. 409 says who was faster and what they did."""
    who, given = who_asks(request), _given(body)
    if move in ("split", "refer"):
        prepare_number(who.now)
    with transaction.atomic():
        held = _seen(who, number, lock=is_alone(move))
        as_seen = held if is_alone(move) else None
        matter = act(held.matter, move, given=given, by=who, now=who.now, version=body.version, held=as_seen)
    return _answer(_detail(Seen(matter, read_parts(matter), held.first), who))


def _given(body: shapes.MoveIn) -> Given:
    seat = parse_choice(body.seat) if body.seat else None
    if body.seat and seat is None:
        raise Invalid(code="seat", field="seat")
    outcome = Outcome(body.outcome) if body.outcome else None
    return Given(
        note=body.note, reason=body.reason, seat=seat, outcome=outcome, rating=body.rating, solved=body.solved,
        amount=body.amount, until=body.until, other=body.other, kind=body.kind, place=body.place,
        portions=tuple(Portion(each.type, each.text) for each in body.portions),
    )  # fmt: skip


@router.post("/{number}/notes", response={201: shapes.LineOut, **FAILS})
@needs(Permission.MATTER_NOTE)
def add_note(request: HttpRequest, number: str, body: shapes.NoteIn) -> Any:
    """Write a note: for colleagues, or with `for_reporter` for whoever raised it."""
    who = who_asks(request)
    found = _mine(who, number)
    note(found, text=body.text, for_reporter=body.for_reporter, by=who, now=who.now)
    return Status(201, _told(found, who)[-1])


@router.post("/{number}/contact", response={200: shapes.ContactOut, **FAILS})
@needs(Permission.CONTACT_REVEAL)
def contact(request: HttpRequest, number: str, body: shapes.RevealIn) -> Any:
    """Show how to reach the reporter: for a purpose, and on record."""
    who = who_asks(request)
    shown = reveal_contact(_mine(who, number), purpose=body.purpose, by=who, now=who.now)
    return shapes.ContactOut(name=shown.name, phone=shown.phone)


@router.post("/{number}/photos", response={201: list[shapes.PhotoOut], **FAILS})
@needs(Permission.MATTER_HANDLE)
def send_photos(request: HttpRequest, number: str, photos: File[list[UploadedFile]]) -> Any:
    """Add photos of how it looks now."""
    who = who_asks(request)
    found = _mine(who, number)
    added = add_photos(found, make_safe(photos), by=who, now=who.now)
    return Status(201, [_photo(row) for row in added])


@router.get("/{number}/photos/{photo}", response={**FAILS}, openapi_extra=JPEG)
@signed_in
def photo_file(request: HttpRequest, number: str, photo: UUID, thumb: Query[bool] = False) -> Any:
    """The picture itself, as JPEG."""
    row = Photo.objects.filter(matter=_mine(who_asks(request), number), pk=photo).first()
    name = (row.thumb if thumb else row.file) if row else ""
    if not row:
        raise NotYours
    return picture(name)


@types.get("", response={200: list[shapes.MatterTypeOut], **FAILS})
@needs(Permission.MATTER_TYPE_READ)
def matter_types(request: HttpRequest) -> Any:
    """The whole matter list, groups among it."""
    rows = MatterType.objects.tree().select_related("parent").prefetch_related("limits", "rungs")
    house = House.read()
    return [shapes.MatterTypeOut.of(row, house) for row in rows]


@types.get("/suggest", response={200: list[shapes.MatterTypeOut], **FAILS})
@needs(Permission.MATTER_TYPE_READ)
def suggested_types(request: HttpRequest, text: Annotated[str, Field(max_length=TEXT_LIMIT)]) -> Any:
    """The entries that a text may be about, the best first."""
    listed = MatterType.objects.listed().select_related("parent").prefetch_related("limits", "rungs")
    house = House.read()
    return [shapes.MatterTypeOut.of(row, house) for row in suggest_kinds(text, listed)]


def _entry(code: str) -> MatterType:
    found = (
        MatterType.objects.tree()
        .select_related("parent")
        .prefetch_related("limits", "rungs")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise NotYours
    return found


@types.get("/{code}", response={200: shapes.MatterTypeOut, **FAILS})
@needs(Permission.MATTER_TYPE_READ)
def matter_type(request: HttpRequest, code: str) -> Any:
    """One entry of the list."""
    return shapes.MatterTypeOut.of(_entry(code), House.read())


@types.patch("/{code}", response={200: shapes.MatterTypeOut, **FAILS})
@needs(Permission.MATTER_TYPE_EDIT)
def edit_matter_type(request: HttpRequest, code: str, body: shapes.MatterTypeIn) -> Any:
    """Change an entry's words, or whether it shows on the public map."""
    who = who_asks(request)
    values = {name: value for name, value in body.dict(exclude_unset=True).items() if value is not None}
    change_type(_entry(code), values=values, by=who, now=who.now)
    return shapes.MatterTypeOut.of(_entry(code), House.read())


@types.post("/{code}/limits", response={200: shapes.MatterTypeOut, **FAILS})
@needs(Permission.MATTER_TYPE_EDIT)
def edit_limit(request: HttpRequest, code: str, body: shapes.LimitIn) -> Any:
    """Give an entry another limit from now on; open due dates are worked out anew."""
    who = who_asks(request)
    limit = Limit(body.amount, Unit(body.unit))
    set_limit(_entry(code), clock=Clock(body.clock), limit=limit, by=who, now=who.now)
    return shapes.MatterTypeOut.of(_entry(code), House.read())


@types.post("/{code}/close", response={200: shapes.MatterTypeOut, **FAILS})
@needs(Permission.MATTER_TYPE_EDIT)
def close_matter_type(request: HttpRequest, code: str) -> Any:
    """Take an entry off the list. Matters of it stay as they are."""
    who = who_asks(request)
    entry = _entry(code)
    close_type(entry, by=who, now=who.now)
    return shapes.MatterTypeOut.of(entry, House.read())
