"""Personal data in a text: all of it is found, where it stands; taking it out twice is taking it out once."""

from __future__ import annotations

import sys
from datetime import date
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulin.kernel.checkdigits import passes_luhn
from mulin.matters.rules.personal import Find, Personal, find_personal, plain_form, redact

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FILLER = st.text(alphabet="灯坏了，。在楼下有人 \nabc、！", max_size=12)
JUNK = st.text(
    alphabet=st.sampled_from("王李先生女士叫是业主1380013 -（）()+@.aZ鲁D京x某楼，。Mr Wang０１"), max_size=80
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(str(find.kind), find.words) for find in find_personal(text)]


def grouped(digits: str, sizes: tuple[int, ...], by: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return by.join([*parts, digits[at:]]).strip(by)


def check_letter(first: str) -> str:
    return "10X98765432"[sum(int(n) * w for n, w in zip(first, WEIGHTS, strict=True)) % 11]


def digits_of(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=most)


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    digits = f"1{draw(st.integers(3, 9))}" + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=9, max_size=9))
    )
    written = grouped(digits, draw(st.sampled_from([(), (3, 4), (3,), (7,)])), draw(st.sampled_from(" -‐－")))
    prefix = draw(st.sampled_from(["", "+86", "+86 ", "0086-", "86 "]))
    full_width = draw(st.booleans())
    return (prefix + written).translate(_WIDE if full_width else {})


_WIDE = {ord("0") + n: chr(ord("０") + n) for n in range(10)}


@st.composite
def landlines(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(["010", "021", "0632", "0531", "0755"]))
    local = str(draw(st.one_of(st.integers(2_000_000, 8_999_999), st.integers(20_000_000, 89_999_999))))
    return draw(
        st.sampled_from([f"{area}-{local}", f"{area}{local}", f"({area}){local}", f"（{area}） {local}"])
    )


@st.composite
def identities(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1930, 1, 1), date(2020, 12, 31)))
    region, serial = draw(st.integers(110000, 659999)), draw(st.integers(0, 999))
    first = f"{region}{born:%Y%m%d}{serial:03d}"
    last = check_letter(first) if draw(st.booleans()) else draw(st.sampled_from("0123456789xX"))
    old = f"{region}{born:%y%m%d}{serial:03d}"
    return draw(st.sampled_from([first + last, grouped(first + last, (6, 8), " "), old]))


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = f"62{draw(digits_of(13, 16))}"
    digits = next(body + str(n) for n in range(10) if passes_luhn(body + str(n)))
    return grouped(
        digits, (4, 4, 4, 4) if len(digits) > 16 else (4, 4, 4), draw(st.sampled_from(["", " ", "-"]))
    )


EMAILS = st.from_regex(r"[a-z][a-z0-9._]{1,10}@[a-z]{2,8}\.(com|cn|com\.cn)", fullmatch=True)
PLATES = st.from_regex(r"[鲁京沪苏][A-HJ-NP-Z][· ]?[0-9][A-HJ-NP-Z0-9]{4}", fullmatch=True)
PLANTED = st.one_of(mobiles(), landlines(), identities(), cards(), EMAILS, PLATES)


@given(st.lists(st.tuples(FILLER, PLANTED), min_size=1, max_size=6), FILLER)
@settings(max_examples=120)
def test_every_planted_number_is_found_where_it_stands(pairs: list[tuple[str, str]], tail: str) -> None:
    text, spans = "", []
    for filler, planted in pairs:
        text += f"{filler}、"
        spans.append((len(text), len(text) + len(planted)))
        text += f"{planted}；"
    found = find_personal(text + tail)
    covered = {n for find in found if find.certain for n in range(find.start, find.end)}
    for start, end in spans:
        digits = {n for n in range(start, end) if plain_form(text)[n].isalnum()}
        assert digits <= covered, (text[start:end], found)


@given(st.one_of(JUNK, st.lists(st.one_of(JUNK, PLANTED), max_size=5).map("".join)))
@settings(max_examples=120)
def test_offsets_are_right_finds_do_not_overlap_and_redacting_twice_changes_nothing(text: str) -> None:
    finds = find_personal(text)
    for find in finds:
        assert text[find.start : find.end] == find.words
        assert find.words
    assert all(one.end <= two.start for one, two in pairwise(finds))
    once = redact(text, finds)
    assert redact(once, find_personal(once)) == once


