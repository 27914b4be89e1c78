"""Text from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.kernel.masking import mask_address, mask_identity, mask_name, mask_phone
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean, digits, phone


def test_keeps_lines_and_drops_what_hides() -> None:
    assert clean("  路灯\r\n不亮\x00\u202e  了\t吗 \u200b", 100) == "路灯\n不亮 了 吗"
    assert clean("路灯\n不亮", 100, lines=False) == "路灯 不亮"
    assert clean("a\n\n\n\n\nb", 100) == "a\n\nb"


def test_keeps_emoji_and_markup() -> None:
    assert clean("👨\u200d👩\u200d👧 <b>&</b>", 100) == "👨\u200d👩\u200d👧 <b>&</b>"


def test_refuses_what_is_too_long_and_never_cuts() -> None:
    assert clean("好" * 100, 100) == "好" * 100
    for text in ("好" * 101, "好" * 100_000):
        with pytest.raises(Invalid) as refused:
            clean(text, 100, field="text")
        assert (refused.value.code, refused.value.field) == ("too_long", "text")


@given(st.text())
def test_cleaning_twice_changes_nothing_and_always_fits_a_database(text: str) -> None:
    once = clean(text, 10_000)
    assert clean(once, 10_000) == once
    once.encode()
    assert "\x00" not in once


@pytest.mark.parametrize(
    "written",
    ["13812345678", "138 1234 5678", "+86 138-1234-5678", "008613812345678", "１３８１２３４５６７８"],
)
def test_a_phone_has_one_form(written: str) -> None:
    assert phone(written) == "13812345678"


def test_digits_of_any_width() -> None:
    assert digits("共３栋12号²") == "312"


def test_masks() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("5123456") == "*****56"
    assert mask_identity("370402199001011234") == "370402********1234"
    assert mask_name("王小明") == "王**"
    assert mask_name("") == ""
    assert mask_address("龙山路12号院3号楼2单元401室") == "龙山路12号院***"
    assert mask_address("东门外第3户") == "东门外第**户"


@given(st.text(max_size=30))
def test_no_mask_shows_more_than_it_should(text: str) -> None:
    for mask, shown in ((mask_phone, 7), (mask_identity, 10), (mask_name, 1)):
        masked = mask(text)
        assert sum(c != "*" for c in masked) <= shown + text.count("*")
