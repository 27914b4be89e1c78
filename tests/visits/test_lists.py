"""Lists compared with the registry: who is done, outstanding, unknown; tasks of it; what is kept, and for how long."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from mulin.journal.face import Disclosure, DisclosureOf, Entry
from mulin.kernel import clock as house_clock
from mulin.kernel import jobs, sheets
from mulin.kernel.jobs import Interrupted, folder_of
from mulin.kernel.models import Job
from mulin.kernel.refusals import Invalid, NotYours
from mulin.places.face import Area, Level
from mulin.posts.face import Who
from mulin.registry.face import Resident, erase_resident, match_phones, move_out, set_died
from mulin.visits.face import (
    CampaignTask,
    ComparedList,
    ListPlan,
    ListRow,
    begin_list,
    compare_now,
    expire_lists,
    make_tasks,
    settle_rows,
    start_comparison,
)
from mulin.visits.lists import comparing
from mulin.visits.lists.queries import by_grid, counts, page_of
from tests.api.client import Program, said
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.world import NOW, the, the_grid
from tests.registry.world import (
    a_building_elsewhere,
    a_document,
    a_dwelling,
    a_household,
    a_resident,
    a_unit,
    residence_of,
)

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]
TITLES = ["序号", "姓名", "身份证号", "手机号", "出生日期"]
TODAY = NOW.date()
SOON = TODAY + timedelta(days=20)


def a_file(*rows: Sequence[object], titles: Sequence[str] = TITLES, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([titles, *rows])
    return out.getvalue().encode(encoding)


def the_village() -> Area:
    parent = the_grid().parent
    assert parent
    return parent


def uploaded(data: bytes, *, by: Who | None = None, area: Area | None = None, **more: Any) -> ComparedList:
    plan = ListPlan(title="老年人体检", why="年度体检通知", until_on=SOON, **more)
    return begin_list(area or the_village(), plan, data, by=by or the("head"), now=NOW)


def compared(data: bytes, **more: Any) -> ComparedList:
    source = uploaded(data, **more)
    start_comparison(source, by=the("head"), now=NOW)
    assert work().stage == "done", work().lines
    source.refresh_from_db()
    return source


def work() -> Job:
    jobs.run_next(house_clock.now, threading.Event())
    return Job.objects.order_by("-pk")[0]


def outcomes(source: ComparedList) -> dict[int, tuple[str, str]]:
    rows = source.found.filter(row__gt=0).order_by("row")
    return {row: (outcome, how) for row, outcome, how in rows.values_list("row", "outcome", "how")}


def test_each_row_is_found_by_the_surest_that_it_has() -> None:
    wang = a_resident(
        name="王秀英", document=(first := a_document()), document_kind="111", phone="13900000001"
    )
    li = a_resident(name="李强", phone="13900000002")
    zhao = a_resident(name="赵敏", phone="13900000003", born_on=date(1990, 2, 3))
    a_resident(name="赵敏", phone="13900000004", born_on=date(1990, 2, 3), sure=True)
    gone = a_resident(name="钱亮", document=(second := a_document()), document_kind="111")
    set_died(gone, on=TODAY, by=the("operator"), now=NOW)
    a_resident(dwelling=a_dwelling(a_unit(a_building_elsewhere())), name="孙丽", phone="13900000009")
    source = compared(
        a_file(
            (1, "王秀英", first.lower(), "", ""),
            (2, " 李 强 ", "", "139 0000 0002", ""),
            (3, "赵敏", "", "", "1990/2/3"),
            (4, "赵敏", "", "13900000003", "1990年2月3日"),
            (5, "陌生人", "11010119900101001X", "", ""),
            (6, "别人", first, "", ""),
            (7, "钱亮", second, "", ""),
            (8, "王秀英", first, "", ""),
            (9, "", "", "", ""),
            (10, "没有号码", "", "", ""),
            ("", "", "", "", ""),
        )
    )
    assert outcomes(source) == {
        2: ("outstanding", "document"),
        3: ("outstanding", "phone"),
        4: ("ambiguous", "several"),
        5: ("outstanding", "phone"),
        6: ("unknown", "malformed"),
        7: ("ambiguous", "differs"),
        8: ("gone", "document"),
        9: ("twice", "document"),
        10: ("unknown", "empty"),
        11: ("unknown", "empty"),
    }
    found = {row.resident for row in source.found.exclude(resident=None)}
    assert found == {wang.pk, li.pk, zhao.pk, gone.pk}


def test_what_was_uploaded_lies_closed_and_no_number_of_it_is_kept() -> None:
    document = a_document()
    source = uploaded(a_file((1, "陌生的人", document, "13977777777", "")))
    assert document in source.table
    raw = _raw("visits_comparedlist", "table", source.pk)
    assert document not in raw
    start_comparison(source, by=the("head"), now=NOW)
    work()
    assert _raw("visits_comparedlist", "table", source.pk) == ""
    row = ListRow.objects.get(source=source)
    assert row.name == "陌生的人"
    assert "陌生的人" not in _raw("visits_listrow", "name", row.pk)
    texts = " ".join(Entry.objects.filter(subject=source.pk).values_list("text", flat=True))
    assert not any(words in texts for words in (document, "13977777777", "陌生的人"))


def _raw(table: str, column: str, pk: object) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}", id FROM {table}')
        key = str(pk).replace("-", "")
        return next(str(text) for text, id in cursor.fetchall() if str(id).replace("-", "") == key)


def test_the_comparison_is_one_reading_with_its_list_and_its_purpose() -> None:
    wang = a_resident(name="王秀英", phone="13900000001")
    source = compared(
        a_file((1, "", "", "13900000001", ""), (2, "", "", "13955555555", "")), purpose="verify"
    )
    reading = Disclosure.objects.get(kind="search", subject=source.pk)
    head = the("head").user
    assert head
    assert (reading.reader, reading.purpose) == (head.pk, "verify")
    assert [each.person for each in DisclosureOf.objects.filter(disclosure=reading)] == [wang.pk]


def test_whoever_stands_on_it_is_done_and_everybody_else_of_that_age_is_outstanding() -> None:
    Resident.objects.all().update(left_on=TODAY)  # nobody but those below
    home = a_household()
    old = a_resident(home, relation="0", born_on=date(1950, 1, 1), document="", phone="13900000001")
    other = a_resident(home, relation="1", born_on=date(1951, 1, 1), document="", phone="13900000002")
    a_resident(home, relation="2", born_on=date(1985, 1, 1), document="")
    source = compared(a_file((1, "", "", "13900000001", "")), says="done", age_from=65)
    assert counts(source) | {"done": 1, "outstanding": 1} == counts(source)
    assert source.found.get(outcome="outstanding").resident == other.pk
    assert source.found.get(outcome="done").resident == old.pk
    (line,) = by_grid(source, the("head"))
    assert (line.area, line.done, line.left, line.percent) == (the_grid(), 1, 1, 50)


def test_a_list_without_a_key_column_is_refused_with_words_until_one_says_which_it_is() -> None:
    a_resident(name="王秀英", phone="13900000001")
    source = uploaded(a_file(("王秀英", "13900000001"), titles=["姓名", "怎么找到"]))
    with pytest.raises(Invalid, match="tells people apart"):
        start_comparison(source, by=the("head"), now=NOW)
    assert not Job.objects.exists()
    with pytest.raises(Invalid):
        start_comparison(source, columns={"phone": 7}, by=the("head"), now=NOW)
    with pytest.raises(Invalid):
        start_comparison(source, columns={"phone": 1, "name": 1}, by=the("head"), now=NOW)
    start_comparison(source, columns={"phone": 1, "name": 0, "document": None}, by=the("head"), now=NOW)
    work()
    assert outcomes(source) == {2: ("outstanding", "phone")}


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00\x00nonsense\x00",
        a_file(),
        b"PK\x03\x04 half an upload",
        "\n".join(["手机号", *["13900000001"] * 60_000]).encode(),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_is_kept(data: bytes) -> None:
    with pytest.raises(Invalid):
        uploaded(data)
    assert not ComparedList.objects.exists()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "wrong",
    [{"why": " "}, {"title": ""}, {"until_on": TODAY - timedelta(days=1)}, {"until_on": TODAY + timedelta(days=400)},
     {"age_from": 70, "age_to": 60}, {"says": "maybe"}, {"purpose": "curiosity"}],
)  # fmt: skip
def test_a_purpose_a_meaning_and_an_end_are_asked_for(wrong: dict[str, Any]) -> None:
    given = {"title": "体检", "why": "通知", "until_on": SOON, **wrong}
    with pytest.raises(Invalid):
        begin_list(the_village(), ListPlan(**given), a_file((1, "", "", "139", "")), by=the("head"), now=NOW)


def test_a_chinese_file_in_the_old_encoding_and_a_workbook_are_read_alike() -> None:
    a_resident(name="王秀英", phone="13900000001")
    rows = [(1, "王秀英", "", "13900000001", "")]
    old = compared(a_file(*rows, encoding="gb18030"))
    book = compared(sheets.write([sheets.Out("名单", TITLES, rows)]))
    assert outcomes(old) == outcomes(book) == {2: ("outstanding", "phone")}


def test_begun_again_it_goes_on_after_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "BATCH", 2)
    people = [a_resident(name=f"居民{n}", phone=f"1390000000{n}") for n in range(5)]
    source = uploaded(a_file(*((n, "", "", f"1390000000{n}", "") for n in range(5))))
    start_comparison(source, by=the("head"), now=NOW)
    calls = list[int]()

    def fall_over(place: str, numbers: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise Interrupted
        return match_phones(place, numbers)

    monkeypatch.setattr(comparing, "match_phones", fall_over)
    assert (work().stage, source.found.count()) == ("waiting", 2)
    source.refresh_from_db()
    assert not page_of(source, the("head"))[0]  # that it was read is not written down yet
    assert not by_grid(source, the("head"))
    assert work().stage == "done"
    assert {row.resident for row in source.found.all()} == {each.pk for each in people}
    assert Disclosure.objects.filter(subject=source.pk).count() == 1


def test_tasks_reach_the_grid_worker_and_the_door_is_done_with_its_last_person() -> None:
    home = a_household()
    wang = a_resident(home, relation="0", name="王秀英", phone="13900000001")
    li = a_resident(home, relation="1", name="李强", phone="13900000002")
    alone = a_resident(name="周杰", phone="13900000003")
    source = compared(a_file(*((n, "", "", f"1390000000{n}", "") for n in (1, 2, 3))))
    made = make_tasks(source, network="livelihood", until_on=SOON, by=the("head"), now=NOW)
    assert CampaignTask.objects.filter(campaign=made).count() == 2
    worker, rows = the("worker"), {row.resident: row.pk for row in source.found.all()}
    assert settle_rows(source, [rows[wang.pk]], by=worker, now=NOW) == 1
    door = CampaignTask.objects.get(campaign=made, household=home.pk)
    assert door.stage == "open"
    assert settle_rows(source, [rows[li.pk], rows[li.pk]], by=worker, now=NOW) == 1
    assert settle_rows(source, [rows[li.pk]], by=worker, now=NOW) == 0
    door.refresh_from_db()
    assert door.stage == "done"
    (line,) = by_grid(source, worker)
    assert (line.outstanding, line.settled, line.left) == (3, 2, 1)
    CampaignTask.objects.filter(campaign=made, stage="open").update(stage="done", done_at=NOW)
    assert by_grid(source, worker)[0].left == 0  # whoever ticks the door has settled its people
    assert alone.pk in rows


def test_it_is_erased_when_it_expires_with_its_tasks_and_its_figures_stay() -> None:
    a_resident(name="王秀英", phone="13900000001")
    source = compared(a_file((1, "", "", "13900000001", "")))
    made = make_tasks(source, network="street", until_on=SOON, by=the("head"), now=NOW)
    draft = uploaded(a_file((1, "", "", "13900000001", "")))
    later = NOW + timedelta(days=21)
    assert expire_lists(by=Who.system(NOW), now=NOW) == 0
    assert expire_lists(by=Who.system(later), now=later) == 2
    for each in (source, draft):
        each.refresh_from_db()
        assert (each.stage, each.table) == ("erased", "")
    assert not ListRow.objects.exists()
    made.refresh_from_db()
    assert made.stage == "closed"
    assert Entry.objects.filter(subject=source.pk, code="list.erased").exists()
    assert "王秀英" not in " ".join(Entry.objects.values_list("text", flat=True))


def test_whoever_is_erased_from_the_registry_stands_on_no_list() -> None:
    wang = a_resident(name="王秀英", phone="13900000001")
    source = uploaded(a_file((1, "", "", "13900000001", ""), (2, "", "", "13955555555", "")))
    assert compare_now(source, by=the("head"), now=NOW)["outstanding"] == 1
    move_out(residence_of(wang), on=TODAY, by=the("operator"), now=NOW)
    wang.refresh_from_db()
    erase_resident(wang, by=the("operator"), now=NOW)
    assert outcomes(source) == {3: ("unknown", "nobody")}


def _sent_by(browser: Client, data: bytes) -> str:
    """The page of a list that was just uploaded."""
    sent = {
        "title": "体检", "area": the_village().pk, "says": "todo", "why": "通知", "purpose": "duty",
        "until_on": SOON.isoformat(), "file": SimpleUploadedFile("list.csv", data),
    }  # fmt: skip
    return str(browser.post("/desk/lists/new/", sent)["Location"])


@pytest.mark.only_on("sqlite")
def test_at_the_desk_from_the_file_to_the_result(
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    wang = a_resident(a_household(), relation="0", name="王秀英", phone="13900000001")
    head = at_desk("head")
    page = _sent_by(head, a_file((1, "王秀英", "", "13900000001", "")))
    assert "身份证号" in words_of(head.get(page))
    refused = head.post(f"{page}compare/", {"name": "1"})
    assert refused.status_code == 422
    assert "tells people apart" in words_of(refused)
    assert head.post(f"{page}compare/", {"phone": "3", "name": "1"})["Location"].startswith("/desk/jobs/")
    assert work().lines == ["outstanding: 1"]
    with django_assert_max_num_queries(30):
        assert "list-rows" not in words_of(head.get(page))
    with django_assert_max_num_queries(30):
        rows = words_of(head.get(f"{page}rows/?outcome=outstanding"))
    assert "王**" in rows
    assert not any(words in rows for words in ("王秀英", "13900000001"))
    assert head.post(f"{page}tasks/", {"network": "peace", "until_on": SOON.isoformat()}).status_code == 303
    worker = at_desk("worker")
    assert "体检" in words_of(worker.get("/desk/lists/"))
    assert "王**" in words_of(worker.get(f"{page}rows/?still=1"))
    row = ListRow.objects.get(resident=wang.pk)
    assert worker.post(f"{page}tick/", {"rows": row.pk, "still": "1"}).status_code == 303
    assert "王**" not in words_of(worker.get(f"{page}rows/?still=1"))
    assert worker.post(f"{page}erase/").status_code == 403
    assert head.post(f"{page}result/").status_code == 303
    done = work()
    result, about = sheets.read((folder_of(done) / done.file).read_bytes())
    assert result.rows[1][:3] == ["2", "王**", "outstanding"]
    assert "通知" in str(result.rows[0])
    assert the("head").user.label in str(about.rows)  # type: ignore[union-attr]  # the head has an account
    assert Disclosure.objects.filter(kind="export", subject=row.source_id).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert head.post(f"{page}erase/").status_code == 303
    assert not folder_of(done).exists()  # nor is what was taken out kept for a week
    assert head.get(f"/desk/jobs/{done.pk}/file/").status_code == 404
    assert not ListRow.objects.exists()


@pytest.mark.only_on("sqlite")
def test_the_next_grid_and_the_next_town_do_not_see_it() -> None:
    a_resident(name="王秀英", phone="13900000001")
    source = compared(a_file((1, "", "", "13900000001", "")))
    assert at_desk("building").get("/desk/lists/").status_code == 403
    assert at_desk("handler").get(f"/desk/lists/{source.pk}/").status_code == 403
    stranger = Area.objects.exclude(pk=the_village().pk).filter(level=Level.COUNTY).first()
    assert stranger
    with pytest.raises((NotYours, Invalid)):
        uploaded(a_file((1, "", "", "13900000001", "")), by=the("operator"), area=stranger)


@pytest.mark.only_on("sqlite")
def test_a_program_does_the_same() -> None:
    a_resident(a_household(), relation="0", name="王秀英", phone="13900000001")
    program = Program("head")
    file = SimpleUploadedFile("list.csv", a_file((1, "王秀英", "", "13900000001", "")))
    sent = {
        "title": "体检",
        "area": the_village().path,
        "why": "通知",
        "until_on": SOON.isoformat(),
        "file": file,
    }
    made = program.http.post("/api/v1/lists", sent, headers=program.headers)
    assert made.status_code == 201, made.content
    path = f"/lists/{said(made)['id']}"
    assert said(program.post(f"{path}/compare", {"columns": {"name": 1}}))["code"] == "no_key"
    assert program.post(f"{path}/compare", {}).status_code == 200
    work()
    assert said(program.get(path))["counts"]["outstanding"] == 1
    (row,) = said(program.get(f"{path}/rows"))["rows"]
    assert (row["name"], row["row"], row["outcome"]) == ("王**", 2, "outstanding")
    assert said(program.get(f"{path}/grids"))[0]["outstanding"] == 1
    assert said(Program("worker").post(f"{path}/settle", {"rows": [row["id"]]})) == {"settled": 1}
    assert said(program.post(f"{path}/erase"))["stage"] == "erased"
