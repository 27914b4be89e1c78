"""The dry run: every row is read as it would be taken over, and what is wrong is said with its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from mulin.kernel.refusals import Invalid
from mulin.kernel.sheets import CellProblem
from mulin.kernel.text import clean
from mulin.matters.actions.imports.around import Around
from mulin.matters.actions.imports.reading import Sheet
from mulin.matters.actions.report import Whereabouts
from mulin.matters.actions.reporters import normal_phone
from mulin.matters.actions.where import ADDRESS_LIMIT, whereabouts
from mulin.matters.import_words import WRONG
from mulin.matters.labels import CHANNELS
from mulin.matters.models import MatterType
from mulin.matters.models.importing import Imported
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.rules import importing as rules
from mulin.matters.rules.importing import EARLIEST, EVENING, IMPORTED, MORNING, REQUIRED, Wrong
from mulin.matters.rules.moves import Outcome
from mulin.places.face import Area
from mulin.posts.face import Seat, Who

SLICE = 500
TITLE_LIMIT, NAME_LIMIT, FORMER_LIMIT = 120, 60, 60
Meanings = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Ready:
    """A row as it will be taken over."""

    row: int
    kind: MatterType
    where: Whereabouts
    text: str
    reported: datetime
    closed: datetime
    outcome: Outcome
    promised: datetime | None = None
    title: str = ""
    done: str = ""
    channel: str = IMPORTED
    handler: Seat | None = None
    name: str = ""
    phone: str = ""
    rating: int | None = None
    former: str = ""


@dataclass
class Checked:
    """What the dry run found. `unknown` are words whose meaning nobody has said, by column, with how often."""

    ready: list[Ready] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    wrong: set[int] = field(default_factory=set)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)


class _Bad(ValueError):
    """This cell is wrong."""

    def __init__(self, why: Wrong, words: str = "") -> None:
        super().__init__(why)
        self.why, self.words = why, words


def check(
    sheet: Sheet, columns: Mapping[str, int], meanings: Meanings, who: Who, source: UUID | None = None
) -> Checked:
    """Read every row. Raises Invalid where a column that must be there was not named.

    `source` is the import itself: of its own rows none was there before.
    """
    missing = [rules.BY_KEY[key].title for key in REQUIRED if key not in columns]
    if missing:
        raise Invalid(
            str(WRONG[Wrong.COLUMNS]) % {"titles": ", ".join(missing)}, code="columns", field="columns"
        )
    return _Check(sheet, columns, meanings, who, source).all()


class _Check:
    """The rows of one table, for one person."""

    def __init__(
        self, sheet: Sheet, columns: Mapping[str, int], meanings: Meanings, who: Who, source: UUID | None
    ) -> None:
        self._source = source
        self._sheet, self._columns, self._meanings = sheet, columns, meanings
        self._around, self._now = Around(who), who.now
        self._zone = timezone.get_default_timezone()
        self._found = Checked()
        self._former: dict[str, int] = {}
        self._where = lru_cache(maxsize=4096)(self._at_area)

    def all(self) -> Checked:
        for n, cells in enumerate(self._sheet.rows):
            if any(cells):
                self._row(self._sheet.first + n, cells)
        self._refuse_known()
        return self._found

    def _row(self, number: int, cells: Sequence[str]) -> None:
        """Everything that is wrong with it, not only the first thing."""
        made: dict[str, Any] = {}
        good = [self._cell(number, key, cells, made) for key in _READERS]
        if all(good) and self._fits(number, cells, made):
            ready = {
                name: value for name, value in made.items() if name not in ("place", "address", "lon", "lat")
            }
            self._found.ready.append(Ready(row=number, **ready))

    def _cell(self, number: int, key: str, cells: Sequence[str], made: dict[str, Any]) -> bool:
        try:
            made[key] = _READERS[key](self, self._text(key, cells))
        except _Bad as bad:
            self._refuse(number, key, bad.why, bad.words)
        except Invalid as refusal:
            self._refuse(number, key, Wrong.TOO_LONG, str(refusal.message))
        return key in made

    def _fits(self, number: int, cells: Sequence[str], made: dict[str, Any]) -> bool:
        """What its cells say together."""
        if made["closed"] < made["reported"]:
            return self._refuse(number, "closed", Wrong.ORDER)
        if made["former"]:
            first = self._former.setdefault(made["former"], number)
            if first != number:
                return self._refuse(number, "former", Wrong.TWICE)
        if made["kind"].closed_at and made["reported"] > made["kind"].closed_at:
            return self._refuse(number, "kind", Wrong.UNKNOWN, self._text("kind", cells))
        try:
            made["where"] = self._whereabouts(made)
        except Invalid as refusal:
            return self._refuse(
                number, "lon" if made["lon"] is not None else "place", Wrong.DISAGREE, str(refusal.message)
            )
        # A list that knows only days has hundreds of rows at one instant: a moment between two keeps them in order.
        beside = timedelta(microseconds=number)
        made["reported"], made["closed"] = made["reported"] + beside, made["closed"] + beside
        return True

    def _whereabouts(self, made: Mapping[str, Any]) -> Whereabouts:
        kind, area, address = made["kind"], made["place"], made["address"]
        if made["lon"] is None or made["lat"] is None:
            place, taken_by = self._where(kind, area)
            return Whereabouts(place, taken_by, address=address)
        return whereabouts(kind, lon=made["lon"], lat=made["lat"], area=area, address=address)

    def _at_area(self, kind: MatterType, area: Area) -> tuple[Area, Area]:
        found = whereabouts(kind, area=area)
        return found.place, found.taken_by

    def _text(self, key: str, cells: Sequence[str]) -> str:
        place = self._columns.get(key)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _refuse(self, number: int, key: str, why: Wrong, words: str = "") -> bool:
        letter = self._sheet.letter(self._columns.get(key))
        said = words if why in (Wrong.TOO_LONG, Wrong.DISAGREE) else str(WRONG[why]) % {"words": words[:60]}
        self._found.problems.append(CellProblem(self._sheet.name, number, letter, said))
        self._found.wrong.add(number)
        return False

    def _refuse_known(self) -> None:
        """What was taken over before, by its former number."""
        numbers = sorted(self._former)
        known: set[str] = set()
        for start in range(0, len(numbers), SLICE):
            rows = Imported.objects.filter(former__in=numbers[start : start + SLICE], undone=False)
            rows = rows.exclude(source=self._source)
            known |= set(rows.values_list("former", flat=True))
        for ready in self._found.ready:
            if ready.former in known:
                self._refuse(ready.row, "former", Wrong.AGAIN)
        self._found.ready = [ready for ready in self._found.ready if ready.former not in known]

    # -- one cell each

    def meant(self, key: str, word: str, find: Callable[[str], Any], by_code: Callable[[str], Any]) -> Any:
        """What a word means: as the importer said, else as it is known here; else it is asked for."""
        said = self._meanings.get(key, {}).get(word)
        found = by_code(said) if said else find(word)
        if found is None:
            self._found.unknown.setdefault(key, Counter())[word] += 1
            raise _Bad(Wrong.UNKNOWN if word else Wrong.MISSING, word)
        return found

    def kind(self, word: str) -> Any:
        return self.meant("kind", _given(word), self._around.kinds.find, self._around.kinds.by_code.get)

    def place(self, word: str) -> Area:
        area: Area = self.meant(
            "place", _given(word), self._around.areas.find, self._around.areas.by_code.get
        )
        if not self._around.may_at(area.path):
            raise _Bad(Wrong.OUTSIDE, word)
        return area

    def outcome(self, word: str) -> Any:
        return self.meant("outcome", word, rules.outcome, Outcome)

    def channel(self, word: str) -> Any:
        """None is needed; one that is not known has to be named, or left out."""
        if not word or self._meanings.get("channel", {}).get(word) == NOTHING:
            return IMPORTED
        return self.meant("channel", word, rules.channel, lambda code: code if code in CHANNELS else None)

    def handler(self, word: str) -> Any:
        if not word or self._meanings.get("handler", {}).get(word) == NOTHING:
            return None
        return self.meant("handler", word, self._around.bodies.find, self._around.bodies.by_code.get)

    def reported(self, word: str) -> datetime:
        return self._day(_given(word), MORNING)

    def closed(self, word: str) -> datetime:
        return self._day(_given(word, Wrong.OPEN), EVENING)

    def promised(self, word: str) -> datetime | None:
        return self._day(word, EVENING, ahead=True) if word else None

    def _day(self, word: str, day_at: time, *, ahead: bool = False) -> datetime:
        found = rules.moment(word, day_at=day_at)
        if found is None:
            raise _Bad(Wrong.DATE, word)
        at = found.replace(tzinfo=self._zone)
        if found.year < EARLIEST:
            raise _Bad(Wrong.LONG_AGO, word)
        if at > self._now and not ahead:
            raise _Bad(Wrong.FUTURE, word)
        return at

    def rating(self, word: str) -> int | None:
        if not word:
            return None
        found = rules.rating(word)
        if found is None:
            raise _Bad(Wrong.RATING, word)
        return found

    def phone(self, word: str) -> str:
        try:
            return normal_phone(word)
        except Invalid:
            raise _Bad(Wrong.PHONE) from None

    def degree(self, word: str, most: float) -> float | None:
        if not word:
            return None
        found = rules.number(word, most)
        if found is None:
            raise _Bad(Wrong.SPOT, word)
        return found


NOTHING = "-"
"""What a word of a column that need not be filled may mean."""


def _given(word: str, why: Wrong = Wrong.MISSING) -> str:
    if not word:
        raise _Bad(why)
    return word


_READERS: Mapping[str, Callable[[_Check, str], Any]] = {
    "kind": _Check.kind,
    "text": lambda _check, word: clean(_given(word), TEXT_LIMIT),
    "place": _Check.place,
    "reported": _Check.reported,
    "closed": _Check.closed,
    "promised": _Check.promised,
    "outcome": _Check.outcome,
    "title": lambda _check, word: clean(word, TITLE_LIMIT, lines=False),
    "done": lambda _check, word: clean(word, TEXT_LIMIT),
    "address": lambda _check, word: clean(word, ADDRESS_LIMIT, lines=False),
    "channel": _Check.channel,
    "handler": _Check.handler,
    "name": lambda _check, word: clean(word, NAME_LIMIT, lines=False),
    "phone": _Check.phone,
    "rating": _Check.rating,
    "former": lambda _check, word: clean(word, FORMER_LIMIT, lines=False),
    "lon": lambda check, word: check.degree(word, 180),
    "lat": lambda check, word: check.degree(word, 90),
}
