"""What anybody may know: open matters of public kinds, by place and kind only."""

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema

from mulin.kernel import throttle
from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.matters.face import PublicSpot, public_spots
from mulin.places.face import Area, Level
from mulin.posts.face import WhoAnswers, client_address, open_to_all, who_answers, who_asks

router = Router()
LOOKS, WINDOW = (
    600,
    timedelta(minutes=10),
)  # how often an address may look up who answers, here and at the portal
Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]


class PublicSpotOut(Schema):
    """A matter as strangers see it: its kind, its state, and its place to within about twenty metres."""

    lon: float
    lat: float
    type: str
    type_label: str
    kind: str
    state_label: str
    voices: int

    @staticmethod
    def of(spot: PublicSpot) -> "PublicSpotOut":
        return PublicSpotOut(
            lon=spot.lon, lat=spot.lat, type=spot.type, type_label=spot.type_label, kind=spot.kind,
            state_label=spot.state_label, voices=spot.voices,
        )  # fmt: skip


@router.get("/matters", response={200: list[PublicSpotOut], 400: Problem, 422: Problem}, auth=None)
@open_to_all("What is open in public places is for everybody to see; no texts, no numbers, no people.")
def matters(request: HttpRequest, west: Lon, south: Lat, east: Lon, north: Lat) -> Any:
    """Open matters of public kinds in a rectangle, at most 2,000 of them, newest first."""
    return [PublicSpotOut.of(spot) for spot in public_spots((west, south, east, north))]


class AnsweringOut(Schema):
    """A person at work for the place, or a seat that is vacant now (no name); `phone` is an office's."""

    role: str
    area: str
    name: str
    phone: str


class ServingOut(Schema):
    """An organisation that serves the place."""

    name: str
    does: list[str]
    phone: str


class WhoAnswersOut(Schema):
    """Who answers for a place: whoever was made to, the seats of its grid and community, and who serves it."""

    path: str
    name: str
    duties: list[AnsweringOut]
    seats: list[AnsweringOut]
    bodies: list[ServingOut]

    @staticmethod
    def of(found: WhoAnswers) -> "WhoAnswersOut":
        seats = [
            AnsweringOut(role=str(role), area=area.path, name=name, phone=phone)
            for role, area, people in found.seats
            for name, phone in [(each.name, each.phone) for each in people] or [("", "")]
        ]
        return WhoAnswersOut(
            path=found.area.path,
            name=found.area.label,
            duties=[
                AnsweringOut(role=str(each.role), area=each.area.path, name=each.name, phone=each.phone)
                for each in found.duties
            ],
            seats=seats,
            bodies=[
                ServingOut(name=each.name, does=[str(does) for does in each.does], phone=each.phone)
                for each in found.bodies
            ],
        )


@router.get(
    "/places/{path}/who",
    response={200: WhoAnswersOut, **dict.fromkeys((400, 404, 422, 429), Problem)},
    auth=None,
)
@open_to_all("Whoever lives here may know who answers for their building.")
def who_answers_for(
    request: HttpRequest, path: Annotated[str, Path(max_length=24, pattern="^[0-9]+$")]
) -> Any:
    """Who answers for a building, a grid or a community: names of people at work, and numbers of offices."""
    who = who_asks(request)
    where = throttle.address(client_address(request))
    throttle.take(f"portal:answering:{where}", limit=LOOKS, per=WINDOW, now=who.now)
    area = Area.objects.plain().open().filter(path=path).first()
    if area is None or area.level < Level.VILLAGE:
        raise NotYours
    return WhoAnswersOut.of(who_answers(area, who.now))
