"""Excel and CSV in and out."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from mulin.kernel import sheets
from mulin.kernel.refusals import Invalid, TooLarge
from mulin.kernel.sheets import Column, Out, read, table, write

NAME, PHONE, ROLE = (
    Column("name", "Name", "姓名", required=True),
    Column("phone", "Phone", "电话"),
    Column("role", "Role", "岗位", required=True, also=("职务",)),
)
COLUMNS = (NAME, PHONE, ROLE)


def a_workbook(*rows: tuple[object, ...], header: tuple[str, ...] = ("姓名", "电话", "岗位")) -> bytes:
    return write([Out("Staff", header, rows)])


def the_table(data: bytes) -> sheets.Table:
    return table(read(data)[0], COLUMNS)


def test_a_table_is_read_by_its_titles_in_either_language() -> None:
    for header in (("姓名", "电话", "岗位"), ("Name *", "ＰＨＯＮＥ", " role"), ("name", "phone", "职务")):
        rows = the_table(a_workbook(("王芳", 13800000000, "grid worker"), header=header)).rows
        assert [row.values for row in rows] == [
            {"name": "王芳", "phone": "13800000000", "role": "grid worker"}
        ]
        assert rows[0].number == 2


def test_the_columns_may_stand_anywhere_and_others_among_them() -> None:
    data = write(
        [
            Out(
                "S",
                ("2026年花名册",),
                [(), ("序号", "岗位", "备注", "姓名"), (1, "x", "?", "甲"), (), (2, "y", "", "乙")],
            )
        ]
    )
    found = the_table(data)
    assert [(row.number, row["name"], row["phone"]) for row in found.rows] == [(4, "甲", ""), (6, "乙", "")]
    assert found.unknown == ["序号", "备注"]
    assert found.problem(found.rows[0], "name", "no").where == "S, row 4, column D"
    assert found.problem(found.rows[1], "", "no").where == "S, row 6"


def test_another_layout_is_refused_with_the_titles_that_are_missing() -> None:
    with pytest.raises(Invalid, match="Name, Role") as refused:
        the_table(a_workbook(("1", "2"), header=("Building", "Floor")))
    assert refused.value.code == "other_layout"


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_written_is_never_a_formula(rows: list[list[str]]) -> None:
    clean = [[cell.replace("\0", "") for cell in row] for row in rows]
    with zipfile.ZipFile(io.BytesIO(write([Out("x", ("t",), clean)]))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "typed", ["=1+1", "+86 632", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x.cn", "{=1}"]
)
def test_what_somebody_typed_comes_back_as_text(typed: str) -> None:
    assert read(write([Out("x", ("t",), [(typed,)])]))[0].rows[1] == [typed]


def test_days_and_numbers_keep_their_meaning() -> None:
    at = datetime(2026, 5, 11, 1, 30, tzinfo=UTC)
    rows = read(write([Out("x", ("a",), [(date(2026, 5, 11), at, 7, 2.5, None, "")])]))[0].rows
    assert rows[1] == ["2026-05-11", "2026-05-11 09:30:00", "7", "2.5"]


def test_hidden_sheets_and_formulas_are_left_where_they_are() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("seen").write_formula("A1", "=1+1", None, 2)
        hidden = book.add_worksheet("hidden")
        hidden.write("A1", "secret")
        hidden.hide()
    seen = read(out.getvalue())
    assert [(sheet.name, sheet.rows) for sheet in seen] == [("seen", [["2"]])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_the_encodings_of_chinese_excel(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in (("姓名", "电话", "岗位"), ("王芳", "138", "网格员")))
    assert the_table(text.encode(encoding)).rows[0].values == {
        "name": "王芳",
        "phone": "138",
        "role": "网格员",
    }


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00\x01\xff", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 broken", b"a\0b,c"]
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read(data)
    assert refused.value.code == "unreadable"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        try:
            read(head + data)
        except Invalid:
            continue


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(Invalid, match="nothing"):
        read(b"")
    with pytest.raises(Invalid, match="more than 3 rows"):
        read(a_workbook(*[("a", "b", "c")] * 3), limit=3)
    with pytest.raises(TooLarge):
        read(b" " * (sheets.MOST_BYTES + 1))


def test_a_small_file_that_unpacks_into_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1000)
    with pytest.raises(TooLarge):
        read(a_workbook(("a", "b", "c")))


@pytest.mark.parametrize("corner", [(1_048_575, 16_383), (15_000, 10_000)])
def test_a_cell_in_the_far_corner_takes_nothing_down(corner: tuple[int, int]) -> None:
    """Five kilobytes that ask for more memory than there is: the reader's process ends, not ours."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "姓名")
        page.write(*corner, "far away")
    with pytest.raises(Invalid) as refusal:
        read(out.getvalue())
    assert refusal.value.code == "too_many_rows"


def test_letters_are_those_of_excel() -> None:
    assert [sheets.letter(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
