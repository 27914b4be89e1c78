"""Fills a town with many matters: `python -m bench.fill ROWS`, on the town that the environment names.

It starts from the demo's matters, which the rules of live acts have told, and copies each with its reporters,
contacts, parts, search row, head, entries, texts and feed: new ids, another number, another day, a pin some metres
off, and the chain hashed anew, so that `mulin verify` finds every copy whole. The rows are written by COPY on
PostgreSQL and executemany on SQLite, with the indexes that are no constraints left out meanwhile. Only the bench
writes so; Mulin itself has no such path.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from bench.writers import Writer, writer

OPEN_SHARE = 0.15
LONG, SHORT = (
    100_000,
    3,
)  # of more matters than these, the done ones have short histories: at most so many entries
OPEN_DAYS, DONE_DAYS = 20, 5 * 365
JITTER = 0.0003  # degrees
FIRST_NUMBER = 100_000  # the demo's own lie below
SEED = 20220926
BATCH = 4000
_HOLE = re.compile(r"@@(\w+)@@")
Put = Callable[["Copy"], Any]


@dataclass
class Copy:
    """What is new of one copy."""

    id: UUID
    shift: timedelta
    number: str
    lon: float | None
    lat: float | None
    ids: dict[UUID, UUID] = field(default_factory=dict)  # of contacts
    micros: int = 0


@dataclass
class Line:
    """One entry of the original: its text with holes, and its texts."""

    text: str
    holes: list[str]
    at: datetime
    row: list[Any]
    words: list[list[Any]]
    facts: dict[str, datetime]


@dataclass
class Original:
    """A matter of the demo with everything around it, as the database wants it."""

    matter: list[Any]
    is_open: bool
    reported_at: datetime
    lon: float | None
    lat: float | None
    rows: list[tuple[str, list[Any], list[tuple[int, Put]]]]
    lines: list[Line]
    grams: str
    tokens: str
    puts: list[tuple[int, Put]]


def main() -> None:
    from mulin.commands import start

    start.django()
    fill(int(sys.argv[1]))


def fill(rows: int) -> None:
    from mulin.matters.models import Matter

    wanted = rows - Matter.objects.count()
    if wanted < 0:
        raise SystemExit(f"the demo alone has more than {rows} matters")
    with writer() as out:
        originals = Reader(out).read()
        maker = Maker(out)
        dice = random.Random(SEED)
        open_ones = [each for each in originals if each.is_open]
        done = [each for each in originals if not each.is_open]
        if rows > LONG:
            done = [each for each in done if len(each.lines) <= SHORT]
        for n in range(wanted):
            some = open_ones if dice.random() < OPEN_SHARE else done
            maker.copy(dice.choice(some), dice)
            if n % BATCH == BATCH - 1:
                out.flush()
                print(f"\r{n + 1:>9,} of {wanted:,}", end="", file=sys.stderr, flush=True)
        maker.finish()
    print(f"\r{wanted:>9,} of {wanted:,}", file=sys.stderr)


class Reader:
    """Reads the demo's matters."""

    def __init__(self, out: Writer) -> None:
        from mulin.journal.models import Entry, EntryText
        from mulin.matters.models import Contact, Matter, Part, Reporter

        self.out = out
        self.entries, self.texts = _by(Entry, "subject"), _by(EntryText, "entry_id")
        self.around = {model: _by(model, "matter_id") for model in (Reporter, Part)}
        self.contacts = {row.pk: row for row in Contact.objects.all()}
        self.matters = list(Matter.objects.select_related("type", "taken_by", "held_at"))

    def read(self) -> list[Original]:
        return [self._original(matter) for matter in self.matters]

    def _original(self, matter: Any) -> Original:
        from mulin.kernel.search.grams import bigrams
        from mulin.matters.actions.searching import tokens, words
        from mulin.matters.models import Contact

        rows, bodies, people = [], [], []
        for model, by_matter in self.around.items():
            for row in by_matter.get(matter.pk, ()):
                if getattr(row, "contact_id", None):
                    contact = self.contacts[row.contact_id]
                    made: dict[str, Put] = {"id": _new_contact(contact.pk)}
                    rows.append(self._prepared(Contact, contact, made))
                rows.append(self._prepared(model, row, _own(row)))
                if getattr(row, "user_id", None):
                    people.append(row.user_id)
        for part in self.around_of("Part", matter.pk):
            if part.seat.organisation_id:
                bodies.append(part.seat.organisation_id)
        _table, values, puts = self._prepared(type(matter), matter, _of_matter(matter))
        grams = bigrams(words(matter))
        return Original(
            values, matter.kind in ("open", "waiting"), matter.reported_at, matter.lon, matter.lat, rows,
            [self._line(entry) for entry in sorted(self.entries[matter.pk], key=lambda each: each.seq)],
            self.out.grams(grams[len(bigrams(matter.number)):]),
            self.out.tokens(sorted(tokens(matter, bodies, people))), puts,
        )  # fmt: skip

    def around_of(self, name: str, id: UUID) -> list[Any]:
        return next(rows for model, rows in self.around.items() if model.__name__ == name).get(id, [])

    def _line(self, entry: Any) -> Line:
        said = orjson.loads(entry.text)
        dates = {name: at for name, value in said["facts"].items() if (at := _date(value))}
        for name in ("id", "subject", "at", "prev"):
            said[name] = f"@@{name}@@"
        for name in dates:
            said["facts"][name] = f"@@{name}@@"
        if "number" in said["facts"]:
            said["facts"]["number"] = "@@number@@"
        text = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
        holes = _HOLE.findall(text)
        words = [self._values(row) for row in self.texts.get(entry.pk, ())]
        return Line(
            _HOLE.sub("%s", text.replace("%", "%%")), holes, entry.at, self._values(entry), words, dates
        )

    def _prepared(
        self, model: Any, row: Any, own: dict[str, Put]
    ) -> tuple[str, list[Any], list[tuple[int, Put]]]:
        """A row's values, and what is to be put where in a copy: ids, and every instant moved by days."""
        values, puts = self._values(row), []
        for index, column in enumerate(model._meta.concrete_fields):
            value = getattr(row, column.attname)
            if column.attname in own:
                puts.append((index, own[column.attname]))
            elif isinstance(value, datetime):
                puts.append((index, _moved(value)))
        return model._meta.db_table, values, puts

    def _values(self, row: Any) -> list[Any]:
        from django.db import connection

        return [
            self.out.native(
                each.get_db_prep_save(getattr(row, each.attname), connection)
                if type(each).__name__ in ("EncryptedText", "DurationField") else getattr(row, each.attname)
            )
            for each in row._meta.concrete_fields
        ]  # fmt: skip


