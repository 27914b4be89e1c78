"""What programs say and are told before something is sent, and of voices."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.queries.before import FieldFind, PublicView
from mulin.matters.queries.similar import Similar
from mulin.matters.shapes import Path, ReporterIn, Short


class CheckIn(Schema):
    """What is about to be sent, as far as it is known."""

    type: Annotated[str, Field(max_length=12)]
    title: Annotated[str, Field(max_length=120)] = ""
    text: Annotated[str, Field(max_length=TEXT_LIMIT)] = ""
    address: Short = ""
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    area: Path = ""
    secret: bool = False
    about: Annotated[str, Field(max_length=60)] = ""


class FindOut(Schema):
    """Something personal: characters `start` to `end` of a field, and what could stand there instead.

    `certain` is false for what is only likely, such as names.
    """

    field: str
    kind: str
    label: str
    start: int
    end: int
    words: str
    instead: str
    certain: bool

    @staticmethod
    def of(each: FieldFind) -> "FindOut":
        find = each.find
        return FindOut(
            field=each.field, kind=str(each.kind), label=each.label, start=find.start, end=find.end,
            words=find.words, instead=find.instead, certain=find.certain,
        )  # fmt: skip


class SimilarOut(Schema):
    """An open matter of the same kind near by. `key` goes into me-too; number and title are for staff only."""

    key: str
    type_label: str
    kind: str
    state_label: str
    since: datetime
    voices: int
    metres: int | None
    number: str
    title: str

    @staticmethod
    def of(each: Similar) -> "SimilarOut":
        return SimilarOut(
            key=each.key, type_label=each.type_label, kind=each.kind, state_label=each.state_label,
            since=each.since, voices=each.voices, metres=each.metres, number=each.number, title=each.title,
        )  # fmt: skip


class PublicViewOut(Schema):
    """What everybody will see of it; with `why_not`, nothing."""

    shown: bool
    title: str
    state_label: str
    lon: float | None
    lat: float | None
    why_not: str

    @staticmethod
    def of(view: PublicView) -> "PublicViewOut":
        return PublicViewOut(
            shown=not view.why_not, title=view.title, state_label=view.state_label, lon=view.lon, lat=view.lat,
            why_not=view.why_not,
        )  # fmt: skip


class CheckOut(Schema):
    finds: list[FindOut]
    similar: list[SimilarOut]
    public: PublicViewOut


class ChoiceGroupOut(Schema):
    """Of whom one may complain at a place; a value goes into `about`."""

    label: str
    choices: list["AboutChoiceOut"]


class AboutChoiceOut(Schema):
    value: str
    label: str


class MeTooIn(Schema):
    """One more voice: `matter` is a key from the check, or for staff a number. Without a reporter it is yours."""

    matter: Short
    reporter: ReporterIn | None = None
    anonymous: bool = False


class TakeBackIn(Schema):
    """The number, and the code that the voice was given."""

    number: Annotated[str, Field(max_length=20)]
    code: Annotated[str, Field(max_length=40)]


class TakenBackOut(Schema):
    number: str
    voices: int


class VoiceOut(Schema):
    """`code` follows the matter; empty where your account had raised it already. `voices`: how many raised it."""

    number: str
    code: str
    voices: int
    again: bool
