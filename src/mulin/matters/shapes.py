"""What programs are told of matters, and what they say."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from mulin.matters.labels import state_label
from mulin.matters.models import Matter, MatterType
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.queries.ladders import House, rungs_of
from mulin.matters.rules.ladder import Rung
from mulin.places.face import Area
from mulin.posts.face import Seat

Short = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=2000)]
Path = Annotated[str, Field(max_length=24, pattern=r"^[0-9]*$")]


class MatterPlace(Schema):
    path: str
    name: str
    name_en: str

    @staticmethod
    def values(area: Area) -> dict[str, Any]:
        return {"path": area.path, "name": area.name, "name_en": area.name_en}

    @staticmethod
    def of(area: Area) -> "MatterPlace":
        return MatterPlace(**MatterPlace.values(area))


class MatterSeat(Schema):
    """A seat: a role at an area or an organisation."""

    id: str
    role: str
    label: str

    @staticmethod
    def values(seat: Seat) -> dict[str, Any]:
        return {"id": str(seat.pk), "role": seat.role, "label": seat.label}

    @staticmethod
    def of(seat: Seat) -> "MatterSeat":
        return MatterSeat(**MatterSeat.values(seat))


class MatterOut(Schema):
    """One row of a list."""

    number: str
    title: str
    state: str
    state_label: str
    kind: str
    type: str
    type_label: str
    urgent: bool
    circulation: str
    held_at: MatterPlace
    turn: MatterSeat | None
    due_at: datetime | None
    promise_at: datetime
    reported_at: datetime
    closed_at: datetime | None
    address: str
    place: str
    lon: float | None
    lat: float | None
    channel: str
    version: int
    voices: int
    recurrence: int

    @staticmethod
    def values(matter: Matter, seats: dict[UUID, dict[str, Any]] | None = None) -> dict[str, Any]:
        """`seats`: those of the same page, each said once."""
        same = (
            "number", "title", "state", "urgent", "due_at", "promise_at", "reported_at", "closed_at", "address",
            "place", "lon", "lat", "channel", "version", "voices",
            "recurrence",
        )  # fmt: skip
        return {name: getattr(matter, name) for name in same} | {
            "kind": str(matter.kind),
            "state_label": state_label(matter.state),
            "type": matter.type.code,
            "type_label": matter.type_label,
            "circulation": str(matter.circulation),
            "held_at": MatterPlace.values(matter.held_at),
            "turn": _said_once(matter.turn, {} if seats is None else seats),
        }

    @staticmethod
    def of(matter: Matter) -> "MatterOut":
        return MatterOut(**MatterOut.values(matter))


def _said_once(seat: Seat | None, seats: dict[UUID, dict[str, Any]]) -> dict[str, Any] | None:
    if seat is None:
        return None
    if seat.pk not in seats:
        seats[seat.pk] = MatterSeat.values(seat)
    return seats[seat.pk]


class MatterPageOut(Schema):
    """`next` goes into `after` for the following page; empty on the last."""

    items: list[MatterOut]
    next: str


class PartOut(Schema):
    kind: str
    seat: MatterSeat
    person: str | None
    from_at: datetime
    to_at: datetime | None
    due_at: datetime | None
    ask: str  # what is asked of whoever decides; "meeting" on a lead that a meeting decided
    answer: str
    amount: int | None
    until: datetime | None


class PhotoOut(Schema):
    id: str
    when: str
    width: int
    height: int
    at: datetime


class MatterDetail(MatterOut):
    text: str
    first_promise_at: datetime
    taken_by: MatterPlace
    outcome: str
    rating: int | None
    solved: bool | None
    passed_count: int
    return_count: int
    rework_count: int
    reopen_count: int
    urge_count: int
    supervise_count: int
    extension_count: int
    handover_count: int
    split_count: int
    meeting: bool
    joined_to: str  # numbers, empty where there is none
    split_from: str
    referral: str
    referred_from: str
    reporter: str
    has_contact: bool
    parts: list[PartOut]
    photos: list[PhotoOut]


class LineOut(Schema):
    """One line of the timeline."""

    code: str
    label: str
    at: datetime
    by: str | None
    words: dict[str, str]


class MoveOut(Schema):
    """A move that may be made now, and what it asks."""

    code: str
    label: str
    needs: list[str]
    asks: list[str]
    likely: bool
    seats: "list[ChoiceOut]"  # to whom this move may give it


class ChoiceOut(Schema):
    """A seat that may be given the matter; `value` goes into `seat`."""

    value: str
    label: str
    fits: bool


class MovesOut(Schema):
    version: int
    moves: list[MoveOut]
    seats: list[ChoiceOut]


class ReporterIn(Schema):
    """Who it is from: with a phone a contact, without one nobody known."""

    name: Annotated[str, Field(max_length=60)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class MatterIn(Schema):
    """A new matter. Where: a pin, an area, or both. `done` settles it on the spot.

    `about` is whom it complains of, "area:<path>" or "body:<id>" (GET /matters/about names them): it starts above
    them, and they do not see it. `secret` keeps who raised it from whoever handles it.
    """

    type: Annotated[str, Field(max_length=12)]
    text: Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT)]
    title: Annotated[str, Field(max_length=120)] = ""
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    area: Path = ""
    address: Short = ""
    channel: Literal["api", "patrol", "window", "phone"] = "api"
    reporter: ReporterIn | None = None
    anonymous: bool = False
    secret: bool = False
    about: Annotated[str, Field(max_length=60)] = ""
    done: Words = ""


class RaisedOut(Schema):
    """`code` opens the matter for its reporter; it is told this once."""

    number: str
    code: str
    promise_at: datetime
    matter: MatterOut


class PortionIn(Schema):
    """One of the things that a matter is split into."""

    type: Annotated[str, Field(max_length=12)]
    text: Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT)]


class MoveIn(Schema):
    """What the move asks. With `version` it is refused where somebody else was faster.

    `amount` counts the unit of the type's limit of handling; `other` is the number of another matter; `kind` a code
    of the matter list and `place` the path of an area, to correct them; `portions` is what is split off.
    """

    version: int | None = None
    note: Words = ""
    reason: Words = ""
    seat: Annotated[str, Field(max_length=120)] = ""
    outcome: Literal["", "solved", "not_ours", "not_feasible", "settled_by_itself", "duplicate"] = ""
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    solved: bool | None = None
    amount: Annotated[int, Field(ge=1, le=365)] | None = None
    until: date | None = None
    other: Annotated[str, Field(max_length=40)] = ""
    kind: Annotated[str, Field(max_length=12)] = ""
    place: Path = ""
    portions: Annotated[list[PortionIn], Field(max_length=5)] = []


class NoteIn(Schema):
    text: Annotated[str, Field(min_length=1, max_length=2000)]
    for_reporter: bool = False


class RevealIn(Schema):
    purpose: Annotated[str, Field(max_length=20)]


class ContactOut(Schema):
    name: str
    phone: str


class LimitOut(Schema):
    clock: str
    amount: int
    unit: str


class RungOut(Schema):
    """A step of the ladder: at this percent of a turn's limit; `clock` null means of every limit."""

    percent: int
    clock: str | None
    reminds: list[str]
    hands_up: bool

    @staticmethod
    def of(rung: Rung) -> "RungOut":
        return RungOut(
            percent=rung.percent, clock=rung.clock, reminds=list(rung.tells), hands_up=rung.hand_up
        )


