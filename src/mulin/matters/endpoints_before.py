"""What programs ask before they send something, and me too. Stands before the operations on one matter by number."""

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Status

from mulin.kernel import numbers, throttle
from mulin.kernel.refusals import Invalid, NotYours
from mulin.kernel.shapes import Problem
from mulin.matters import shapes_before as shapes
from mulin.matters.actions.about import about_choices
from mulin.matters.actions.me_too import may_get_voices, me_too, withdraw_voice
from mulin.matters.actions.reporters import ReporterGiven, opened_by
from mulin.matters.actions.where import whereabouts
from mulin.matters.models import Matter, MatterType
from mulin.matters.queries.before import finds_in, public_view
from mulin.matters.queries.similar import Spot, known_to, matter_of_key, similar
from mulin.places.face import Area
from mulin.posts.face import Permission, Who, needs, who_asks

router = Router()
TRIES_PER_HOUR = 60
FAILS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
AreaPath = Annotated[str, Field(max_length=24, pattern=r"^[0-9]*$")]


@router.post("/check", response={200: shapes.CheckOut, **FAILS})
@needs(Permission.MATTER_RAISE)
def check(request: HttpRequest, body: shapes.CheckIn) -> Any:
    """Look before it is sent: what is personal in it, what is known already, what all will see. Stores nothing."""
    who = who_asks(request)
    kind = _kind(body.type)
    spot = _spot(kind, body)
    texts = {"title": body.title, "text": body.text, "address": body.address}
    return shapes.CheckOut(
        finds=[shapes.FindOut.of(each) for each in finds_in(texts)],
        similar=[
            shapes.SimilarOut.of(each) for each in similar(kind, spot, who=who, public=not who.is_staff)
        ],
        public=shapes.PublicViewOut.of(public_view(kind, spot, secret=body.secret, about=bool(body.about))),
    )


def _kind(code: str) -> MatterType:
    found = MatterType.objects.listed().filter(code=code).first()
    if found is None:
        raise Invalid(code="kind", field="type")
    return found


def _spot(kind: MatterType, body: shapes.CheckIn) -> Spot:
    """Where it is, as far as that is said; without a place nothing is near by."""
    if not body.area and (body.lon is None or body.lat is None):
        return Spot()
    where = whereabouts(kind, lon=body.lon, lat=body.lat, area=open_area(body.area), address=body.address)
    return Spot(where.place.path, where.lon, where.lat)


def open_area(path: str) -> Area | None:
    if not path:
        return None
    found = Area.objects.open().plain().filter(path=path).first()
    if found is None:
        raise Invalid(code="area", field="area")
    return found


@router.get("/about", response={200: list[shapes.ChoiceGroupOut], **FAILS})
@needs(Permission.MATTER_RAISE)
def about(request: HttpRequest, area: AreaPath, q: Annotated[str, Field(max_length=60)] = "") -> Any:
    """Of whom one may complain at a place: those who look after it, and bodies that serve it, narrowed down by `q`."""
    place = open_area(area)
    if place is None:
        raise Invalid(code="area", field="area")
    return [
        shapes.ChoiceGroupOut(
            label=label, choices=[shapes.AboutChoiceOut(value=value, label=words) for value, words in options]
        )
        for label, options in about_choices(place, who_asks(request).now, q)
    ]


@router.post("/me-too", response={201: shapes.VoiceOut, **FAILS})
@needs(Permission.MATTER_RAISE)
def add_voice(request: HttpRequest, body: shapes.MeTooIn) -> Any:
    """Add a voice to what is known, for yourself or for a caller, instead of raising it again."""
    who = who_asks(request)
    voice = me_too(_known(who, body.matter), by=who, now=who.now, reporter=_reporter(body))
    return Status(
        201,
        shapes.VoiceOut(
            number=voice.matter.number, code=voice.code, voices=voice.matter.voices, again=voice.again
        ),
    )


@router.post("/me-too/take-back", response={200: shapes.TakenBackOut, **FAILS})
@needs(Permission.MATTER_RAISE)
def take_back(request: HttpRequest, body: shapes.TakeBackIn) -> Any:
    """Take a voice back by its number and code: it counts no more, and its contact is removed."""
    who = who_asks(request)
    throttle.take(
        f"me_too:code:{who.user and who.user.pk}", limit=TRIES_PER_HOUR, per=timedelta(hours=1), now=who.now
    )
    matter = Matter.objects.filter(number=numbers.parse(body.number) or "").first()
    voice = opened_by(matter or Matter(), body.code)
    if matter is None or voice is None:
        raise NotYours
    taken = withdraw_voice(matter, voice, by=who, now=who.now)
    return shapes.TakenBackOut(number=taken.number, voices=taken.voices)


def _known(who: Who, named: str) -> Matter:
    """By the key that they were shown; staff by number, too. A stranger's matter does not exist."""
    id = matter_of_key(named)
    if id:
        found = known_to(who, id, public=not who.is_staff)
    else:
        rows: Any = Matter.objects.visible_to(who) if who.is_staff else Matter.objects.none()
        found = rows.filter(number=numbers.parse(named) or "").first()
    if found is None:
        raise NotYours
    if not may_get_voices(found):
        raise Invalid(code="not_open", field="matter")
    return found


def _reporter(body: shapes.MeTooIn) -> ReporterGiven | None:
    if body.reporter:
        return ReporterGiven.with_contact(body.reporter.name, body.reporter.phone)
    return ReporterGiven() if body.anonymous else None
