"""The staff list, printed slips and the organisation chart for programs: the same as at the desk."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.kernel.sheets import Row, Table
from mulin.posts import shapes
from mulin.posts.actions import issue_slips
from mulin.posts.actions.slips import Handed
from mulin.posts.actions.staff import check_size, take_in
from mulin.posts.actions.staff_phones import reveal_phones
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import User
from mulin.posts.queries.chart import Box, Chair, chart
from mulin.posts.queries.staff_list import lines, staff
from mulin.posts.queries.staff_reading import plan_of
from mulin.posts.rules import Permission
from mulin.posts.rules.slips import AT_ONCE, shown
from mulin.posts.rules.staff import AT_MOST, COLUMNS
from mulin.posts.views.chart import area_asked

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
Cell = Annotated[str, Field(max_length=1000)]
KEYS = tuple(column.key for column in COLUMNS)


class StaffOut(Schema):
    """One row for each post, by the names of the list's columns; phones are masked unless they were asked for."""

    columns: list[str]
    rows: list[dict[str, str]]


class StaffIn(Schema):
    """Rows by the names of the columns. With `dry_run` it is only said what they would do."""

    rows: Annotated[list[dict[Annotated[str, Field(max_length=40)], Cell]], Field(max_length=AT_MOST)]
    dry_run: bool = True


class WrongCell(Schema):
    """What is wrong: the first row is 1; no column where the row as a whole is meant."""

    row: int
    column: str
    words: str


class TakenOut(Schema):
    """What was done, or would be; with anything wrong nothing is done."""

    applied: bool
    counts: dict[str, int]
    wrong: list[WrongCell]


class SlipsIn(Schema):
    people: Annotated[list[UUID], Field(min_length=1, max_length=AT_ONCE)]


class SlipOut(Schema):
    """A code for the first sign-in: it works once, until it expires, and is told only here."""

    person: UUID
    username: str
    code: str
    expires_at: datetime


class ChairOut(Schema):
    role: str
    label: str
    holders: list[str]

    @staticmethod
    def of(chair: Chair) -> "ChairOut":
        return ChairOut(
            role=chair.role, label=str(chair.label), holders=[each.label for each in chair.holders]
        )


class BoxOut(Schema):
    """An area below: who leads there, how many people sit in it, how many seats in it are vacant."""

    area: shapes.PlaceOut
    lead: ChairOut | None
    people: int
    vacant: int

    @staticmethod
    def of(box: Box) -> "BoxOut":
        lead = ChairOut.of(box.lead) if box.lead else None
        return BoxOut(area=shapes.PlaceOut.of(box.area), lead=lead, people=box.people, vacant=box.vacant)


class ChartOut(Schema):
    """An area of the organisation chart: who sits there, its bodies, and the areas below it."""

    area: shapes.PlaceOut
    chairs: list[ChairOut]
    bodies: dict[str, list[ChairOut]]
    below: list[BoxOut]


@router.get("/staff-list", response={200: StaffOut, **FAILS})
@needs(Permission.PERSON_READ)
def staff_list(request: HttpRequest) -> Any:
    """Everybody of your area with a post, phones masked; the rows may come back by POST."""
    who = who_asks(request)
    return {"columns": KEYS, "rows": list(lines(staff(who), who, phones=False))}


@router.post("/staff-list/phones", response={200: StaffOut, **FAILS})
@needs(Permission.PERSON_REVEAL)
def staff_phones(request: HttpRequest, given: shapes.PurposeIn) -> Any:
    """The same with whole phone numbers; it is written down whose were read, and what for."""
    who = who_asks(request)
    people = reveal_phones(staff(who), purpose=given.purpose, by=who, now=who.now)
    return {"columns": KEYS, "rows": list(lines(people, who, phones=True))}


@router.post("/staff-list", response={200: TakenOut, **FAILS})
@needs(Permission.PERSON_MANAGE)
def staff_take_in(request: HttpRequest, given: StaffIn) -> Any:
    """Look at a list, or take it in as a whole. Whoever is not in it stays as they are."""
    who, table = who_asks(request), _table(given)
    check_size(table)
    plan = plan_of(table, who)
    wrong = [
        {"row": each.row, "column": each.column, "words": str(each.words)} for each in plan.problems[:200]
    ]
    if given.dry_run or wrong:
        return {"applied": False, "counts": plan.counts, "wrong": wrong}
    return {"applied": True, "counts": take_in(table, by=who, now=who.now), "wrong": []}


@router.post("/people/slips", response={201: list[SlipOut], **FAILS})
@needs(Permission.PERSON_READ)
def slips(request: HttpRequest, given: SlipsIn) -> Any:
    """Make codes for the first sign-in, for whoever prints them; older ones of these people count no more."""
    who, wanted = who_asks(request), set(given.people)
    found = list(User.objects.visible_to(who).filter(pk__in=wanted).order_by("name", "id"))
    if len(found) != len(wanted):
        raise NotYours
    return Status(201, [_slip(each) for each in issue_slips(found, by=who, now=who.now)])


@router.get("/chart", response={200: ChartOut, **FAILS})
@needs(Permission.POST_READ)
def organisation_chart(request: HttpRequest, area: shapes.Path = "") -> Any:
    """The organisation chart at an area; at your own without one."""
    who = who_asks(request)
    found = chart(area_asked(who, area), who)
    return {
        "area": shapes.PlaceOut.of(found.area),
        "chairs": [ChairOut.of(chair) for chair in found.chairs],
        "bodies": {str(box.body.id): [ChairOut.of(chair) for chair in box.chairs] for box in found.bodies},
        "below": [BoxOut.of(box) for box in found.below],
    }


def _table(given: StaffIn) -> Table:
    """As if it had come from a sheet; a column that the list does not know is left alone."""
    kept = [{key: " ".join(row.get(key, "").split()) for key in KEYS} for row in given.rows]
    rows = [Row(number, values) for number, values in enumerate(kept, start=1) if any(values.values())]
    return Table("API", rows, {key: key for key in KEYS})


def _slip(handed: Handed) -> dict[str, object]:
    user = handed.user
    return {
        "person": user.id,
        "username": user.username,
        "code": shown(handed.code),
        "expires_at": handed.expires_at,
    }