def _date(value: Any) -> datetime | None:
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _by(model: Any, name: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    rows = model.objects.select_related("seat") if model.__name__ == "Part" else model.objects.all()
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _moved(at: datetime) -> Put:
    return lambda copy: at + copy.shift


def _new_contact(id: UUID) -> Put:
    return lambda copy: copy.ids.setdefault(id, _id(copy))


def _its_contact(id: UUID) -> Put:
    return lambda copy: copy.ids[id]


def _own(row: Any) -> dict[str, Put]:
    own: dict[str, Put] = {"id": _id, "matter_id": lambda copy: copy.id}
    if getattr(row, "contact_id", None):
        own["contact_id"] = _its_contact(row.contact_id)
    return own


def _of_matter(matter: Any) -> dict[str, Put]:
    from mulin.kernel.geo import morton

    own: dict[str, Put] = {"id": lambda copy: copy.id, "number": lambda copy: copy.number}
    if matter.lon is not None:
        own["lon"], own["lat"] = (lambda copy: copy.lon), (lambda copy: copy.lat)
        own["spot"] = lambda copy: morton(copy.lon or 0.0, copy.lat or 0.0)
    linked = {"follows_id", "joined_to_id", "split_from_id"} & {
        each.attname for each in matter._meta.concrete_fields
    }
    return own | {name: lambda copy: None for name in linked}  # noqa: ARG005 - the shape of all others


def _id(copy: Copy) -> UUID:
    """Version 7, as it would have been that day."""
    random_bits = random.getrandbits(74)
    copy.micros += 1
    high = (copy.micros // 1000) << 16 | 0x7000 | random_bits >> 62
    return UUID(int=high << 64 | 0x8000000000000000 | random_bits & (1 << 62) - 1)


class Maker:
    """Makes copies and writes them."""

    def __init__(self, out: Writer) -> None:
        from mulin.journal.models import Entry, EntryText, Feed, FeedCursor, Head

        self.out = out
        self.given: dict[int, int] = {}  # numbers by year
        self.cursor = FeedCursor.objects.get(name="numbered")
        columns = {
            model: [each.attname for each in model._meta.concrete_fields] for model in (Entry, EntryText)
        }
        names = ("id", "subject", "at", "prev", "hash", "text")
        self._entry = [columns[Entry].index(name) for name in names]
        self._text = [columns[EntryText].index(name) for name in ("id", "entry_id")]
        self._tables = [model._meta.db_table for model in (Entry, EntryText, Feed, Head)]

    def copy(self, original: Original, dice: random.Random) -> None:
        days = OPEN_DAYS if original.is_open else DONE_DAYS
        shift = -timedelta(minutes=dice.randrange(1, days * 1440))
        at = original.reported_at + shift
        new = Copy(UUID(int=0), shift, self._number(at), None, None)
        if original.lon is not None and original.lat is not None:
            new.lon = original.lon + dice.uniform(-JITTER, JITTER)
            new.lat = original.lat + dice.uniform(-JITTER, JITTER)
        new.micros = int(at.timestamp() * 1_000_000)
        new.id = _id(new)
        self._rows(original, new)
        self._journal(original, new)
        self.out.search(new.id, at, new.number.split("-"), original.grams, original.tokens)

    def _rows(self, original: Original, new: Copy) -> None:
        self.out.add("matters_matter", self._filled(original.matter, original.puts, new))
        for table, values, puts in original.rows:
            self.out.add(table, self._filled(values, puts, new))

    def _journal(self, original: Original, new: Copy) -> None:
        from mulin.journal.rules import FIRST_HASH, instant

        entries, texts, feed, heads = self._tables
        prev, subject, native = FIRST_HASH, str(new.id), self.out.native
        for line in original.lines:
            id, at = _id(new), line.at + new.shift
            said = {
                "id": str(id), "subject": subject, "at": instant(at), "prev": prev, "number": new.number,
            }  # fmt: skip
            for name, date in line.facts.items():
                said[name] = (date + new.shift).isoformat()
            text = line.text % tuple([said[name] for name in line.holes])
            row, digest = line.row.copy(), sha256(text.encode()).hexdigest()
            for index, value in zip(self._entry, (id, new.id, at, prev, digest, text), strict=True):
                row[index] = native(value)
            self.out.add(entries, row)
            for word in line.words:
                word = word.copy()
                word[self._text[0]], word[self._text[1]] = native(_id(new)), native(id)
                self.out.add(texts, word)
            self.cursor.position += 1
            self.out.add(feed, [native(id), native(self.cursor.position)])
            prev = digest
        self.out.add(heads, [native(new.id), "matter", native(len(original.lines)), prev])

    def _filled(self, values: list[Any], puts: list[tuple[int, Put]], new: Copy) -> list[Any]:
        row, native = values.copy(), self.out.native
        for index, put in puts:
            row[index] = native(put(new))
        return row

    def _number(self, at: datetime) -> str:
        from mulin.kernel.counters import _year
        from mulin.kernel.numbers import with_check

        year = _year(at)
        self.given[year] = self.given.get(year, FIRST_NUMBER) + 1
        return with_check(year, self.given[year])

    def finish(self) -> None:
        """The counters and the feed go on behind what was filled in."""
        from mulin.kernel.models import Counter

        self.out.flush()
        self.cursor.save()
        for year, last in self.given.items():
            Counter.objects.update_or_create(name="matter", year=year, defaults={"last": last})


if __name__ == "__main__":
    main()
