"""What a disclosure says, and how each is bound to its reader's one before. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mulin.journal.rules import Chained, Link, Subject, canonical, digest, instant


class Reading(TextChoices):
    """How the data was seen."""

    REVEAL = "reveal", _("a masked value was shown")
    PAGE = "page", _("a person's or household's page was opened")
    SEARCH = "search", _("an exact search by number or phone")
    EXPORT = "export", _("an export")
    PRINT = "print", _("a print")
    SLICE = "slice", _("the slice of a phone that works without network")


class Purpose(TextChoices):
    """What the data was read for. A reveal asks for one; opening a page in the course of duty has `DUTY`."""

    DUTY = "duty", _("In the course of duty")
    CONTACT = "contact", _("To reach the person about their matter")
    VERIFY = "verify", _("To verify facts on the spot")
    EMERGENCY = "emergency", _("Danger to life or property")
    REQUEST = "request", _("The person asked for it")
    AUDIT = "audit", _("An audit")


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    """A reading, before it has its place in the reader's chain."""

    reader: UUID
    people: tuple[UUID, ...]
    kind: Reading
    purpose: Purpose
    at: datetime
    seat: UUID | None = None
    subject: Subject | None = None


def chain_reading(prev: Link, draft: ReadingDraft, id: UUID) -> Chained:
    """Bind a reading to the end of its reader's chain. The list of people enters by its hash and its length."""
    document = {
        "id": str(id),
        "reader": str(draft.reader),
        "seq": prev.seq + 1,
        "at": instant(draft.at),
        "kind": draft.kind.value,
        "purpose": draft.purpose.value,
        "seat": None if draft.seat is None else str(draft.seat),
        "subject_kind": draft.subject.kind if draft.subject else "",
        "subject": str(draft.subject.id) if draft.subject else None,
        "people": people_hash(draft.people),
        "count": len(draft.people),
        "prev": prev.hash,
    }
    text = canonical(document)
    return Chained(id, text, prev.hash, Link(prev.seq + 1, digest(text)))


def people_hash(people: Iterable[UUID]) -> str:
    """Return one hash for a list of people, whatever its order."""
    return digest(",".join(sorted(person.hex for person in people)))
