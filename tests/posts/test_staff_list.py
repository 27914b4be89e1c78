"""The staff list in Excel: what comes in is looked at first, and taken in as a whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from mulin.commands.work import jobs
from mulin.journal.face import Subject, disclosures_by, timeline
from mulin.kernel import sheets
from mulin.kernel.refusals import Conflict, Invalid
from mulin.posts.actions import staff as staff_actions
from mulin.posts.actions.staff import keep_draft, take_in, take_in_draft
from mulin.posts.face import Post, User, Who
from mulin.posts.models import StaffDraft
from mulin.posts.queries.staff_list import lines, staff
from mulin.posts.queries.staff_plan import Plan
from mulin.posts.queries.staff_reading import plan_of
from mulin.posts.rules.staff import COLUMNS, read_code, read_day, username_from
from tests.posts import cast
from tests.posts.cast import BUILDING, FAR_VILLAGE, GRID, OTHER_GRID, TOWN, VILLAGE, person_of
from tests.posts.pages.browsers import browser_of
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
HEADER = [
    "User name",
    "Full name",
    "Name in Latin letters",
    "Phone",
    "Role",
    "Area",
    "Organisation",
    "From",
    "Last day",
]
HEADER += ["Answers for"]
Cells = dict[str, str]


@pytest.fixture
def administrator() -> Who:
    for path in (GRID, OTHER_GRID, VILLAGE, BUILDING):
        cast.a_place(path)
    return cast.as_system_administrator()


def table(*rows: Cells, header: list[str] = HEADER) -> sheets.Table:
    body = [[row.get(title, "") for title in header] for row in rows]
    return sheets.table(sheets.Sheet("Staff", [header, *body]), COLUMNS)


def row(name: str = "王芳", role: str = "Grid worker", area: str = GRID, **more: str) -> Cells:
    names = {
        "username": "User name",
        "latin": "Name in Latin letters",
        "phone": "Phone",
        "body": "Organisation",
    }
    names |= {"first": "From", "last": "Last day", "answers": "Answers for"}
    return {"Full name": name, "Role": role, "Area": area} | {
        names[key]: value for key, value in more.items()
    }


def wrong(plan: Plan) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, str(each.words)) for each in plan.problems]


def only_problem(plan: Plan) -> tuple[int, str, str]:
    (found,) = wrong(plan)
    return found


def test_a_list_makes_people_posts_and_duties(administrator: Who) -> None:
    body = cast.a_body("睦邻物业", home=TOWN)
    counts = take_in(
        table(
            row(latin="Wang Fang", phone="138 0000 1234", answers=BUILDING),
            row("李强", "department_handler", "", body="睦邻物业", username="li.qiang"),
            row("李强", "grid_worker", OTHER_GRID, username="li.qiang", last="2026-12-31"),
        ),
        by=administrator,
        now=NOW,
    )
    assert counts["new_people"] == 2
    wang = User.objects.get(username="wang.fang")
    assert (wang.name, wang.phone, wang.home and wang.home.path) == ("王芳", "13800001234", GRID)
    assert not wang.has_usable_password()
    li = User.objects.get(username="li.qiang")
    assert {post.seat.role for post in Post.objects.filter(user=li)} == {"department_handler", "grid_worker"}
    assert Post.objects.get(user=li, seat__area__path=OTHER_GRID).to_at is not None
    assert wang.duties.get().area.path == BUILDING  # type: ignore[union-attr]  # a duty for a place
    assert Post.objects.get(user=li, seat__organisation=body).from_at == NOW
    codes = [line.code for line in timeline(Subject("person", person_of(administrator).id))]
    assert codes[-1] == "staff_list.applied"


def test_what_goes_out_comes_back_and_changes_nothing(administrator: Who) -> None:
    take_in(
        table(row(latin="Wang Fang", phone="13800001234", answers=BUILDING), row("李强", "Cadre", TOWN)),
        by=administrator, now=NOW,
    )  # fmt: skip
    out = list(lines(staff(administrator), administrator, phones=False))
    assert any("****" in line["phone"] for line in out)
    titles = [column.title for column in COLUMNS]
    data = sheets.write(
        [sheets.Out("Staff", titles, [[line.get(c.key, "") for c in COLUMNS] for line in out])]
    )
    again = plan_of(sheets.table(sheets.read(data)[0], COLUMNS), administrator)
    assert wrong(again) == []
    assert not again.does_something


def test_details_are_corrected_by_user_name_and_empty_cells_change_nothing(administrator: Who) -> None:
    wang = cast.a_person("王芳", phone="13800001234", name_en="Wang Fang")
    take_in(table(row("王方", username=wang.username)), by=administrator, now=NOW)
    wang.refresh_from_db()
    assert (wang.name, wang.phone, wang.name_en) == ("王方", "13800001234", "Wang Fang")


def test_a_last_day_ends_a_post_that_runs(administrator: Who) -> None:
    wang = cast.a_person("王芳")
    post = cast.a_post(wang, "grid_worker", GRID)
    counts = take_in(table(row(username=wang.username, last="2026年6月30日")), by=administrator, now=NOW)
    post.refresh_from_db()
    assert counts["ended_posts"] == 1
    assert post.to_at
    assert post.to_at.date() == date(2026, 6, 30)  # midnight there, still the 30th in UTC


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"role": "Astronaut"}, "E", "no such role"),
        ({"area": "370402999"}, "F", "no such place"),
        ({"area": FAR_VILLAGE}, "F", "no such place"),
        ({"area": VILLAGE}, "E", "does not sit"),
        ({"role": "Specialist", "area": "", "body": "谁也不认识"}, "G", "no organisation"),
        ({"area": ""}, "F", "for which area"),
        ({"first": "2026-05-01", "last": "2026-04-01"}, "I", "end before it begins"),
        ({"last": "2026-01-01"}, "I", "end before it begins"),
        ({"first": "next week"}, "H", "no date"),
        ({"name": ""}, "B", "give a name"),
        ({"phone": "138****1234"}, "D", "asterisks"),
        ({"phone": "call me"}, "D", "not a phone number"),
        ({"username": "王芳"}, "A", "small letters"),
        ({"role": "Auditor", "area": TOWN}, "E", "may not appoint"),
        ({"answers": "三号楼"}, "J", "no such place"),
    ],
)
def test_a_wrong_cell_is_named(administrator: Who, cells: dict[str, str], column: str, words: str) -> None:
    cast.a_place(FAR_VILLAGE)
    found = only_problem(plan_of(table(row("李强", username="li.qiang"), row(**cells)), administrator))
    assert found[:2] == (3, column)
    assert words in found[2]


def test_two_people_with_one_phone_are_told_both_and_nothing_is_done(administrator: Who) -> None:
    both = table(
        row(phone="13800001234", username="wang.fang"),
        row("李强", phone="+86 138 0000 1234", username="li.q"),
    )
    found = wrong(plan_of(both, administrator))
    assert [(n, column) for n, column, _words in found] == [(2, "D"), (3, "D")]
    assert all("Rows 2, 3" in words for _n, _column, words in found)
    with pytest.raises(Invalid, match="2 cells"):
        take_in(both, by=administrator, now=NOW)
    assert not User.objects.filter(username__in=["wang.fang", "li.q"]).exists()


def test_a_phone_that_somebody_here_has_already_is_told_with_their_user_name(administrator: Who) -> None:
    take_in(table(row(phone="13800001234", username="wang.fang")), by=administrator, now=NOW)
    found = only_problem(plan_of(table(row("李强", phone="13800001234")), administrator))
    assert "wang.fang" in found[2]


def test_nobody_is_taken_for_somebody_else_by_name_alone(administrator: Who) -> None:
    cast.a_person("王芳", username="w.f")
    found = only_problem(plan_of(table(row()), administrator))
    assert "w.f" in found[2]
    twice = wrong(plan_of(table(row("赵敏"), row("赵敏", area=OTHER_GRID)), administrator))
    assert [(n, column) for n, column, _words in twice] == [(3, "A")]
    differs = only_problem(
        plan_of(
            table(row("赵敏", username="zm1"), row("赵明", area=OTHER_GRID, username="zm1")), administrator
        )
    )
    assert "Row 2" in differs[2]


def test_an_account_that_others_manage_is_left_alone(administrator: Who) -> None:
    far = cast.a_person("远方", home=FAR_VILLAGE[:9])
    found = only_problem(plan_of(table(row("远方", username=far.username)), administrator))
    assert "do not manage" in found[2]
    secadmin = person_of(cast.as_security_administrator())
    refused = table(row("别人", username=secadmin.username))
    with pytest.raises(Invalid, match="Row 2"):  # they hold a post that this administrator may not touch
        take_in(refused, by=administrator, now=NOW)


def test_nobody_gets_a_post_by_a_list_of_their_own(administrator: Who) -> None:
    me = person_of(administrator)
    found = only_problem(plan_of(table(row(me.name, username=me.username)), administrator))
    assert "appoints themselves" in found[2]


def test_another_layout_says_what_is_missing() -> None:
    with pytest.raises(Invalid, match="Full name, Role"):
        sheets.table(sheets.Sheet("1", [["Nr", "Betrag"], ["1", "2"]]), COLUMNS)
    chinese = sheets.table(
        sheets.Sheet("1", [["龙山路街道人员名单"], ["姓名 *", "岗位", "手机"], ["王芳", "", ""]]), COLUMNS
    )
    assert chinese.rows[0]["name"] == "王芳"


def test_a_list_is_taken_in_once(administrator: Who) -> None:
    draft = keep_draft(table(row()), file="C:\\lists\\..\\staff.xlsx", by=administrator, now=NOW)
    assert draft.file == "staff.xlsx"
    assert "王芳" not in StaffDraft.objects.values_list("id", "file").get()
    take_in_draft(draft, by=administrator, now=NOW)
    with pytest.raises((Conflict, Invalid)):
        take_in_draft(draft, by=administrator, now=NOW)
    assert User.objects.filter(name="王芳").count() == 1


def test_planning_asks_the_same_few_questions_for_any_length(
    administrator: Who, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = table(*(row(f"人{n}", phone=f"1380000{n:04d}") for n in range(200)))
    with django_assert_max_num_queries(14):
        assert wrong(plan_of(many, administrator)) == []


def test_what_cells_may_say() -> None:
    assert read_day("2026/3/1") == read_day("2026.3.1") == read_day("2026-03-01 00:00:00") == date(2026, 3, 1)
    assert read_code("光明北网格（370402005001001）") == "370402005001001"
    assert read_code("3号楼") == ""
    assert username_from("O'Neil, Wang") == "oneil.wang"


@pytest.mark.only_on("sqlite")
def test_the_way_at_the_desk(administrator: Who) -> None:
    """Out, in, looked at, taken in; a list that was brought yesterday is gone."""
    desk = browser_of(administrator)
    assert desk.get("/desk/people/list/").status_code == 200
    empty = desk.get("/desk/people/list/staff.xlsx?empty=1")
    assert [sheet.name for sheet in sheets.read(empty.content)] == ["Staff", "Roles"]
    titles = [column.title_zh for column in COLUMNS]
    data = sheets.write([sheets.Out("人员", titles, [["", "=王芳", "", "", "", "网格员", GRID]])])
    looked = desk.post("/desk/people/list/", {"file": SimpleUploadedFile("人员.xlsx", data)})
    assert looked.status_code == 303
    page = desk.get(looked["Location"]).content.decode()
    assert "=王芳" in page
    assert not User.objects.filter(name="=王芳").exists()
    assert desk.post(looked["Location"]).status_code == 303
    assert User.objects.filter(name="=王芳").exists()
    assert desk.get(looked["Location"]).status_code == 404
    assert (
        desk.post("/desk/people/list/", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04junk")}).status_code
        == 422
    )
    old = keep_draft(table(row()), file="x", by=administrator, now=NOW - timedelta(days=2))
    assert desk.get(f"/desk/people/list/{old.id}/").status_code == 404


@pytest.mark.only_on("sqlite")
def test_whole_phone_numbers_leave_a_line_with_whose_they_were(administrator: Who) -> None:
    wang = cast.a_person("王芳", phone="13800001234")
    cast.a_post(wang, "grid_worker", GRID)
    desk = browser_of(administrator)
    masked = sheets.read(desk.get("/desk/people/list/staff.xlsx").content)[0]
    assert not any("13800001234" in cells for cells in masked.rows)
    assert not disclosures_by(person_of(administrator).id).exists()
    whole = sheets.read(desk.post("/desk/people/list/phones/", {"purpose": "duty"}).content)[0]
    assert any("13800001234" in cells for cells in whole.rows)
    (read,) = disclosures_by(person_of(administrator).id)
    assert read.kind == "export"


def test_a_list_that_nobody_said_yes_to_is_gone_after_a_day(administrator: Who) -> None:
    keep_draft(table(row(phone="13800138000")), file="x.xlsx", by=administrator, now=NOW)
    work = {job.name: job for job in jobs()}["staff lists"]
    assert work.run(NOW + timedelta(hours=23)) == 0
    assert work.run(NOW + timedelta(hours=25)) == 1
    assert not StaffDraft.objects.exists()


def test_a_whole_town_comes_back_unchanged_and_too_many_changes_do_not(
    administrator: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_actions, "AT_MOST", 2)
    take_in(table(row("王芳"), row("李强")), by=administrator, now=NOW)
    people = list(User.objects.filter(name__in=("王芳", "李强")))
    same = [row(person.name, username=person.username) for person in people]
    done = take_in(table(*same, row("赵敏"), row("孙丽")), by=administrator, now=NOW)
    assert (done["new_people"], done["unchanged_people"]) == (2, 2)
    with pytest.raises(Invalid, match="more than 2 people"):
        take_in(table(*(row(f"新人{n}") for n in range(3))), by=administrator, now=NOW)
    assert not User.objects.filter(name="新人0").exists()
