"""Looks through an answer for what was planted (planted.py) and should not be there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.db import connection

from mulin.journal.face import Entry
from tests.truth.planted import HIDDEN, MARKS, NAMES, WORDS

# Who may open a page of the marked home, and who may read its care need.
INSIDERS = frozenset({"worker", "head", "operator"})
CARERS = frozenset({"worker", "head"})  # a reader by name, and who granted it
CARE_WORDS = frozenset({WORDS["purpose"], WORDS["note"], WORDS["basis"]})
# Operations that show a number in full, having asked what for: a reveal, an exact search, a file that was ordered.
SHOWS = re.compile(r"reveal|/find|/export|/copy")
_NEWEST = f"SELECT text FROM {Entry._meta.db_table} ORDER BY id DESC LIMIT 4"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_ADDRESS = re.compile(r"""(?:href|src|action|hx-(?:get|post)|data-[a-z-]*url)=["']([^"']*)["']""")


def in_answer(label: str, name: str, answer: Any, read: bytes, address: str) -> list[str]:
    """What is wrong with this answer to this person, one line each; `read` is its body."""
    text, leads = _text(read), answer.headers.get("Location", "")
    shown = _marks(text)
    wrong = {"the address": _marks(address), "where it leads": _marks(leads)}
    if shown:  # seldom: only then it is worth reading the page more closely
        wrong["the title"] = _marks(" ".join(_TITLE.findall(text)))
        wrong["a link"] = _marks(" ".join(_ADDRESS.findall(text)))
        wrong["the page"] = {mark for mark in shown if not _may_see(label, name, answer, mark)}
    return [f"{label}: {name} finds {sorted(marks)} in {where}" for where, marks in wrong.items() if marks]


def in_journal(label: str, name: str) -> list[str]:
    """What the newest entries say that only erasable words may say."""
    with connection.cursor() as cursor:  # asked thousands of times
        cursor.execute(_NEWEST)
        texts = " ".join(text for (text,) in cursor.fetchall())
    return [f"{label}: {name} wrote {mark} into the journal's text" for mark in sorted(_marks(texts))]


def _may_see(label: str, name: str, answer: Any, mark: str) -> bool:
    if name not in INSIDERS or answer.status_code >= 400:
        return False
    if mark in HIDDEN:
        return bool(SHOWS.search(label)) and not label.startswith("GET desk")
    return mark in NAMES.values() or mark not in CARE_WORDS or name in CARERS


def _marks(text: str) -> set[str]:
    return {mark for mark in MARKS if mark in text}


def _text(body: bytes) -> str:
    if body[:4] == b"PK\x03\x04":  # a workbook
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "".join(_parts(packed))
    return body.decode("utf-8", errors="replace")


def _parts(packed: zipfile.ZipFile) -> Iterator[str]:
    for part in packed.namelist():
        yield packed.read(part).decode("utf-8", errors="replace")