@given(st.text(max_size=200))
def test_the_plain_form_has_as_many_characters(text: str) -> None:
    assert len(plain_form(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请联系王先生", [("name", "王先生")]),
        ("张师傅和李大爷吵架", [("name", "张师傅"), ("name", "李大爷")]),
        ("王秀英女士、欧阳老师", [("name", "王秀英女士"), ("name", "欧阳老师")]),
        ("我叫王芳，住3号楼", [("name", "王芳")]),
        ("姓名：李建国 电话：5551234", [("name", "李建国"), ("phone", "5551234")]),
        ("业主张伟的车鲁D·12345挡住了", [("name", "张伟"), ("plate", "鲁D·12345")]),
        ("邻居是陈静，", [("name", "陈静")]),
        ("联系人：孙悟空", [("name", "孙悟空")]),
        ("他姓赵", [("name", "赵")]),
        ("Please ask Mr Wang or Mrs. Li Fang", [("name", "Mr Wang"), ("name", "Mrs. Li Fang")]),
        ("My neighbour Zhang Wei is loud", [("name", "Zhang Wei")]),
        ("13812345678和13912345678", [("phone", "13812345678"), ("phone", "13912345678")]),
        ("138123456781391234567８", [("phone", "13812345678"), ("phone", "1391234567８")]),
        ("1 3 8 0 0 1 3 8 0 0 0", [("phone", "1 3 8 0 0 1 3 8 0 0 0")]),
        ("门牌1534 138 0013 8000", [("phone", "138 0013 8000")]),
        ("身份证37040219800101123x", [("identity", "37040219800101123x")]),
        ("邮箱wang.fang@qq.com；", [("email", "wang.fang@qq.com")]),
        ("新能源车鲁DD12345", [("plate", "鲁DD12345")]),
    ],
)
def test_what_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "高空抛物，马路边的金属井盖坏了，周围的邻居都很烦。",
        "12345热线、110、119，400-658-1234，2026-11-22 10:30，编号26-000138-5",
        "是高楼的外墙，是方便大家的事，百姓高兴，叫马上来修",
        "The lamp at the corner of Longshan Road is out since 2026-11-20.",
        "",
    ],
)
def test_what_is_nobodys_is_left(text: str) -> None:
    assert kinds(text) == []


def test_what_stands_instead_is_in_the_language_of_the_text() -> None:
    text = "王先生的电话13800138000，Mr Wang"
    assert redact(text, find_personal(text)) == "某先生的电话「电话」，Mr N."
    text = "Call Mr Wang, 13800138000 or w@x.cn"
    assert redact(text, find_personal(text)) == "Call Mr N., [phone] or [e-mail]"


def test_only_what_the_author_chose_is_taken_out() -> None:
    text = "李女士，13800138000"
    chosen = [find for find in find_personal(text) if find.certain]
    assert redact(text, chosen) == "李女士，「电话」"
    assert [find.certain for find in find_personal(text)] == [False, True]


JUNKS = (
    "1",
    "1 ",
    "138-",
    "a@",
    "a.",
    "@a.",
    "王",
    "王先",
    "叫王",
    "鲁A",
    "Mr ",
    "Mr Aa ",
    "姓",
    "（0632",
    "是李是",
    "86 1",
)


@pytest.mark.parametrize("junk", JUNKS)
def test_a_full_text_of_junk_takes_a_bounded_number_of_steps(junk: str) -> None:
    text = (junk * 4000)[:4000]
    assert steps(text) < 250 * len(text)


def steps(text: str) -> int:
    """Lines of ours that run, and calls into Python's own machinery."""
    count = 0

    def note(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += 1
        return note if "personal" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(note)
    try:
        found: list[Find] = find_personal(text)
    finally:
        sys.settrace(before)
    assert len(found) <= len(text)
    return count


@pytest.mark.parametrize("junk", JUNKS)
def test_no_pattern_runs_wild(junk: str) -> None:
    """Ten times the text may cost thirty times the time at most, however loaded the machine: the best of several."""
    from time import thread_time

    def cost(length: int) -> float:
        text = (junk * length)[:length]
        best = 10.0
        for _ in range(3):
            begun = thread_time()
            find_personal(text)
            best = min(best, thread_time() - begun)
        return best

    assert cost(4000) < max(30 * cost(400), 0.05)


def test_the_kinds_are_all_there() -> None:
    text = "王先生 13800138000 370402198001011234 6222021001116245702 a@b.cn 鲁D12345"
    assert {find.kind for find in find_personal(text)} == {*Personal}
