"""The forms of taking over a list: the file, its columns, its words, and the last question."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mulin.kernel.sheets import letter
from mulin.matters.actions.imports.around import Around
from mulin.matters.actions.imports.checking import NOTHING
from mulin.matters.actions.imports.reading import Sheet
from mulin.matters.labels import CHANNELS, OUTCOMES
from mulin.matters.models import Import
from mulin.matters.rules.importing import BY_KEY, COLUMNS, IMPORTED, TRANSLATED
from mulin.places.face import Level

WORDS_AT_ONCE = 30  # of each column: what is said changes what is left to be said
Options = list[tuple[str, Any]]


class FileForm(forms.Form):
    """A list of former matters."""

    file = forms.FileField(
        label=gettext_lazy("List of former matters"),
        help_text=gettext_lazy(
            "Excel (.xlsx, .xls), OpenDocument or CSV: a row of titles, and below it one row for each matter that "
            "was closed. At most 20,000 rows and 20 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class ColumnsForm(forms.Form):
    """Which column of the file holds what."""

    def __init__(self, source: Import, sheet: Sheet, data: Any = None) -> None:
        initial = {key: str(place) for key, place in source.columns.items()}
        super().__init__(data, initial=initial, auto_id="column_%s")
        choices = [("", _("not in this file")), *_columns(sheet)]
        for column in COLUMNS:
            self.fields[column.key] = forms.ChoiceField(
                label=column.title, required=column.required, choices=choices
            )

    def columns(self) -> dict[str, int]:
        return {key: int(place) for key, place in self.cleaned_data.items() if place}


class WordsForm(forms.Form):
    """What the words of the file mean here: those that nobody knows, and those that were explained."""

    def __init__(
        self, source: Import, unknown: Mapping[str, Counter[str]], around: Around, data: Any = None
    ) -> None:
        super().__init__(data, auto_id="word_%s")
        self._words: dict[str, tuple[str, str]] = {}
        for key in TRANSLATED:
            said = source.meanings.get(key, {})
            words = [*(word for word, _n in unknown.get(key, Counter()).most_common()), *said]
            if words:
                self._add(
                    key, dict.fromkeys(words[:WORDS_AT_ONCE]), said, unknown.get(key, Counter()), around
                )

    def _add(
        self, key: str, words: Iterable[str], said: Mapping[str, str], unknown: Counter[str], around: Around
    ) -> None:
        choices = [("", _("choose")), *_MEANINGS[key](around)]
        for word in words:
            name = f"{key}-{hashlib.sha256(word.encode()).hexdigest()[:12]}"
            label = _("%(column)s “%(word)s”") % {"column": BY_KEY[key].title, "word": word or _("(empty)")}
            if unknown[word]:
                rows = ngettext("in %(n)d row", "in %(n)d rows", unknown[word]) % {"n": unknown[word]}
                label = _("%(column)s, %(rows)s") % {"column": label, "rows": rows}
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=choices, initial=said.get(word, "")
            )
            self._words[name] = (key, word)

    def meanings(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, (key, word) in self._words.items():
            found.setdefault(key, {})[word] = self.cleaned_data[name]
        return found


class StartForm(forms.Form):
    """The last question before it is taken over."""

    leave_out = forms.BooleanField(label=gettext_lazy("Leave out the rows that are wrong"), required=False)


def _columns(sheet: Sheet) -> Options:
    """Each with its letter, its title and what stands in it."""
    found = []
    for place, title in enumerate(sheet.titles):
        sample = next(iter(sheet.samples(place)), "")
        if title or sample:
            found.append(
                (str(place), f"{letter(place)} · {title or '–'}" + (f" ({sample[:24]})" if sample else ""))
            )
    return found


def _kinds(around: Around) -> Options:
    kinds = sorted(around.kinds.by_code.values(), key=lambda kind: kind.code)
    return [(kind.code, f"{kind.code} {kind.label}") for kind in kinds if kind.closed_at is None]


def _places(around: Around) -> Options:
    """Down to the grids; a building is named in the file."""
    areas = sorted(around.areas.by_code.items())
    return [
        (path, f"{'– ' * _DEPTH[area.level]}{area.label}")
        for path, area in areas
        if area.level in _DEPTH and around.may_at(path)
    ]


_DEPTH = {int(Level.TOWN): 0, int(Level.VILLAGE): 1, int(Level.GRID): 2}


def _bodies(around: Around) -> Options:
    seats = sorted(around.bodies.by_code.items(), key=lambda each: str(each[1].organisation))
    return [(NOTHING, _("leave this empty")), *((key, str(seat.organisation)) for key, seat in seats)]


def _channels(_around: Around) -> Options:
    return [
        (NOTHING, _("leave this empty")),
        *((code, words) for code, words in CHANNELS.items() if code != IMPORTED),
    ]


_MEANINGS = {
    "kind": _kinds,
    "place": _places,
    "outcome": lambda _around: [(str(code), words) for code, words in OUTCOMES.items()],
    "channel": _channels,
    "handler": _bodies,
}
