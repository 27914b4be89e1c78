"""Lists of former matters, as towns have them."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.kernel.sheets import Out, write
from mulin.matters.actions.imports.reading import pack, read_file
from mulin.matters.face import MatterType
from mulin.matters.models import Import, ImportStage
from mulin.posts.face import User
from tests.matters.world import NOW, a_kind, body_of, the_grid

TITLES = (
    "编号", "事项类别", "问题描述", "所属网格", "上报时间", "办结时间", "办理结果", "处理情况", "承办单位", "反映人",
    "联系电话", "满意度",
)  # fmt: skip


def a_row(number: str = "2025-0001", **changes: str) -> list[str]:
    """A row that is right, but for what is changed."""
    row = {
        "编号": number, "事项类别": lamp().name, "问题描述": "楼道灯不亮，老人上楼不方便", "所属网格": the_grid().path,
        "上报时间": "2025-06-03 09:20", "办结时间": "2025/6/5 16:00", "办理结果": "已解决", "处理情况": "换了灯泡",
        "承办单位": body_of("handler").name, "反映人": "李秀兰", "联系电话": "13800001234", "满意度": "满意",
    }  # fmt: skip
    return list((row | changes).values())


def a_list(*rows: Sequence[str], titles: Sequence[str] = TITLES) -> bytes:
    """As Excel."""
    return write([Out("2025", titles, rows)])


def lamp() -> MatterType:
    return a_kind(recurrence_days__gt=0)


def an_import_of(user: User, *, taken: bool = False) -> Import:
    """Their list, being prepared, or taken over."""
    sheet, columns = read_file(a_list(a_row()))
    stage = ImportStage.DONE if taken else ImportStage.DRAFT
    return Import.objects.create(
        by=user, stage=stage, name="2025.xlsx", table="" if taken else pack(sheet), columns=columns, rows=1, made_at=NOW
    )  # fmt: skip


def a_former_list() -> SimpleUploadedFile:
    """As somebody uploads it."""
    return SimpleUploadedFile("2025.xlsx", a_list(a_row()))


def former_columns() -> dict[str, str]:
    """Which column holds what, as the form says it."""
    return {key: str(place) for key, place in read_file(a_list(a_row()))[1].items()}
