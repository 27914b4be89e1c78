"""Seals: the root over what the journal holds, given outside, so that nobody can write the past anew.

A seal covers the positions of the feed after the seal before it, is bound to that one by its hash, and says how far
each reader's chain of disclosures had come. Whoever holds one on paper can prove everything up to it.
"""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge

import orjson
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mulin.journal import merkle
from mulin.journal.feed import feed_last, feed_number
from mulin.journal.models import ArchivedEntry, Disclosure, DisclosureHead, Feed, Seal
from mulin.journal.rules import FIRST_HASH, canonical, digest, instant
from mulin.kernel import paper
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid

KIND = "Mulin seal"
SLICE = 5000
NAMES = ("number", "first", "last", "root", "prev")


def seal(now: datetime) -> Seal | None:
    """Seal what came since the last one; None where nothing did. What is still without a position gets one first."""
    while feed_number():
        pass
    with transaction.atomic():
        before = last_seal()
        last = feed_last()
        if before is not None and last <= before.last:
            return None
        return Seal.objects.create(**_sealed(before, last, now))


def last_seal() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def _sealed(before: Seal | None, last: int, now: datetime) -> dict[str, object]:
    first = before.last + 1 if before else 1
    readers = [
        [str(reader), seq, hash]
        for reader, seq, hash in DisclosureHead.objects.order_by("reader").values_list(
            "reader", "seq", "hash"
        )
    ]
    columns: dict[str, object] = {
        "number": before.number + 1 if before else 1,
        "first": first,
        "last": last,
        "root": merkle.root(hashes(first, last)),
        "prev": before.hash if before else FIRST_HASH,
    }
    text = canonical({"kind": KIND, **columns, "at": instant(now), "readers": readers})
    return {"id": new_id(), "at": now, "text": text, "hash": digest(text), **columns}


def hashes(first: int, last: int) -> Iterator[str]:
    """The hashes of the entries at these positions, in order; of archived ones what stayed of them."""
    here = (
        Feed.objects.filter(position__gte=first, position__lte=last)
        .order_by("position")
        .values_list("position", "entry__hash")
    )
    away = (
        ArchivedEntry.objects.filter(position__gte=first, position__lte=last)
        .order_by("position")
        .values_list("position", "hash")
    )
    both = merge(here.iterator(chunk_size=SLICE), away.iterator(chunk_size=SLICE))
    return (str(hash) for _position, hash in both)


def as_file(made: Seal) -> bytes:
    """What is handed out: one line of JSON, and its hash below, which the paper shows as well."""
    return f"{made.text}\n{made.hash}\n".encode()


class Given:
    """A seal that somebody brings back. It is read with care: it comes from outside."""

    def __init__(self, data: bytes) -> None:
        try:
            lines = [line.strip() for line in data.decode().splitlines() if line.strip()]
            at = next(
                n for n, line in enumerate(lines) if line.startswith("{")
            )  # a saved mail has more lines
            self.text, self.hash = lines[at], lines[at + 1]
            said = orjson.loads(self.text)
            self.number, self.first, self.last = (int(said[name]) for name in NAMES[:3])
            self.root, self.prev = str(said["root"]), str(said["prev"])
            self.readers = [(str(reader), int(seq), str(link)) for reader, seq, link in said["readers"]]
        except (ValueError, LookupError, TypeError, StopIteration) as error:
            raise Invalid(_("This file is not a seal."), code="no_seal") from error
        if said.get("kind") != KIND or digest(self.text) != self.hash:
            raise Invalid(
                _("This seal was damaged or altered: its own hash does not fit."), code="seal_damaged"
            )


def check(given: Given) -> list[str]:
    """What is not as it was when the seal was given; nothing where all is. Reads every entry up to it."""
    found: list[str] = []
    prev = FIRST_HASH
    earlier = Seal.objects.filter(number__lt=given.number).order_by("number")
    expected = 1
    for made in earlier.iterator(chunk_size=SLICE):
        found += _differs(made.number, made.first, made.last, made.root)
        if (made.number, made.prev, digest(made.text)) != (expected, prev, made.hash):
            found.append(_("Seal %(number)d is not the one that was made.") % {"number": made.number})
        prev, expected = made.hash, expected + 1
    if (expected, prev) != (given.number, given.prev):
        found.append(_("The seals before this one are missing or were altered."))
    found += _differs(given.number, given.first, given.last, given.root)
    return found + _readers(given)


def _differs(number: int, first: int, last: int, root: str) -> list[str]:
    if merkle.root(hashes(first, last)) == root:
        return []
    words = _("The entries at positions %(first)d to %(last)d are not those that seal %(number)d covers.")
    return [words % {"first": first, "last": last, "number": number}]


def _readers(given: Given) -> list[str]:
    """Each reader's chain still holds the link that it had come to."""
    missing = []
    for start in range(0, len(given.readers), SLICE):
        part = given.readers[start : start + SLICE]
        rows = Disclosure.objects.filter(reader__in={reader for reader, _, _ in part})
        there = {
            (str(reader), seq, hash)
            for reader, seq, hash in rows.filter(seq__in={seq for _, seq, _ in part}).values_list(
                "reader", "seq", "hash"
            )
        }
        missing += [reader for reader, seq, link in part if seq and (reader, seq, link) not in there]
    words = _("%(count)d chains of disclosures no longer hold what they held.")
    return [words % {"count": len(missing)}] if missing else []


def sheet(made: Seal, *, language: str) -> bytes:
    """A seal on paper: to be signed, and typed in where the file is lost."""
    with translation.override(language):
        facts = [
            {"key": _("Seal"), "value": str(made.number)},
            {"key": _("Made"), "value": f"{localtime(made.at):%Y-%m-%d %H:%M}"},
            {"key": _("Positions"), "value": f"{made.first} – {made.last}"},
            {"key": _("Root over these entries"), "value": _in_groups(made.root)},
            {"key": _("Seal before"), "value": _in_groups(made.prev)},
            {"key": _("This seal"), "value": _in_groups(made.hash)},
        ]
        words = {
            "title": _("Seal of the journal"),
            "what": _(
                "Whoever holds this sheet can prove that nothing in the journal up to this position was altered, "
                "removed or inserted since: the last line must be that of the seal file, and “mulin verify --seal "
                "FILE” must agree."
            ),
            "given": _("Given by"),
            "taken": _("Received by"),
        }
    data = {**words, "facts": facts, "qr": paper.qr(f"mulin-seal:{made.number}:{made.last}:{made.hash}")}
    return paper.pdf("journal/seal.typ", data, language=language)


def _in_groups(hash: str) -> str:
    return " ".join(hash[n : n + 8] for n in range(0, len(hash), 8))
