"""What programs do after a matter was closed: that nobody answered, second looks, figures; and who does what."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from mulin.kernel import numbers
from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.matters.actions.following_up import not_reached
from mulin.matters.actions.rechecks import answer_recheck
from mulin.matters.models import Matter, Recheck
from mulin.matters.queries.rechecks import Solved, open_rechecks, solved_figures
from mulin.matters.queries.who_tables import own_rows, table_at
from mulin.matters.rules.confirmed import Answer, Share
from mulin.matters.views.figures import area_asked
from mulin.matters.views.who_table import town_asked
from mulin.posts.face import Permission, needs, who_asks

closed = Router()
rechecks = Router()
figures = Router()
who_does_what = Router()
FAILS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)
Words = Annotated[str, Field(max_length=2000)]
AreaPath = Annotated[str, Field(max_length=24, pattern=r"^[0-9]*$")]


class NotReachedIn(Schema):
    note: Words = ""


class NotReachedOut(Schema):
    """When to try again; nothing after the last try."""

    tries: int
    again_at: datetime | None


class RecheckOut(Schema):
    """What it was and where; never who handled it."""

    id: str
    title: str
    text: str
    type: str
    type_label: str
    place: str
    address: str
    due_at: datetime

    @staticmethod
    def of(row: Recheck) -> "RecheckOut":
        matter = row.matter
        return RecheckOut(
            id=str(row.pk), title=matter.title, text=matter.text, type=matter.type.code,
            type_label=matter.type_label, place=matter.place, address=matter.address, due_at=row.due_at,
        )  # fmt: skip


class RecheckIn(Schema):
    """`note` is needed where it is not solved, or cannot be told."""

    answer: Literal["solved", "not_solved", "cannot_tell"]
    note: Words = ""


class AnswerOut(Schema):
    answer: str
    answered_at: datetime | None


class ShareOut(Schema):
    """So many of so many; no percentage where there are too few to say."""

    part: int
    whole: int
    percent: float | None
    low: float | None
    high: float | None

    @staticmethod
    def of(share: Share) -> "ShareOut":
        low, high = share.interval or (None, None)
        return ShareOut(part=share.part, whole=share.whole, percent=share.percent, low=low, high=high)


class SolvedOut(Schema):
    """Confirmed solved (a blind sample, with Wilson's interval) beside closed in time."""

    area: str
    confirmed: ShareOut
    cannot_tell: int
    in_time: ShareOut

    @staticmethod
    def of(row: Solved) -> "SolvedOut":
        return SolvedOut(
            area=row.path, confirmed=ShareOut.of(row.confirmed), cannot_tell=row.cannot_tell,
            in_time=ShareOut.of(row.in_time),
        )  # fmt: skip


class WhoRowOut(Schema):
    """The roles in their order; `own` where the town has set them."""

    circulation: str
    function: str
    roles: list[str]
    own: bool


@closed.post("/{number}/not-reached", response={200: NotReachedOut, **FAILS})
@needs(Permission.MATTER_ASK)
def nobody_answered(request: HttpRequest, number: str, body: NotReachedIn) -> Any:
    """Write down that the reporter could not be reached to be asked how it went."""
    who = who_asks(request)
    matter = Matter.objects.visible_to(who).filter(number=numbers.parse(number) or "").first()
    if matter is None:
        raise NotYours
    not_reached(matter, note=body.note, by=who, now=who.now)
    return NotReachedOut(tries=matter.follow_tries, again_at=matter.follow_up_at)


@rechecks.get("", response={200: list[RecheckOut], **FAILS})
@needs(Permission.MATTER_CHECK)
def second_looks(request: HttpRequest) -> Any:
    """What waits for you to be looked at again."""
    return [RecheckOut.of(row) for row in open_rechecks(who_asks(request))[:100]]


@rechecks.post("/{id}", response={200: AnswerOut, **FAILS})
@needs(Permission.MATTER_CHECK)
def answer_second_look(request: HttpRequest, id: UUID, body: RecheckIn) -> Any:
    """Say what you found."""
    who = who_asks(request)
    row = open_rechecks(who).filter(pk=id).first()
    if row is None:
        raise NotYours
    done = answer_recheck(row, answer=Answer(body.answer), note=body.note, by=who, now=who.now)
    return AnswerOut(answer=done.answer, answered_at=done.answered_at)


@figures.get("/solved", response={200: list[SolvedOut], **FAILS})
@needs(Permission.MATTER_READ)
def solved(request: HttpRequest, area: AreaPath = "", days: Annotated[int, Field(ge=1, le=3660)] = 30) -> Any:
    """How much of what was closed is confirmed to be solved: of an area, then of each area in it."""
    who = who_asks(request)
    found = area_asked(who, area)
    if found is None:
        return []
    return [SolvedOut.of(row) for row in solved_figures(found.path, who.now - timedelta(days=days), who.now)]


@who_does_what.get("", response={200: list[WhoRowOut], **FAILS})
@needs(Permission.MATTER_TYPE_READ)
def table(request: HttpRequest, town: AreaPath = "") -> Any:
    """Whose turn it is for what, in each circulation of a town."""
    who = who_asks(request)
    path = town_asked(who, town).path
    own = {row.key for row in own_rows(path) if row.counts(who.now)}
    return [
        WhoRowOut(circulation=str(key[0]), function=str(key[1]), roles=list(roles), own=key in own)
        for key, roles in table_at(path, who.now).items()
    ]
