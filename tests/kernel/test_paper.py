"""Sheets of paper."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pytest_django import Settings

from mulin.kernel import paper

DATA: dict[str, Any] = {
    "title": "受理回执", "head": "龙山路街道", "aside": "2600013850", "foot": "12345",
    "facts": [{"key": "事项", "value": "路灯不亮 #strong[x] \\ $ * _ 𠮷 😀"}, {"key": "期限", "value": "2026-05-13"}],
    "qr": paper.qr("https://mulin.example.cn/follow/"),
    "section": "经过", "header": ["时间", "做了什么", "谁"],
    "rows": [["09:30", f"第 {n} 步", "王芳"] for n in range(80)], "sign": "签名",
}  # fmt: skip


def words_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize(("language", "page"), [("zh-hans", "第 1 页"), ("en", "Page 1 of")])
def test_a_sheet_says_what_it_is_given(language: str, page: str, settings: Settings) -> None:
    settings.MULIN_DEMO = True
    pages = words_of(paper.pdf("look/sample.typ", DATA, language=language))
    first = pages[0]
    assert len(pages) > 1
    assert all(
        words in first for words in ("受理回执", "龙山路街道", "2600013850", "路灯不亮 #strong[x] \\ $ * _")
    )
    assert page in first
    assert "时间" in pages[1]  # the heading of a table comes again


def test_without_its_fonts_nothing_is_printed_and_it_says_why(settings: Settings, tmp_path: Path) -> None:
    settings.MULIN_FONTS = tmp_path
    with pytest.raises(paper.NotPrinted, match="fonts are missing"):
        paper.pdf("look/sample.typ", DATA, language="en")


def test_a_broken_sheet_tells_no_words(settings: Settings) -> None:
    with pytest.raises(RuntimeError) as broken:
        paper.pdf("look/sample.typ", {**DATA, "rows": "王芳"}, language="en")
    assert "王芳" not in str(broken.value)


def test_a_picture_of_the_first_page_can_be_had() -> None:
    assert paper.png("look/sample.typ", {**DATA, "rows": []}, language="en").startswith(b"\x89PNG")