class MatterTypeOut(Schema):
    code: str
    parent: str | None
    level: int
    name: str
    name_en: str
    hint: str
    hint_en: str
    family: str
    start_level: int
    urgent: bool
    public: bool
    to_grids: bool
    temporary: bool
    valid_until: datetime | None
    consented_by: str
    sample: bool
    limits: list[LimitOut]
    ladder: list[RungOut]

    @staticmethod
    def of(kind: MatterType, house: House) -> "MatterTypeOut":
        same = (
            "code", "level", "name", "name_en", "hint", "hint_en", "family", "start_level", "urgent", "public",
            "to_grids", "temporary", "valid_until", "consented_by", "sample",
        )  # fmt: skip
        limits = [
            LimitOut(clock=row.clock, amount=row.amount, unit=row.unit)
            for row in kind.limits.all()
            if row.to_at is None
        ]
        values = {name: getattr(kind, name) for name in same}
        ladder = sorted(rungs_of(kind, house), key=lambda rung: rung.percent)
        return MatterTypeOut(
            **values, parent=kind.parent.code if kind.parent else None, limits=limits,
            ladder=[RungOut.of(rung) for rung in ladder],
        )  # fmt: skip


class MatterTypeIn(Schema):
    """What is not given stays as it is."""

    name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    name_en: Annotated[str, Field(max_length=120)] | None = None
    hint: Annotated[str, Field(max_length=400)] | None = None
    hint_en: Annotated[str, Field(max_length=400)] | None = None
    filing: Annotated[str, Field(max_length=400)] | None = None
    filing_en: Annotated[str, Field(max_length=400)] | None = None
    closing: Annotated[str, Field(max_length=400)] | None = None
    closing_en: Annotated[str, Field(max_length=400)] | None = None
    public: bool | None = None
    to_grids: bool | None = None


class LimitIn(Schema):
    clock: Literal["promise", "file", "dispatch", "accept", "handle", "check"]
    amount: Annotated[int, Field(ge=1, le=365)]
    unit: Literal["workday", "workhour", "workminute", "hour"]
