"""The words to translate: `gather` them from the source into each room's .po files, or `compile` those.

Babel does what Django leaves to the system's gettext, so that a newcomer needs none. The source speaks
English; a room's `locale/zh_Hans/LC_MESSAGES/django.po` lies in the room, as its words do.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "mulin"
LANGUAGES = ("zh_Hans",)  # what the source does not speak itself
_TEMPLATES = {".html", ".txt"}
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Lines of a .po file's head that change without any word having changed.
_RESTLESS = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Language-Team|'
    rb"Project-Id-Version|Report-Msgid-Bugs-To):.*\n",
    re.MULTILINE,
)


def rooms() -> list[Path]:
    """Every app has its own words; what lies outside of all apps belongs to `mulin`."""
    return [SOURCE, *sorted(file.parent for file in SOURCE.rglob("apps.py"))]


def wanted(room: Path) -> Catalog:
    """The messages that the room's source names, without translations."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for file in _files(room):
        where = file.relative_to(SOURCE).as_posix()
        for _line, message, comments, context in _extract(file):
            catalog.add(message, locations=[(where, 0)], auto_comments=comments, context=context)
    return catalog


def held(room: Path, language: str) -> Catalog:
    """The messages that the room's .po file translates."""
    file = po_file(room, language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as lines:
        return read_po(lines, locale=language)


def po_file(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def gather() -> None:
    for room in rooms():
        for language in LANGUAGES:
            _gather_room(room, language)


def compile_all() -> None:
    for file in SOURCE.rglob("*.po"):
        with file.open("rb") as lines:
            catalog = read_po(lines, locale=file.parent.parent.name)
        with file.with_suffix(".mo").open("wb") as out:
            write_mo(out, catalog)


def _gather_room(room: Path, language: str) -> None:
    words, catalog = wanted(room), held(room, language)
    file = po_file(room, language)
    if not len(words) and not file.exists():
        return
    catalog.update(words, no_fuzzy_matching=True)
    text = BytesIO()
    write_po(text, catalog, sort_output=True, include_lineno=False, ignore_obsolete=True, width=100)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_RESTLESS.sub(b"", text.getvalue()))
    missing = [message for message in catalog if message.id and not is_translated(message.string)]
    print(f"{room.relative_to(ROOT)} {language}: {len(catalog)} messages, {len(missing)} to translate")


def is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)


def _files(room: Path) -> Iterator[Path]:
    """The room's own files, without those of a room inside it."""
    inside = [other for other in rooms() if other != room and room in other.parents]
    for file in sorted(room.rglob("*")):
        if file.suffix in {".py", *_TEMPLATES} and not any(other in file.parents for other in inside):
            yield file


def _extract(file: Path) -> list[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = file.read_text(encoding="utf-8")
    if file.suffix in _TEMPLATES:
        # What stands between the words is blanked out and means nothing to Python, its indentation least of all.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(file)).split("\n"))
    return list(
        extract("python", BytesIO(source.encode()), _KEYWORDS, ("Translators:",), strip_comment_tags=True)
    )


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    {"gather": gather, "compile": compile_all}[sys.argv[1]]()
