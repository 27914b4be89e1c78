"""What each seat takes, for programs."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema

from mulin.kernel.shapes import Problem
from mulin.matters.queries.takes import DutySheet, duty_sheets
from mulin.matters.views.takes import takes_printed
from mulin.matters.views.who_table import town_asked
from mulin.posts.face import Permission, needs, who_asks

router = Router()
FAILS = dict.fromkeys((400, 401, 403, 404, 422, 429, 503), Problem)
PDF = {
    "responses": {
        200: {"description": "OK", "content": {"application/pdf": {"schema": {"format": "binary"}}}}
    }
}
AreaPath = Annotated[str, Field(max_length=24, pattern=r"^[0-9]*$")]
Key = Annotated[str, Path(max_length=40, pattern=r"^[a-z_-]+$")]


class TakeOut(Schema):
    """A kind of matter, what the seat does with it, and by when, each in words and in this order."""

    code: str
    name: str
    does: list[str]
    within: list[str]


class DutySheetOut(Schema):
    """Everything that comes to a role (`key` is its code) or to a function of bodies (`body-` before it)."""

    key: str
    title: str
    sits: str
    takes: list[TakeOut]

    @staticmethod
    def of(sheet: DutySheet) -> "DutySheetOut":
        takes = [
            TakeOut(
                code=take.kind.code,
                name=take.kind.label,
                does=[does.value for does in take.does],
                within=list(take.limits),
            )
            for take in sheet.takes
        ]
        return DutySheetOut(key=sheet.key, title=sheet.title, sits=sheet.sits, takes=takes)


@router.get("", response={200: list[DutySheetOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
def takes(request: HttpRequest, town: AreaPath = "") -> Any:
    """What each seat of a town takes, made from the matter list and the town's table of who does what."""
    who = who_asks(request)
    return [DutySheetOut.of(sheet) for sheet in duty_sheets(town_asked(who, town), who)]


@router.get("/{key}/paper", response={**FAILS}, openapi_extra=PDF)
@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
def takes_paper(
    request: HttpRequest, key: Key, town: AreaPath = "", language: Literal["zh-hans", "en"] = "zh-hans"
) -> Any:
    """The list of one seat on paper; `all` is every seat."""
    who = who_asks(request)
    return takes_printed(town_asked(who, town), key, who, language=language)
