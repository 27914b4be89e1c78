"""Taking over last year's list: what is checked, what becomes of its rows, and how all of it is taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from mulin.journal.face import Entry, EntryText, verify
from mulin.kernel import clock as house_clock
from mulin.kernel import jobs
from mulin.kernel.models import Job
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.matters.actions.importing import (
    begin_import,
    checked,
    drop_import,
    explain_import,
    own_import,
    start_import,
    sweep_imports,
    undo_import,
)
from mulin.matters.face import Filters, Matter, Show, listed
from mulin.matters.models import Contact, Import, Imported, Part, Reporter
from mulin.places.face import Area, Level
from mulin.posts.face import Post, Who, appoint
from tests.matters.former import TITLES, a_list, a_row, lamp
from tests.matters.world import NOW, body_of, do, the, the_grid

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]


def uploaded(*rows: list[str], data: bytes | None = None, **more: Any) -> Import:
    return begin_import(data or a_list(*rows, **more), "2025.xlsx", by=the("operator"), now=NOW)


def worked() -> str:
    """The worker does the next long job; what it says."""
    assert jobs.run_next(house_clock.now, threading.Event()) == 1
    row = Job.objects.order_by("-pk")[0]
    assert row.stage == "done", row.lines
    return "\n".join(row.lines)


def taken_over(*rows: list[str], leave_out: bool = False) -> Import:
    source = uploaded(*rows)
    start_import(source, leave_out=leave_out, by=the("operator"), now=NOW)
    worked()
    source.refresh_from_db()
    return source


def wrong(source: Import, who: str = "operator") -> list[tuple[int, str, str]]:
    return [(each.row, each.column, str(each.words)) for each in checked(source, the(who)).problems]


def matters_of(source: Import) -> list[Matter]:
    ids = Imported.objects.filter(source=source, undone=False).values("matter")
    return list(Matter.objects.filter(pk__in=ids).order_by("reported_at"))


def test_a_list_becomes_closed_matters_with_all_that_was_known() -> None:
    source = taken_over(
        a_row(), a_row("2025-0002", 上报时间="2025-01-07", 承办单位="", 联系电话="", 满意度="")
    )
    assert (source.stage, source.taken, source.left_out, source.table) == ("done", 2, 0, "")
    second, first = matters_of(source)
    assert (first.state, first.outcome, first.rating, first.channel) == ("assessed", "solved", 4, "import")
    assert first.closed_at is not None
    assert f"{first.closed_at:%Y-%m-%d %H:%M:%S %Z}" == "2025-06-05 08:00:00 UTC"
    assert (second.state, f"{second.reported_at:%Y-%m-%d %H:%M}") == ("closed", "2025-01-07 01:00")
    assert Part.objects.get(matter=first).seat.organisation == body_of("handler")
    assert not Part.objects.filter(matter=second).exists()
    reporter = Reporter.objects.get(matter=first)
    assert (reporter.contact and reporter.contact.phone, reporter.code_hash) == ("13800001234", "")
    assert first in listed(the("head"), Filters(show=Show.DONE, q="老人上楼")).rows
    assert not verify().problems


def test_its_story_says_that_it_was_taken_over_and_how_long_it_took() -> None:
    from mulin.matters.queries.story import lines_for, track_of

    matter = matters_of(taken_over(a_row()))[0]
    lines = lines_for(matter, the("operator"))
    assert [line.code for line in lines] == ["matter.imported"]
    assert lines[0].words["reason"].text == "换了灯泡"
    assert track_of(lines, NOW).spent == timedelta(days=2, hours=6, minutes=40)


def test_a_matter_that_was_taken_over_can_be_reopened() -> None:
    matter = matters_of(taken_over(a_row(上报时间="2026-03-02", 办结时间="2026-03-10")))[0]
    assert do(matter, "reopen", "head").state == "filed"


def test_every_wrong_cell_is_named_and_nothing_is_written() -> None:
    source = uploaded(
        a_row("1"), a_row("1"), a_row("3", 上报时间="去年"), a_row("4", 办结时间=""), a_row("5", 办结时间="2025-01-01"),
        a_row("6", 问题描述="", 联系电话="12"), a_row("7", 事项类别="飞碟"), a_row("8", 上报时间="2027-01-01"),
        a_row("9", 满意度="六分"), a_row("10", 所属网格="没有的网格"), a_row("11", 问题描述="长" * 4001),
    )  # fmt: skip
    found = wrong(source)
    assert [(row, column) for row, column, _words in found] == [
        (3, "A"), (4, "E"), (5, "F"), (6, "F"), (7, "C"), (7, "K"), (8, "B"), (9, "E"), (10, "L"), (11, "D"), (12, "C"),
    ]  # fmt: skip
    assert "飞碟" in {row: words for row, _column, words in found}[8]
    with pytest.raises(Invalid) as refused:
        start_import(source, leave_out=False, by=the("operator"), now=NOW)
    assert refused.value.code == "problems"
    assert not Imported.objects.exists()
    assert taken_over_again(source) == (1, 10)


def taken_over_again(source: Import) -> tuple[int, int]:
    start_import(source, leave_out=True, by=the("operator"), now=NOW)
    worked()
    source.refresh_from_db()
    return source.taken, source.left_out


def test_other_words_are_explained_once() -> None:
    source = uploaded(
        a_row("1", 事项类别="飞碟"), a_row("2", 事项类别="飞碟", 办理结果="不详", 承办单位="某单位")
    )
    found = checked(source, the("operator"))
    assert {key: dict(words) for key, words in found.unknown.items()} == {
        "kind": {"飞碟": 2}, "outcome": {"不详": 1}, "handler": {"某单位": 1},
    }  # fmt: skip
    meanings = {
        "kind": {"飞碟": lamp().code},
        "outcome": {"不详": "not_feasible"},
        "handler": {"某单位": "-"},
    }
    explain_import(source, meanings=meanings, by=the("operator"), now=NOW)
    assert wrong(source) == []


def test_another_layout_is_explained_by_saying_which_column_holds_what() -> None:
    source = uploaded(
        ["x", lamp().name, "灯不亮", the_grid().name, "2025-06-03", "2025-06-05", "已解决"],
        titles=("甲", "乙", "丙", "丁", "戊", "己", "庚"),
    )
    with pytest.raises(Invalid, match="in which columns"):
        checked(source, the("operator"))
    columns = {"kind": 1, "text": 2, "place": 3, "reported": 4, "closed": 5, "outcome": 6}
    with pytest.raises(Invalid):
        explain_import(source, columns=columns | {"title": 2}, by=the("operator"), now=NOW)
    explain_import(source, columns=columns, by=the("operator"), now=NOW)
    assert wrong(source) == []


def test_a_title_above_and_merged_cells_are_said_what_they_are() -> None:
    rows = [a_row("1"), a_row("2", 事项类别="", 所属网格="")]
    source = uploaded(["2025年事项台账"], [], list(TITLES), *rows, titles=("", ""))
    assert [(row, column) for row, column, _words in wrong(source)] == [(6, "B"), (6, "D")]
    assert "merged" in wrong(source)[0][2]


def test_csv_of_old_programs_is_read_and_what_is_no_list_is_refused() -> None:
    lines = "\n".join(",".join(row) for row in (TITLES, a_row()))
    assert wrong(uploaded(data=lines.encode("gb18030"))) == []
    for data in (lines.encode("utf-16"), b"%PDF-1.7 not a list", b"PK\x03\x04broken", b"", b"only one line"):
        with pytest.raises(Invalid):
            uploaded(data=data or b" ")


def test_a_formula_is_taken_for_what_it_last_showed_and_text_never_becomes_one() -> None:
    source = taken_over(a_row(问题描述="=1+1", 处理情况="@SUM(A1)"))
    assert matters_of(source)[0].text == "=1+1"


def test_the_same_list_twice_is_noticed() -> None:
    taken_over(a_row())
    assert [words for _row, _column, words in wrong(uploaded(a_row()))] == [
        "A matter of this number was taken over before."
    ]


def test_only_ones_own_town_and_only_by_whoever_may() -> None:
    with pytest.raises(NotAllowed):
        begin_import(a_list(a_row()), "x", by=the("worker"), now=NOW)
    county = Area.objects.at_level(Level.COUNTY)[0].path
    assert [row[1] for row in wrong(uploaded(a_row(所属网格=county)))] == ["D"]
    source = uploaded(a_row())
    with pytest.raises(NotYours):
        own_import(source.pk, the("head"))


def test_phones_older_than_may_be_kept_are_left_out() -> None:
    source = uploaded(a_row(上报时间="2023-01-01", 办结时间="2023-01-02"))
    before = Contact.objects.count()
    start_import(source, leave_out=False, by=the("operator"), now=NOW)
    assert "older than may be kept" in worked()
    assert Contact.objects.count() == before


def test_all_of_it_is_taken_back_with_its_words_but_what_was_worked_on_stays() -> None:
    before = (Matter.objects.count(), Contact.objects.count(), Part.objects.count())
    source = taken_over(a_row("1"), a_row("2"), a_row("3", 上报时间="2026-03-02", 办结时间="2026-03-10"))
    stays = matters_of(source)[-1]
    do(stays, "reopen", "head")
    gone = matters_of(source)[0]
    undo_import(source, by=the("operator"), now=NOW)
    assert stays.number in worked()
    source.refresh_from_db()
    assert (source.stage, source.removed) == ("undone", 2)
    assert Matter.objects.count() == before[0] + 1
    assert not listed(the("head"), Filters(show=Show.ALL, q=gone.number)).rows
    codes = list(Entry.objects.filter(subject=gone.pk).order_by("seq").values_list("code", flat=True))
    assert codes == ["matter.imported", "matter.import_undone", "journal.erased"]
    assert set(EntryText.objects.filter(entry__subject=gone.pk).values_list("text", flat=True)) == {""}
    assert not verify().problems
    assert taken_over(a_row("1")).taken == 1  # its number is free again


def test_a_list_that_knows_only_days_keeps_its_order() -> None:
    rows = [
        a_row(str(n), 问题描述=f"第{n}件", 上报时间="2025-06-03", 办结时间="2025-06-03") for n in range(300)
    ]
    found = matters_of(taken_over(*rows))
    assert [matter.text for matter in found] == [f"第{n}件" for n in range(300)]
    assert [matter.number for matter in found] == sorted(matter.number for matter in found)


def test_a_job_that_died_goes_on_after_the_last_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    from mulin.matters.actions.imports import writing

    monkeypatch.setattr(writing, "BATCH", 2)
    source = uploaded(*(a_row(str(n)) for n in range(5)))
    start_import(source, leave_out=False, by=the("operator"), now=NOW)
    with pytest.raises(Conflict):
        start_import(source, leave_out=False, by=the("operator"), now=NOW)
    with monkeypatch.context() as broken:
        broken.setattr(writing, "write", _dies_at_second(writing.write))
        jobs.run_next(house_clock.now, threading.Event())
    assert Imported.objects.filter(source=source).count() == 2
    source.refresh_from_db()
    start_import(source, leave_out=False, by=the("operator"), now=NOW)
    worked()
    assert sorted(Imported.objects.filter(source=source).values_list("row", flat=True)) == [2, 3, 4, 5, 6]
    assert not verify().problems


def _dies_at_second(write: Any) -> Any:
    calls: Iterator[int] = iter(range(9))

    def dying(*given: Any, **more: Any) -> Any:
        made = write(*given, **more)
        if next(calls):
            raise OSError("the machine went off")
        return made

    return dying


def test_what_is_given_up_or_forgotten_keeps_no_personal_data() -> None:
    first, second = uploaded(a_row()), uploaded(a_row())
    drop_import(first, by=the("operator"), now=NOW)
    assert sweep_imports(by=Who.system(NOW), now=NOW + timedelta(days=8)) == 1
    assert set(Import.objects.values_list("stage", flat=True)) == {"dropped"}
    for each in (first, second):
        each.refresh_from_db()
        assert each.table == ""


def test_what_was_stopped_half_way_is_forgotten_too() -> None:
    source = uploaded(a_row(), a_row("2"))
    job = start_import(source, leave_out=False, by=the("operator"), now=NOW)
    late = NOW + timedelta(days=15)
    assert sweep_imports(by=Who.system(late), now=late) == 0, "its job still waits"
    jobs.stop(job, now=NOW)
    assert sweep_imports(by=Who.system(late), now=late) == 1
    source.refresh_from_db()
    assert (source.stage, source.taken, source.left_out, source.table) == ("done", 0, 2, "")


def test_a_name_that_is_a_path_is_only_a_name() -> None:
    made = begin_import(a_list(a_row()), "../../etc/2025\u202e.xlsx", by=the("operator"), now=NOW)
    assert made.name == "2025.xlsx"


def test_whoever_works_in_another_town_by_now_takes_nothing_back_here() -> None:
    source = taken_over(a_row())
    town = Area.objects.get(path=the_grid().path[: Level.TOWN])
    path = f"{town.path[:6]}998"
    other = Area.objects.create(
        path=path, level=Level.TOWN, parent=town.parent, name="别的镇", code=path, from_at=NOW, changed_at=NOW
    )
    operator = the("operator").user
    assert operator
    Post.objects.filter(user=operator).update(to_at=NOW)
    appoint(operator, role="centre_operator", area=other, by=Who.system(NOW), now=NOW)
    with pytest.raises(NotAllowed):
        undo_import(source, by=the("operator"), now=NOW)
    assert len(matters_of(source)) == 1
