"""Lists of homes for tests: rows by the Chinese titles of the template."""

from __future__ import annotations

import csv
import io
import threading
from typing import Any

from mulin.kernel import clock as house_clock
from mulin.kernel import jobs
from mulin.kernel.models import Job
from mulin.kernel.sheets import Out, write
from mulin.places.face import Area, Level
from mulin.registry.actions import bulk_import as acts
from mulin.registry.models import HomeImport
from tests.matters.world import NOW, the
from tests.registry import world

TITLES = (
    "所属社区或网格", "楼栋", "单元", "门牌号", "楼层", "房屋用途", "户号", "姓名", "与户主关系", "证件号码", "性别",
    "出生日期", "联系电话", "居住类型",
)  # fmt: skip


def a_row(unit: Area | None = None, **said: Any) -> list[Any]:
    """Somebody behind door 1101 of the building head's building."""
    unit = unit or world.a_unit()
    building = unit.parent if unit.level == Level.UNIT else unit
    assert building is not None
    number = unit.path[Level.BUILDING :].lstrip("0")
    cells = {
        "楼栋": building.path,
        "单元": number,
        "门牌号": "1101",
        "姓名": "张伟",
        "与户主关系": "户主",
        **said,
    }
    return [cells.get(title, "") for title in TITLES]


def a_person(unit: Area | None = None, **said: Any) -> list[Any]:
    """The same with a document of their own."""
    return a_row(unit, **{"证件号码": world.a_document(), **said})


def a_list(*rows: list[Any], titles: tuple[str, ...] = TITLES) -> bytes:
    return write([Out("居民", titles, rows)])


def a_text(*rows: list[Any], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([TITLES, *rows])
    return out.getvalue().encode(encoding)


def worked(stage: str = "done") -> str:
    """The worker does the next long job; what it says."""
    assert jobs.run_next(house_clock.now, threading.Event()) == 1
    row = Job.objects.order_by("-pk")[0]
    assert row.stage == stage, row.lines
    return "\n".join(row.lines)


def checked(*rows: list[Any], data: bytes | None = None, **more: Any) -> HomeImport:
    """Uploaded and looked at: the dry run is over."""
    begun = {"kind": "homes", "make_doors": True, "by": the("operator"), "now": NOW, **more}
    source = acts.begin_import(data or a_list(*rows), "居民名单.xlsx", **begun)
    jobs.run_next(house_clock.now, threading.Event())
    source.refresh_from_db()
    return source


def taken_in(*rows: list[Any], leave_out: bool = False, repeats: str = "skip", **more: Any) -> HomeImport:
    source = checked(*rows, **more)
    assert source.stage == "checked", source.why
    acts.start_import(source, leave_out=leave_out, repeats=repeats, by=the("operator"), now=NOW)
    worked()
    source.refresh_from_db()
    return source


def said(source: HomeImport) -> list[tuple[int, str, str]]:
    """What is wrong: row, column, code."""
    return [(each.row, each.column, each.code) for each in acts.faults(source)]
