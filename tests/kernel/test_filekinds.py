"""What a file is, whatever its name says."""

from __future__ import annotations

import io

import pytest

from mulin.kernel.filekinds import check_inside, format_of, plain_name, preview_in
from mulin.kernel.refusals import Invalid
from tests.matters import sent_files as sent


def looked_at(name: str, content: bytes) -> str:
    """`fits`, or the code of the refusal."""
    try:
        check_inside(io.BytesIO(content), name, format_of(name))
    except Invalid as refusal:
        return refusal.code
    return "fits"


MACRO = "_VBA_PROJECT".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("clip.mp4", sent.MP4, "fits"),
        ("CLIP.MOV", sent.MP4, "fits"),
        ("voice.mp3", sent.MP3, "fits"),
        ("voice.mp3", b"\xff\xfb\x90\x64" + b"\0" * 400, "fits"),
        ("voice.amr", sent.AMR, "fits"),
        ("voice.m4a", b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom", "fits"),
        ("voice.opus", b"OggS\0\2" + b"\0" * 20 + b"\x01\x13OpusHead", "fits"),
        ("paper.pdf", sent.a_pdf(), "fits"),
        ("letter.docx", sent.a_docx(), "fits"),
        ("table.xlsx", sent.zipped(xl__workbook_xml=b"<w/>"), "fits"),
        ("text.odt", sent.zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "fits"),
        ("form.ofd", sent.zipped(OFD_xml=b"<ofd/>"), "fits"),
        ("old.doc", sent.OLE, "fits"),
        ("公文.wps", sent.OLE, "fits"),
        ("note.txt", "你好".encode("gb18030"), "fits"),
        ("list.csv", b"\xef\xbb\xbfname,phone\n", "fits"),
        ("lamp.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "fits"),
        # -- lies
        ("paper.pdf", sent.EXE, "lying_name"),
        ("paper.pdf", sent.MP4, "lying_name"),
        ("clip.mp4", sent.a_pdf(), "lying_name"),
        ("clip.mp4", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "lying_name"),
        ("letter.docx", sent.zipped(xl__workbook_xml=b"<w/>"), "lying_name"),
        ("letter.docx", sent.a_docx()[:-30], "lying_name"),
        ("letter.docx", b"PK\x03\x04" + b"\0" * 100, "lying_name"),
        ("text.odt", sent.zipped(mimetype=b"text/html"), "lying_name"),
        ("note.txt", b"  <script>alert(1)</script>", "lying_name"),
        ("note.txt", b"ab\0cd", "lying_name"),
        ("lamp.jpg", b"<svg onload=alert(1)>", "lying_name"),
        # -- harm
        ("letter.docx", sent.a_docx(word__vbaProject_bin=b"x"), "macros"),
        ("old.xls", sent.OLE + MACRO, "macros"),
        ("old.xls", sent.OLE + b"\0" * (1024**2 - len(sent.OLE) - 5) + MACRO, "macros"),  # across two windows
        # -- not taken at all
        ("setup.exe", sent.EXE, "file_kind"),
        ("page.html", b"<html>", "file_kind"),
        ("letter.docm", sent.a_docx(), "file_kind"),
        ("noextension", sent.a_pdf(), "file_kind"),
        ("paper.pdf.exe", sent.a_pdf(), "file_kind"),
    ],
)
def test_what_it_is(name: str, content: bytes, found: str) -> None:
    assert looked_at(name, content) == found


def test_a_list_of_names_without_end_is_not_read() -> None:
    held = sent.zipped(**{f"{'n' * 200}{number}": b"" for number in range(4000)})
    assert looked_at("letter.docx", held) == "lying_name"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\wang\\合同.docx", "合同.docx"),
        ("/absolute/x.txt", "x.txt"),
        ("..", "file"),
        ("", "file"),
        (None, "file"),
        ("a\0b\n\r.pdf", "ab.pdf"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        (" .hidden. ", "hidden"),
    ],
)
def test_a_name_that_is_a_path(given: str | None, shown: str) -> None:
    assert plain_name(given) == shown


def test_a_long_name_keeps_its_end() -> None:
    shown = plain_name(f"{'长' * 300}.pdf")
    assert (len(shown), shown[-5:]) == (120, "….pdf")


def test_the_small_picture_in_a_document() -> None:
    assert preview_in(io.BytesIO(sent.zipped(Thumbnails__thumbnail_png=b"png"))) == b"png"
    assert preview_in(io.BytesIO(sent.a_docx())) is None
    assert preview_in(io.BytesIO(sent.OLE)) is None


def damaged(member: str, content: bytes) -> bytes:
    """Packed bytes that are none."""
    whole = bytearray(sent.zipped(**{member: content * 50}))
    start = 30 + int.from_bytes(whole[26:28], "little")
    whole[start : start + 8] = b"\xff" * 8
    return bytes(whole)


def test_a_document_that_is_damaged_inside_is_refused_or_has_no_picture() -> None:
    assert (
        looked_at("text.odt", damaged("mimetype", b"application/vnd.oasis.opendocument.text")) == "lying_name"
    )
    assert preview_in(io.BytesIO(damaged("Thumbnails__thumbnail_png", b"png"))) is None
