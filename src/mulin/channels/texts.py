"""The texts in force: the house's own from the data file, under those that a town has set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).resolve().parent / "data" / "texts.json"
DIGEST = "digest.waiting"
CHINESE, ENGLISH = "zh-hans", "en"
LANGUAGES = (CHINESE, ENGLISH)

FIELDS: Mapping[str, str | Promise] = {
    "number": _("the matter's number"),
    "title": _("its title"),
    "type": _("its kind"),
    "state": _("where it stands"),
    "who": _("the seat that has it now"),
    "place": _("the grid or community that takes it"),
    "due": _("until when the turn has to be done"),
    "promise": _("the date promised to the reporter"),
    "outcome": _("how it was closed"),
    "rating": _("how it was rated"),
    "other": _("the number of the other matter"),
    "count": _("how many messages"),
}
_STAFF = ("number", "title", "type", "state", "who", "place", "due")
_REPORTER = ("number", "title", "type", "state", "who", "place", "promise")


@dataclass(frozen=True)
class Kind:
    """A kind of message: to whom, on what occasion, which fields its texts may have, and the default texts."""

    code: str
    about_en: str
    about_zh: str
    fields: tuple[str, ...]
    texts: Mapping[str, str]

    @property
    def audience(self) -> str:
        return self.code.partition(".")[0]

    @property
    def label(self) -> str:
        return self.about_en if get_language() == "en" else self.about_zh


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind, by its code, in the order of the file."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {row["kind"]: _kind(row) for row in rows}


def _kind(row: Mapping[str, object]) -> Kind:
    code, more = str(row["kind"]), tuple(str(each) for each in _list(row["fields"]))
    audience = code.partition(".")[0]
    common = {"digest": (), "reporter": _REPORTER}.get(audience, _STAFF)
    texts = {CHINESE: str(row["zh"]), ENGLISH: str(row["en"])}
    return Kind(code, str(row["about"]), str(row["about_zh"]), (*common, *more), texts)


def _list(value: object) -> Iterable[object]:
    assert isinstance(value, list)  # noqa: S101 - our own data file
    return value


Key = tuple[str, str, str]
"""A town's path, a kind, a language."""


@dataclass(frozen=True)
class Texts:
    """What the towns have set; everything else is the default."""

    own: Mapping[Key, str]

    def of(self, town: str, kind: str, language: str) -> str:
        return self.own.get((town, kind, language)) or kinds()[kind].texts[language]
