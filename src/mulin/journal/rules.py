"""What an entry says, and how each entry of a subject is bound to the one before. Pure: no database, no
clock.

An entry is one JSON text with sorted keys and its instant in UTC to the microsecond. It names codes, ids,
past paths and salted hashes, never words, values or contacts: those lie beside it and can be erased. The
text contains the hash of the entry before, and its own hash is the SHA-256 of the text: whoever changes,
removes or inserts one must change all that follow, and the head.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from uuid import UUID

import orjson

from mulin.kernel.refusals import Invalid

FIRST_HASH = "0" * 64
SALT_BYTES = 16
CODE_LIMIT, KIND_LIMIT, NAME_LIMIT, HASH_LIMIT = 80, 40, 60, 64
TEXT_LIMIT = 20_000  # characters of an entry's canonical text
WORD_LIMIT = 20_000  # characters of one erasable text
FACT_LIMIT = 300  # characters of one string among the facts: codes and ids are short, sentences are words

ZONE = len("+00:00")

Json = str | int | float | bool | UUID | date | None | Sequence["Json"] | Mapping[str, "Json"]


class ByKind(StrEnum):
    """Who acts: someone signed in, the house itself, someone unknown, a program with a token."""

    PERSON = "person"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"
    TOKEN = "token"  # noqa: S105 - a word


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, and on which seat they sat. `person` is the bare id of a user or a token."""

    kind: ByKind
    person: UUID | None = None
    seat: UUID | None = None


SYSTEM = Actor(ByKind.SYSTEM)
ANONYMOUS = Actor(ByKind.ANONYMOUS)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: the kind ("matter") and id of a record. Each subject has its own chain."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """An act, before it has its place in the chain.

    `facts` are codes, ids, numbers and past paths; `words` are erasable texts by name; `public` names those
    of them that the reporter may read although the code does not say so.
    """

    code: str
    subject: Subject
    by: Actor
    at: datetime
    facts: Mapping[str, Json] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    public: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """The end of a chain: how many it has, and the hash of the last."""

    seq: int = 0
    hash: str = FIRST_HASH


@dataclass(frozen=True, slots=True)
class Chained:
    """A draft with its place: the text that is hashed, and the link it makes."""

    id: UUID
    text: str
    prev: str
    link: Link


def chain(prev: Link, draft: Draft, id: UUID, salts: Mapping[str, str]) -> Chained:
    """Bind a draft to the end of its subject's chain. `salts` has one for each of the draft's words."""
    document = {
        "id": id,
        "subject_kind": draft.subject.kind,
        "subject": draft.subject.id,
        "seq": prev.seq + 1,
        "at": instant(draft.at),
        "code": draft.code,
        "by_kind": draft.by.kind.value,
        "by": draft.by.person,
        "seat": draft.by.seat,
        "facts": {name: plain(value) for name, value in draft.facts.items()},
        "words": {name: word_hash(salts[name], word) for name, word in draft.words.items()},
        "public": sorted(draft.public),
        "prev": prev.hash,
    }
    text = canonical(document)
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"the facts of {draft.code} are too long for an entry: move lists to their own rows")
    return Chained(id, text, prev.hash, Link(prev.seq + 1, digest(text)))


def canonical(document: Mapping[str, object]) -> str:
    """Return the one text of a document: sorted keys, no blanks, UTF-8; ids and days as their usual text."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def digest(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def word_hash(salt: str, word: str) -> str:
    """Return what the entry keeps of a word: without the salt, which is erased with it, it tells nothing."""
    return digest(salt + word)


def instant(at: datetime) -> str:
    """Return an instant as every entry writes it: "2026-03-02T08:30:00.000000Z"."""
    if at.tzinfo is None:
        raise ValueError("an entry's time must say its zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-ZONE] + "Z"


_AS_THEY_ARE = {type(None), bool, int, float, UUID, date}


def plain(value: Json) -> object:
    """Return a fact in the few types an entry has; a sentence among the facts is refused."""
    if type(value) in _AS_THEY_ARE:
        return value
    match value:
        case Enum():
            return value.value
        case str():
            if len(value) > FACT_LIMIT:
                raise ValueError("a fact is a code, an id or a number; longer text belongs among the words")
            return value
        case bool() | int() | float() | UUID():
            return value
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case Sequence():
            return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no fact")


def check_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words without empty ones; one that is too long is refused."""
    for name, word in words.items():
        if len(word) > WORD_LIMIT:
            raise Invalid(code="too_long", field=name)
    return {name: word for name, word in words.items() if word}
