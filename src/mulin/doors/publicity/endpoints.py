"""What grids make public, for programs: the boards, the numbers to call, paper ordered."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema

from mulin.doors.publicity.actions import order_paper
from mulin.doors.publicity.grids import grid_there
from mulin.doors.publicity.plan import Order
from mulin.doors.publicity.views.desk import numbered
from mulin.doors.publicity.views.public import take_look
from mulin.kernel.shapes import Problem
from mulin.posts.face import Board, Permission, boards, needs, open_to_all, set_public_numbers, who_asks

router, public_grids = Router(), Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)
AreaPath = Annotated[str, Path(max_length=24, pattern="^[0-9]+$")]


class BoardLineOut(Schema):
    """A person at work for the grid, or a seat that is vacant now (no name); `phone` is an office's."""

    role: str
    area: str
    name: str
    phone: str


class BoardOut(Schema):
    """What a grid makes public."""

    path: str
    name: str
    people: list[BoardLineOut]
    contact: str
    supervision: str

    @staticmethod
    def of(board: Board) -> "BoardOut":
        people = [
            BoardLineOut(role=str(line.role), area=line.area.path, name=line.name, phone=line.phone)
            for line in board.lines
        ]
        return BoardOut(
            path=board.grid.path, name=board.grid.label, people=people, contact=board.contact,
            supervision=board.supervision,
        )  # fmt: skip


class PaperIn(Schema):
    """Signboards or contact cards for all grids of an area; `each` 0: a card for each home that is entered."""

    what: Literal["signboards", "cards"]
    area: Annotated[str, Field(max_length=24, pattern="^[0-9]+$")]
    language: Literal["zh-hans", "en"] = "zh-hans"
    each: Annotated[int, Field(ge=0, le=2000)] = 0


class PaperOut(Schema):
    """The job that prints: see `/jobs`."""

    job: str


class NumbersIn(Schema):
    """Numbers of offices; both empty: those of the area above count."""

    contact: Annotated[str, Field(max_length=40)] = ""
    supervision: Annotated[str, Field(max_length=40)] = ""


@public_grids.get("/grids/{path}", response={200: BoardOut, **FAILS}, auth=None)
@open_to_all("What a grid makes public is for whoever passes its signboard.")
def one(request: HttpRequest, path: AreaPath) -> Any:
    """Who works in a grid, whom to call, and whom to complain to about the grid itself."""
    who = who_asks(request)
    take_look(request, who.now)
    return BoardOut.of(boards([grid_there(path)], who.now)[0])


@router.post("/papers", response={200: PaperOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PUBLICITY_PRINT)
def order(request: HttpRequest, body: PaperIn) -> Any:
    """Print signboards or contact cards, as a job."""
    who = who_asks(request)
    wanted = Order(body.what, body.area, body.language, request.build_absolute_uri("/"), body.each)
    return PaperOut(job=str(order_paper(wanted, by=who, now=who.now).pk))


@router.post("/numbers/{path}", response={200: BoardOut | None, **FAILS})
@needs(Permission.DESK_OPEN, Permission.ORGANISATION_MANAGE)
def numbers(request: HttpRequest, path: AreaPath, body: NumbersIn) -> Any:
    """Set whom to call about a town, a community or a grid; of a grid its board is answered."""
    who, area = who_asks(request), numbered(path)
    set_public_numbers(area, contact=body.contact, supervision=body.supervision, by=who, now=who.now)
    return BoardOut.of(boards([area], who.now)[0]) if area.family_id else None
