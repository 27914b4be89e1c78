"""What a file is: told by its first bytes and its inside, compared with what its name says. Never by the name alone.

Only what is listed here is taken. A name is words for people: nothing is ever stored or opened under it.
"""

from __future__ import annotations

import lzma
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.refusals import Invalid

NAME_LIMIT = 120
HEAD = 4096  # bytes that tell what it is
MOST_NAMES = 1024**2  # bytes of a zip's list of names: more is no document
WINDOW = 1024**2
MACROS = "_VBA_PROJECT".encode(
    "utf-16-le"
)  # the name of that part in an old document of Word, Excel, PowerPoint
BIDI = {"\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


class Kind(StrEnum):
    """Kinds of file, each with a limit of its own."""

    PHOTO = "photo"
    AUDIO = "audio"
    VIDEO = "video"
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"


KINDS: dict[Kind, str | Promise] = {
    Kind.PHOTO: gettext_lazy("Photo"),
    Kind.AUDIO: gettext_lazy("Recording"),
    Kind.VIDEO: gettext_lazy("Video"),
    Kind.PDF: gettext_lazy("PDF"),
    Kind.OFFICE: gettext_lazy("Document"),
    Kind.TEXT: gettext_lazy("Text"),
}


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file as its name ends; `media` is what browsers are told; `looks` are the ends of names, as puremagic
    gives them, that its first bytes may stand for.
    """

    ext: str
    kind: Kind
    media: str
    looks: frozenset[str]


_ISO = "iso-media"  # MP4 and its relations, of any brand
_MP3 = frozenset({".mp3", ".mpga", ".koz"})
_OLE = frozenset({".doc", ".xls", ".ppt", ".msi", ".vsd"})
_ZIP = frozenset({".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".ofd"})
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_FORMATS = (
    *(Format(ext, Kind.PHOTO, "image/jpeg", frozenset({".jpg", ".jpeg", ".jfif", ".jpe"})) for ext in ("jpg", "jpeg")),
    Format("png", Kind.PHOTO, "image/png", frozenset({".png"})),
    Format("webp", Kind.PHOTO, "image/webp", frozenset({".webp"})),
    Format("gif", Kind.PHOTO, "image/gif", frozenset({".gif"})),
    Format("bmp", Kind.PHOTO, "image/bmp", frozenset({".bmp", ".dib"})),
    Format("mp3", Kind.AUDIO, "audio/mpeg", _MP3),
    Format("m4a", Kind.AUDIO, "audio/mp4", frozenset({_ISO})),
    Format("aac", Kind.AUDIO, "audio/aac", frozenset({".aac"})),
    Format("amr", Kind.AUDIO, "audio/amr", frozenset({".amr"})),
    Format("wav", Kind.AUDIO, "audio/wav", frozenset({".wav"})),
    Format("flac", Kind.AUDIO, "audio/flac", frozenset({".flac"})),
    *(Format(ext, Kind.AUDIO, "audio/ogg", frozenset({".ogg", ".oga", ".opus"})) for ext in ("ogg", "oga", "opus")),
    Format("mp4", Kind.VIDEO, "video/mp4", frozenset({_ISO})),
    Format("m4v", Kind.VIDEO, "video/mp4", frozenset({_ISO})),
    Format("mov", Kind.VIDEO, "video/quicktime", frozenset({_ISO, ".mov"})),
    Format("3gp", Kind.VIDEO, "video/3gpp", frozenset({_ISO})),
    Format("webm", Kind.VIDEO, "video/webm", frozenset({".webm"})),
    Format("pdf", Kind.PDF, "application/pdf", frozenset({".pdf"})),
    Format("docx", Kind.OFFICE, f"{_OPEN_XML}wordprocessingml.document", _ZIP),
    Format("xlsx", Kind.OFFICE, f"{_OPEN_XML}spreadsheetml.sheet", _ZIP),
    Format("pptx", Kind.OFFICE, f"{_OPEN_XML}presentationml.presentation", _ZIP),
    Format("odt", Kind.OFFICE, f"{_OPEN_DOCUMENT}text", _ZIP),
    Format("ods", Kind.OFFICE, f"{_OPEN_DOCUMENT}spreadsheet", _ZIP),
    Format("odp", Kind.OFFICE, f"{_OPEN_DOCUMENT}presentation", _ZIP),
    Format("ofd", Kind.OFFICE, "application/ofd", _ZIP),
    Format("doc", Kind.OFFICE, "application/msword", _OLE),
    Format("xls", Kind.OFFICE, "application/vnd.ms-excel", _OLE),
    Format("ppt", Kind.OFFICE, "application/vnd.ms-powerpoint", _OLE),
    Format("wps", Kind.OFFICE, "application/vnd.ms-works", _OLE),
    Format("et", Kind.OFFICE, "application/vnd.ms-excel", _OLE),
    Format("dps", Kind.OFFICE, "application/vnd.ms-powerpoint", _OLE),
    Format("txt", Kind.TEXT, "text/plain; charset=utf-8", frozenset()),
    Format("csv", Kind.TEXT, "text/csv; charset=utf-8", frozenset()),
)  # fmt: skip
FORMATS = {each.ext: each for each in _FORMATS}
ACCEPT = ",".join(f".{ext}" for ext in FORMATS)  # for the field of a form
# What must lie in a zip for it to be such a document; for OpenDocument its type stands in `mimetype`.
_INSIDE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "ofd": "OFD.xml"}


def plain_name(given: str | None) -> str:
    """The last part of a name, whichever way its path is written, without what would hide or turn its letters."""
    last = unicodedata.normalize("NFC", given or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if each.isprintable() and each not in BIDI).strip(" .")
    stem, dot, ext = shown.rpartition(".")
    if dot and len(shown) > NAME_LIMIT:
        shown = f"{stem[: NAME_LIMIT - len(ext) - 2]}…{dot}{ext}" if len(ext) < NAME_LIMIT // 2 else ""
    return shown[:NAME_LIMIT] or _("file")


def format_of(name: str) -> Format:
    """What its name says that it is. Raises Invalid where such files are not taken."""
    ext = name.rpartition(".")[2].casefold() if "." in name else ""
    if ext not in FORMATS:
        words = _(
            "%(name)s: such files are not taken. Taken are photos, sound, video, PDF, Office documents and text."
        )
        raise Invalid(words % {"name": name}, code="file_kind", field="files")
    return FORMATS[ext]


def check_inside(file: BinaryIO, name: str, found: Format) -> None:
    """Raise Invalid unless it is what its name says, and harmless as far as can be told."""
    file.seek(0)
    head = file.read(HEAD)
    fits = _is_text(file) if found.kind is Kind.TEXT else bool(_looks(head) & found.looks)
    if fits and found.looks is _ZIP:
        fits = _is_document(file, name, found)
    if fits and found.looks is _OLE and _holds(file, MACROS):
        raise _macros(name)
    if not fits:
        words = _("%(name)s: its content is not what its name says. Nothing was kept of it.")
        raise Invalid(words % {"name": name}, code="lying_name", field="files")


def _looks(head: bytes) -> frozenset[str]:
    """All that the first bytes may stand for."""
    if head[4:8] == b"ftyp":
        return frozenset() if head[8:11] in (b"hei", b"mif", b"avi", b"msf", b"crx") else frozenset({_ISO})
    if head[:3] == b"\xef\xbb\xbf" and head[3:8] == b"%PDF-":
        return frozenset({".pdf"})
    try:
        return frozenset(each.extension.casefold() for each in puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return frozenset()


def _is_text(file: BinaryIO) -> bool:
    """Words in one of the ways that are in use here, and no page or program."""
    file.seek(0)
    content = file.read()
    start = content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"\0" in content or start.startswith((b"<", b"#!", b"%!", b"%pdf", b"{\\rtf", b"mz")):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _is_document(file: BinaryIO, name: str, found: Format) -> bool:
    names = _names_in(file)
    if names is None:
        return False
    if any(each.rpartition("/")[2].casefold() == "vbaproject.bin" for each in names):
        raise _macros(name)
    if found.ext in _INSIDE:
        return any(each.startswith(_INSIDE[found.ext]) for each in names)
    with zipfile.ZipFile(file) as archive:
        return (
            "mimetype" in names and _first(archive, "mimetype", 100).decode("ascii", "replace") == found.media
        )


# What a damaged or forged zip makes its reader raise, by the way in which it is packed.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, OSError, EOFError, ValueError,
)  # fmt: skip


def _names_in(file: BinaryIO) -> list[str] | None:
    """The names in a zip; nothing is unpacked, and a list that is far too long is not read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(tail[end + 12 : end + 16], "little") > MOST_NAMES:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except _BROKEN:
        return None


def _first(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        with archive.open(name) as member:
            return member.read(most)
    except _BROKEN:
        return b""


def preview_in(file: BinaryIO, *, most: int = 2 * 1024**2) -> bytes | None:
    """The small picture that an Office program put into its document, if it did."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name in ("Thumbnails/thumbnail.png", "docProps/thumbnail.jpeg"):
                if name in archive.namelist() and 0 < archive.getinfo(name).file_size <= most:
                    return _first(archive, name, most) or None
    except _BROKEN:
        return None
    return None


def _holds(file: BinaryIO, words: bytes) -> bool:
    file.seek(0)
    kept = b""
    while chunk := file.read(WINDOW):
        if words in kept + chunk:
            return True
        kept = chunk[-len(words) :]
    return False


def _macros(name: str) -> Invalid:
    words = _(
        "%(name)s: this document holds macros, which could do harm. Save it without them and send it again."
    )
    return Invalid(words % {"name": name}, code="macros", field="files")
