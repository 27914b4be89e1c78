"""Whole lists of homes taken in: what is checked, what becomes of the rows, and how all of it is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from mulin.journal.face import Disclosure, DisclosureOf, Entry, Subject, facts_of, timeline, verify
from mulin.kernel import jobs
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.kernel.sheets import Out, write
from mulin.registry.actions import bulk_import as acts
from mulin.registry.actions.staying import Stay
from mulin.registry.face import Dwelling, Household, Merchant, Residence, Resident, confirm_resident, move_out
from mulin.registry.forms_lists import MOST_ROWS_SAID
from mulin.registry.importing import upload
from mulin.registry.models import HomeImport, HomeImportFinding, HomeImportPart, Proposal
from tests.matters.world import NOW, the
from tests.registry import world
from tests.registry.lists import TITLES, a_list, a_person, a_row, a_text, checked, said, taken_in, worked

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]


def test_a_list_becomes_doors_households_and_people() -> None:
    source = taken_in(
        a_person(姓名="张伟", 联系电话="139 0000 0001", 房屋用途="自住"),
        a_person(姓名="王芳", 与户主关系="妻"),
        a_person(门牌号="1102", 姓名="李强", 户号="H-1"),
        a_row(门牌号="1103", 姓名="", 与户主关系="", 房屋用途="空置"),
    )
    assert (source.stage, source.taken, source.wrong) == ("done", 3, 0)
    zhang, wang = Resident.objects.get(name="张伟"), Resident.objects.get(name="王芳")
    assert (zhang.phone, zhang.source, zhang.sex) == ("13900000001", "list", "1")
    home = Residence.objects.get(resident=wang)
    assert (home.relation, home.household) == ("1", Residence.objects.get(resident=zhang).household)
    assert home.household is not None
    assert (home.household.members, home.dwelling.use, home.dwelling.floor) == (2, "owner", 11)
    assert Household.objects.get(number="H-1").members == 1
    assert Dwelling.objects.get(number="1103").use == "empty"
    codes = [line.code for line in timeline(Subject("resident", zhang.pk))]
    assert codes == ["resident.registered", "residence.begun"]
    assert verify().problems == []
    assert not any(part.content for part in HomeImportPart.objects.all())
    assert "张伟" not in "".join(Entry.objects.values_list("text", flat=True))


def test_each_bad_cell_is_named_by_its_row_and_column() -> None:
    world.a_resident(world.a_household(), relation="0")
    document = world.a_document()
    source = checked(
        a_person(),
        a_row(证件号码="990402198005170010"),
        a_row(门牌号="1104", 出生日期="2030-01-01"),
        a_person(与户主关系="户主"),
        a_row(门牌号="1105", 证件号码=document),
        a_row(门牌号="1106", 证件号码=document),
        a_row(楼栋="没有的楼", 单元=""),
        a_row(楼栋="", 门牌号=""),
        a_row(门牌号="B", 楼层=""),
        a_row(门牌号="1107", 联系电话="12345678901", 姓名=""),
        a_row(单元="99"),
    )
    assert (source.stage, source.rows, source.wrong) == ("checked", 11, 9)
    (told,) = Entry.objects.filter(code="registry_import.checked", subject=source.pk)
    assert facts_of(told) == {"rows": 11, "wrong": 9, "known": 0, "elsewhere": 0}
    assert said(source) == [
        (3, "J", "bad_document"),
        (3, "I", "two_householders"),
        (4, "L", "future"),
        (5, "I", "two_householders"),
        (7, "J", "twice"),
        (8, "B", "no_such_building"),
        (9, "B", "missing"),
        (9, "D", "missing"),
        (10, "E", "missing"),
        (11, "M", "bad_phone"),
        (11, "H", "missing"),
        (12, "C", "no_such_unit"),
    ]
    with pytest.raises(Invalid, match="wrong"):
        acts.start_import(source, leave_out=False, repeats="skip", by=the("operator"), now=NOW)
    acts.start_import(source, leave_out=True, repeats="skip", by=the("operator"), now=NOW)
    assert "9 wrong rows" in worked()
    assert Resident.objects.filter(source="list").count() == 2


def test_who_is_known_already_is_left_or_brought_up_to_date() -> None:
    document = world.a_document()
    unit = world.a_unit()
    home = world.a_household(world.a_dwelling(unit, number="1101", floor=11))
    zhang = world.a_resident(
        home, relation="0", name="张伟", document=document, document_kind="111", phone=""
    )
    same = world.a_resident(home, name="王芳", document="", document_kind="", born_on=world.BORN)
    rows = [
        a_row(unit, 证件号码=document, 联系电话="13900000007"),
        a_row(unit, 姓名="王芳", 出生日期=str(same.born_on), 与户主关系="配偶"),
        a_row(unit, 姓名="王芳", 出生日期="2001-02-03", 与户主关系="女儿"),
    ]
    source = checked(*rows)
    assert (source.wrong, source.known) == (0, 2)
    known = [(each.row, each.code, each.record) for each in acts.known_rows(source)]
    assert known == [(2, "document_known", zhang.pk), (3, "namesake", same.pk)]
    reading = Disclosure.objects.get(subject=source.pk)
    seen = DisclosureOf.objects.filter(disclosure=reading).values_list("person", flat=True)
    assert (reading.kind, list(seen)) == ("search", [zhang.pk])
    operator = the("operator")
    acts.choose(source, {2: "update", 3: "new"}, by=operator, now=NOW)
    acts.start_import(source, leave_out=False, repeats="skip", by=operator, now=NOW)
    worked()
    source.refresh_from_db()
    assert (source.taken, source.changed) == (2, 1)
    zhang.refresh_from_db()
    assert zhang.phone == "13900000007"
    home.refresh_from_db()
    assert home.members == 4
    assert Resident.objects.filter(name="王芳").count() == 3


def test_somebody_known_in_another_area_is_not_told_of() -> None:
    there = world.a_dwelling(world.a_unit(world.a_building_elsewhere()))
    far = world.a_resident(dwelling=there, name="远方")
    source = checked(a_row(证件号码=far.document), by=the("operator"))
    assert source.known + source.wrong == 1


def test_it_goes_on_where_it_stopped_and_does_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    from mulin.kernel.models import Job
    from mulin.registry.importing import work
    from mulin.registry.importing.storing import store

    monkeypatch.setattr(work, "PART", 1)
    source = checked(*(a_person(门牌号=f"12{n:02}", 姓名=f"人{n}") for n in range(4)))
    assert source.parts.count() == 4
    acts.start_import(source, leave_out=False, repeats="skip", by=the("operator"), now=NOW)
    calls: list[int] = []

    def breaks(*given: object, **more: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the light went out")
        return store(*given, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(work, "store", breaks)
    worked("failed")
    assert Resident.objects.filter(source="list").count() == 2
    source.refresh_from_db()
    acts.start_import(source, leave_out=False, repeats="skip", by=the("operator"), now=NOW)
    worked()
    source.refresh_from_db()
    assert (source.stage, source.taken) == ("done", 4)
    assert Resident.objects.filter(source="list").count() == 4
    assert Job.objects.filter(stage="failed").count() == 1


def test_a_whole_list_is_undone_but_for_what_was_touched_since() -> None:
    before = (Dwelling.objects.count(), Household.objects.count(), Resident.objects.count())
    source = taken_in(
        a_person(姓名="张伟"),
        a_person(门牌号="1102", 姓名="李强"),
        a_person(门牌号="1102", 姓名="赵敏", 与户主关系="妻"),
    )
    zhang = Resident.objects.get(name="张伟")
    confirm_resident(zhang, by=the("worker"), now=NOW + timedelta(hours=1))
    acts.undo_import(source, by=the("operator"), now=NOW)
    words = worked()
    source.refresh_from_db()
    assert (source.stage, source.removed) == ("undone", 4)
    assert "3 records" in words
    after = (Dwelling.objects.count(), Household.objects.count(), Resident.objects.count())
    assert after == tuple(each + 1 for each in before)
    assert Resident.objects.get(name="张伟").pk == zhang.pk
    assert verify().problems == []
    with pytest.raises(Conflict):
        acts.undo_import(source, by=the("operator"), now=NOW)


def test_merchants_come_in_too() -> None:
    unit = world.a_unit()
    building = unit.parent or unit
    titles = ("楼栋", "单元", "名称", "类型", "行业", "统一社会信用代码", "经营者电话", "是否住人")
    number = unit.path[22:].lstrip("0")
    code = world.a_credit_code()
    rows = [
        [building.path, number, "便民超市", "街面商铺", "grocery", code, "13900000009", "否"],
        [building.path, number, "早点铺", "", "restaurant or snacks", code[:-1] + "?", "", "也许"],
        [building.path, number, "便民超市", "", "", "", "", ""],
    ]
    source = checked(data=a_list(*rows, titles=titles), kind="merchants")
    assert [(row, column) for row, column, _code in said(source)] == [(2, "D"), (3, "F"), (3, "H"), (4, "C")]
    rows[0][3] = "shop"
    source = taken_in(data=a_list(rows[0], titles=titles), kind="merchants")
    shop = Merchant.objects.get(name="便民超市")
    assert (shop.trade, shop.credit_code, shop.lives_in, source.taken) == ("grocery", code, False, 1)
    again = checked(data=a_list(rows[0], titles=titles), kind="merchants")
    assert again.known == 1


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_list(["x"], titles=("a", "b")), "another layout"),
        (a_text(["1"] * 14)[:40] + b"\xff\xfe\x81", "cannot be read"),
        (b"PK\x03\x04" + b"half of a workbook", "cannot be read"),
        (("楼栋,门牌号,姓名\n" + "1,2,3\n" * 1300).encode(), "1200 rows"),
        ("楼栋,门牌号,姓名\n".encode(), "nothing in this file"),
    ],
    ids=["other layout", "wrong encoding", "half an upload", "too many rows", "only titles"],
)
def test_a_bad_file_is_refused_clearly_and_not_kept(
    monkeypatch: pytest.MonkeyPatch, data: bytes, words: str
) -> None:
    assert f"{upload.MOST_ROWS:,}" == MOST_ROWS_SAID
    # A hundredth of the rows proves as much.
    monkeypatch.setattr(upload, "MOST_ROWS", upload.MOST_ROWS // 100)
    source = checked(data=data)
    assert source.stage == "refused"
    assert words in source.why
    assert not HomeImportPart.objects.exists()


def test_an_empty_file_is_not_even_kept() -> None:
    with pytest.raises(Invalid, match="nothing in this file"):
        acts.begin_import(b"", "x.csv", kind="homes", by=the("operator"), now=NOW)
    assert not HomeImport.objects.exists()


def test_gb18030_and_the_template_itself_are_read() -> None:
    from mulin.registry.importing import template

    source = checked(data=a_text(a_person(姓名="张伟"), encoding="gb18030"))
    assert (source.rows, source.wrong) == (1, 0)
    empty = checked(data=template.workbook("homes"))
    assert (empty.stage, empty.why) == ("refused", "There is nothing in this file.")


def test_a_list_is_its_owners_alone_and_is_forgotten() -> None:
    with pytest.raises(NotAllowed):
        checked(a_person(), by=the("worker"))
    source = checked(a_person())
    with pytest.raises(NotYours):
        acts.own_import(source.pk, the("director"))
    later = NOW + timedelta(days=8)
    assert acts.sweep_imports(by=the("operator"), now=later) == 1
    assert not HomeImportPart.objects.exists()
    assert not HomeImportFinding.objects.exists()


def test_the_same_row_of_two_sheets_is_two_rows() -> None:
    document = world.a_document()
    there = world.a_household(world.a_dwelling(number="1101", floor=11))
    same = world.a_resident(there, name="王芳", document="", document_kind="", born_on=world.BORN)
    rows = [
        a_row(门牌号="1201", 姓名="甲", 证件号码=document),
        a_row(门牌号="1202", 姓名="乙", 证件号码=document),
    ]
    wang = [a_row(姓名="王芳", 与户主关系="", 出生日期=str(same.born_on))]
    book = write(
        [
            Out("一号楼", TITLES, [*wang, rows[0]]),
            Out("二号楼", TITLES[::-1], [r[::-1] for r in wang + rows[1:]]),
        ]
    )
    source = checked(data=book)
    assert [(each.sheet, each.row, each.column) for each in acts.faults(source)] == [
        ("二号楼", 2, "G"),
        ("二号楼", 3, "E"),
    ]
    assert "row 3" in acts.faults(source)[1].words
    assert "(一号楼)" in acts.faults(source)[1].words
    first = acts.known_rows(source)[0]
    acts.choose_each(source, {first.pk: "new"}, by=the("operator"), now=NOW)
    acts.start_import(source, leave_out=True, repeats="skip", by=the("operator"), now=NOW)
    worked()
    assert Resident.objects.filter(name="王芳").count() == 2


def test_the_number_of_a_household_elsewhere_is_found_before_it_is_stored() -> None:
    world.a_household(world.a_dwelling(number="1301", floor=13), number="H-9")
    source = checked(
        a_person(门牌号="1101", 户号="H-9"),
        a_person(门牌号="1102", 户号="H-8"),
        a_person(门牌号="1103", 户号="H-8"),
        a_person(门牌号="1301", 户号="H-9"),
    )
    assert said(source) == [(2, "G", "number_taken"), (4, "G", "number_taken")]


def test_nobody_becomes_a_second_householder_whatever_the_number_says() -> None:
    home = world.a_household(world.a_dwelling(number="1101", floor=11), number="H-1")
    source = checked(a_person(姓名="甲"), a_person(姓名="乙", 户号="H-1"))
    assert (source.stage, source.wrong) == ("checked", 0)
    acts.start_import(source, leave_out=False, repeats="skip", by=the("operator"), now=NOW)
    worked()
    assert list(home.residences.order_by("relation").values_list("relation", flat=True)) == ["", "0"]
    again = checked(a_person(姓名="丙"))
    assert said(again) == [(2, "I", "two_householders")]


def test_a_place_redrawn_since_the_dry_run_is_where_it_is_now() -> None:
    from mulin.places.face import Area

    unit = world.a_unit()
    source = checked(a_person(unit, 姓名="甲"), a_person(unit, 门牌号="1102", 姓名="乙"))
    Area.objects.filter(pk=unit.pk).update(closed_at=NOW)
    acts.start_import(source, leave_out=False, repeats="skip", by=the("operator"), now=NOW)
    assert "2 rows: 2, 3" in worked()
    assert not Dwelling.objects.filter(area=unit, number="1102").exists()


def test_undone_households_count_anew_whoever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from mulin.registry.importing import work

    monkeypatch.setattr(work, "PART", 1)
    home = world.a_household(world.a_dwelling(number="1101", floor=11))
    world.a_resident(home, relation="0")
    before = Household.objects.count()
    source = taken_in(
        a_person(姓名="甲", 与户主关系="子"),
        a_person(门牌号="1102", 姓名="乙"),
        a_person(门牌号="1103", 姓名="丙"),
        a_person(门牌号="1102", 姓名="丁", 与户主关系="妻"),
    )
    home.refresh_from_db()
    assert (home.members, Household.objects.count()) == (2, before + 2)
    acts.undo_import(source, by=the("operator"), now=NOW)
    worked()
    home.refresh_from_db()
    assert (home.members, Household.objects.count()) == (1, before)


def test_who_had_left_is_back_and_who_moved_is_where_the_list_says_by_the_right_it_says() -> None:
    back = world.a_resident(world.a_household(world.a_dwelling(number="1401", floor=14)))
    gone = world.a_resident(world.a_household(world.a_dwelling(number="1402", floor=14)))
    home = world.a_household(world.a_dwelling(number="1403", floor=14))
    newer = world.a_resident(home, stay=Stay(household=home, from_on=date(2024, 5, 1)))
    move_out(world.residence_of(back), by=the("worker"), now=NOW)
    rows = [
        [*a_row(门牌号="1501", 证件号码=back.document, 姓名=back.name, 居住类型="租赁"), ""],
        [*a_row(门牌号="1502", 证件号码=gone.document, 姓名=gone.name, 居住类型="租赁"), ""],
        [*a_row(门牌号="1503", 证件号码=newer.document, 姓名=newer.name), "2019-05-01"],
    ]
    source = checked(data=a_list(*rows, titles=(*TITLES, "入住日期")))
    assert (source.wrong, source.known) == (0, 3)
    acts.start_import(source, leave_out=False, repeats="update", by=the("operator"), now=NOW)
    worked()
    homes = [world.residence_of(each) for each in (back, gone, newer)]
    assert [home.dwelling.number for home in homes] == ["1501", "1502", "1403"]
    assert [home.kind for home in homes[:2]] == ["02", "02"]
    assert [home.relation for home in homes[:2]] == ["0", "0"]


def test_what_is_chosen_on_the_page_is_kept_row_by_row() -> None:
    there = world.a_household(world.a_dwelling(number="1101", floor=11))
    zhang = world.a_resident(there)
    source = checked(a_row(证件号码=zhang.document, 姓名=zhang.name, 与户主关系=""))
    desk = Client(headers={"accept-language": "en"})
    user = the("operator").user
    assert user
    desk.force_login(user)
    page = desk.get(f"/desk/registry/intakes/{source.pk}/").content.decode()
    finding = acts.known_rows(source)[0]
    assert f'name="row-{finding.pk}"' in page
    kept = desk.post(f"/desk/registry/intakes/{source.pk}/choices/", {f"row-{finding.pk}": "update"})
    assert kept.status_code == 303
    assert acts.known_rows(source)[0].choice == "update"


def test_whom_somebody_proposes_to_change_stays() -> None:
    source = taken_in(a_person(姓名="张伟"))
    zhang = Resident.objects.get(name="张伟")
    Proposal.objects.create(
        place=zhang.place, subject_kind="resident", subject=zhang.pk, seen_version=1, kind="change",
        source="resident", by=zhang.pk, proposed_at=NOW,
    )  # fmt: skip
    acts.undo_import(source, by=the("operator"), now=NOW)
    worked()
    assert Resident.objects.filter(pk=zhang.pk).exists()


def test_a_list_that_stopped_half_way_goes_on_from_its_page() -> None:
    source = checked(a_person(姓名="张伟"))
    job = acts.start_import(source, leave_out=False, repeats="skip", by=the("operator"), now=NOW)
    jobs.stop(job, now=NOW)
    desk = Client(headers={"accept-language": "en"})
    user = the("operator").user
    assert user
    desk.force_login(user)
    address = f"/desk/registry/intakes/{source.pk}/"
    assert "Go on with the rest" in desk.get(address).content.decode()
    assert desk.post(f"{address}start/", {"repeats": "skip"}).status_code == 303
    worked()
    assert Resident.objects.filter(name="张伟").exists()
