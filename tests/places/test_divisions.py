"""Loading official lists: the good rows, whatever is beside them, and twice the same."""

from __future__ import annotations

import random
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import Entry, facts_of
from mulin.places import commands
from mulin.places.actions import divisions
from mulin.places.actions.divisions import count_lines
from mulin.places.division_lists import REASONS, BadRow
from mulin.places.face import Area, AreaVersion, LoadReport, close_area, load_divisions, map_version
from tests.places.ground import BY, LATER, OPENED

LISTS = {
    "provinces": ["code,name", '97,"甲省"', '98,"乙省"'],
    "cities": ["code,name,provinceCode", '9701,"甲市",97', '9801,"乙市",98'],
    "areas": ["code,name,cityCode,provinceCode", '970101,"甲县",9701,97', '980100,"乙市",9801,98'],
    "streets": [
        "code,name,areaCode,provinceCode,cityCode",
        '970101001,"甲街道",970101,97,9701',
        '980100000,"乙镇",980100,98,9801',
    ],
    "villages": [
        "code,name,streetCode,provinceCode,cityCode,areaCode",
        '970101001001,"甲社区",970101001,97,9701,970101',
        '970101001200,"乙,村",970101001,97,9701,970101',
        '980100000000,"高\ue170村委会",980100000,98,9801,980100',
    ],
}
COUNT = sum(len(lines) - 1 for lines in LISTS.values())
Write = Callable[..., list[Path]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the lists, with the lines of some of them replaced; their files."""

    def files(**other: list[str] | bytes) -> list[Path]:
        for name, lines in {**LISTS, **other}.items():
            content = lines if isinstance(lines, bytes) else ("\n".join(lines) + "\n").encode()
            (tmp_path / f"{name}.csv").write_bytes(content)
        return [tmp_path / f"{name}.csv" for name in LISTS]

    return files


def load(files: list[Path], *, later: int = 0) -> LoadReport:
    return load_divisions(files, by=BY, now=OPENED + timedelta(days=later))


def loaded() -> dict[str, str]:
    return dict(Area.objects.filter(path__gte="97", path__lt="99").values_list("path", "name"))


def test_all_lists_in_any_order(db: None, write: Write) -> None:
    files = write()
    random.Random(7).shuffle(files)
    report = load(files)
    assert (report.added, report.bad) == (COUNT, 0)
    assert loaded()["970101001200"] == "乙,村"
    assert loaded()["980100000000"] == "高\ue170村委会"
    village = Area.objects.get(path="970101001001")
    assert village.parent == Area.objects.get(path="970101001")
    assert (village.level, village.code, village.from_at) == (12, "970101001001", OPENED)


def test_each_file_is_an_entry_with_its_fingerprint(db: None, write: Write) -> None:
    files = write()
    load(files)
    entries = Entry.objects.filter(code="divisions.loaded", at=OPENED)
    facts = {facts["level"]: facts for facts in map(facts_of, entries)}
    assert facts[12]["file_sha256"] == sha256(files[4].read_bytes()).hexdigest()
    assert (facts[12]["count"], facts[12]["first_line"], facts[12]["last_line"]) == (3, 2, 4)
    assert len(facts) == len(LISTS)


def test_again_changes_nothing(
    db: None, write: Write, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    files = write()
    load(files)
    before, entries, version = loaded(), Entry.objects.count(), map_version()
    with django_assert_max_num_queries(
        7 * len(LISTS)
    ):  # parents; savepoint, lock, mark, comparison, and back
        report = load(files, later=1)
    assert (report.added, report.renamed, report.unchanged, report.bad) == (0, 0, COUNT, 0)
    assert (loaded(), Entry.objects.count(), map_version()) == (before, entries, version)


def test_a_new_name_is_taken_and_the_old_one_kept(db: None, write: Write) -> None:
    load(write())
    files = write(provinces=["code,name", "97,新省", '98,"乙省"'])
    report = load(files, later=1)
    assert (report.renamed, report.unchanged) == (1, COUNT - 1)
    assert loaded()["97"] == "新省"
    assert AreaVersion.objects.get(area__path="97").name == "甲省"


GOOD = '970101001001,"甲社区",970101001,97,9701,970101'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('97010100100,"短",970101001,97,9701,970101', "length"),
        ('9701010010010,"长",970101001,97,9701,970101', "length"),
        ("97,甲省,970101001,97,9701,970101", "length"),
        ('97010100100x,"字母",970101001,97,9701,970101', "digits"),
        ('９７0101001001,"全角",970101001,97,9701,970101', "digits"),
        (',"没有码",970101001,97,9701,970101', "digits"),
        ('970199001001,"没有上级",970199001,97,9701,970199', "parent"),
        ('970101001002,"上级不符",970101002,97,9701,970101', "parent_differs"),
        ('970101001002,"",970101001,97,9701,970101', "name"),
        ('970101001002,"　 ",970101001,97,9701,970101', "name"),
        ('970101001002,"\x07",970101001,97,9701,970101', "name"),
        (f'970101001002,"{"长" * 101}",970101001,97,9701,970101', "name_long"),
        ('970101001001,"另一个名字",970101001,97,9701,970101', "duplicate"),
        ('970101001002,"少一列",970101001,97,9701', "columns"),
        ('970101001002,"多一列",970101001,97,9701,970101,1', "columns"),
        ('970101001002,"引号没有合上,970101001,97,9701,970101', "quotes"),
        ("970101001002", "columns"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_kept(
    db: None, write: Write, line: str, reason: str
) -> None:
    last = '970101001003,"最后",970101001,97,9701,970101'
    told: list[BadRow] = []
    files = write(villages=[LISTS["villages"][0], GOOD, line, "", last])
    report = load_divisions(files, by=BY, now=OPENED, on_problem=told.append)
    assert report.problems == told == [BadRow("villages.csv", 3, reason)]
    assert str(told[0]) == f"villages.csv:3: {REASONS[reason]}"
    assert report.bad == 1
    assert {path for path in loaded() if len(path) == 12} == {"970101001001", "970101001003"}
    assert loaded()["970101001001"] == "甲社区"


def test_the_same_row_twice_is_no_harm(db: None, write: Write) -> None:
    report = load(write(villages=[LISTS["villages"][0], GOOD, GOOD]))
    assert (report.bad, report.added) == (0, COUNT - 2)


def test_a_broken_encoding_spoils_one_row(db: None, write: Write) -> None:
    lines = [line.encode() for line in LISTS["villages"]]
    lines[2] = lines[2].replace("乙".encode(), "乙".encode("gbk"))
    report = load(write(villages=b"\r\n".join(lines)))
    assert report.problems == [BadRow("villages.csv", 3, "encoding")]
    assert report.added == COUNT - 1


def test_a_byte_order_mark_and_windows_line_ends_are_no_harm(db: None, write: Write) -> None:
    report = load(write(provinces=b"\xef\xbb\xbfcode,name\r\n97,\xe7\x94\xb2\r\n98,\xe4\xb9\x99"))
    assert (report.bad, report.added) == (0, COUNT)
    assert loaded()["97"] == "甲"


@pytest.mark.parametrize(
    ("provinces", "line", "reason"),
    [
        (["code,title", "97,甲省"], 1, "header"),
        (["97,甲省"], 1, "header"),
        ([""], 1, "header"),
        (b"", 1, "header"),
        (b"\x00\x01\x02\xff", 1, "header"),
    ],
)
def test_a_file_without_its_columns_is_left_out(
    db: None, write: Write, provinces: list[str] | bytes, line: int, reason: str
) -> None:
    files = write(provinces=provinces)
    report = load(files)
    assert report.problems[0] == BadRow("provinces.csv", line, reason)
    assert {problem.reason for problem in report.problems[1:]} == {"parent"}  # nothing to hang the cities on
    assert loaded() == {}


def test_a_missing_file_is_told(db: None, write: Write, tmp_path: Path) -> None:
    report = load([*write(), tmp_path / "gone.csv", tmp_path])
    assert [problem.reason for problem in report.problems] == ["file", "file"]
    assert report.added == COUNT


def test_what_was_closed_here_stays_closed(db: None, write: Write) -> None:
    load(write())
    close_area(Area.objects.get(path="970101001001"), by=BY, now=LATER)
    report = load(write(), later=999)
    assert report.problems == [BadRow("villages.csv", 2, "closed")]
    assert not Area.objects.get(path="970101001001").is_open


def test_batches_and_progress(db: None, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divisions, "BATCH", 100)
    header, *_ = LISTS["villages"]
    many = [f'970101001{n:03d},"第{n}村",970101001,97,9701,970101' for n in range(1, 351)]
    steps: list[int] = []
    files = write(villages=[header, *many, many[0].replace("第1村", "别名")])
    report = load_divisions(files, by=BY, now=OPENED, progress=steps.append)
    assert report.problems == [BadRow("villages.csv", 352, "duplicate")]
    assert sum(steps) == count_lines(files)
    entries = [facts_of(entry) for entry in Entry.objects.filter(code="divisions.loaded", at=OPENED)]
    assert sorted(each["count"] for each in entries if each["level"] == 12) == [50, 100, 100, 100]


def test_the_command(db: None, write: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    parser = ArgumentParser()
    commands.add_arguments(parser)
    files = [str(file) for file in write(provinces=["code,name", "97,甲省", "98,乙省", "9x,坏"])]
    assert commands.run(parser.parse_args(files)) == 1
    said = capsys.readouterr()
    assert f"{COUNT} areas opened, 0 renamed, 0 unchanged, 1 lines left out." in said.out
    assert "provinces.csv:4: the code has something else than digits" in said.err
    files = [str(file) for file in write()]
    assert commands.run(parser.parse_args(files)) == 0
