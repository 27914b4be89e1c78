"""A matter's title is the beginning of what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.matters.actions.report import title_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("路灯不亮。已经三天了。", "路灯不亮"),
        ("The lamp is out. Since Monday.", "The lamp is out"),
        ("第一行\n第二行", "第一行"),
        ("。", "。"),
        ("灯" * 50, "灯" * 39 + "…"),
        ("a" * 100, "a" * 79 + "…"),
    ],
)
def test_it_ends_with_the_first_sentence_or_the_line(text: str, title: str) -> None:
    assert title_from(text) == title


@given(st.text(min_size=1).filter(str.strip))
def test_it_is_never_empty_and_always_fits(text: str) -> None:
    assert 0 < len(title_from(text)) <= 120
