"""What the journal writes about the registry. Names, numbers and texts are never facts: only ids and codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Entry, Json, Subject, Word, record, register
from mulin.posts.face import Who
from mulin.registry.models import CareNeed, Dwelling, Household, Merchant, Resident

# What was changed may be a document number or a phone: it lies encrypted, as in the row.
CHANGED = {"before": Word.SECRET, "after": Word.SECRET, "note": Word.INTERNAL}
NOTED = {"note": Word.INTERNAL}

Kept = Dwelling | Household | Resident | Merchant


def declare() -> None:
    """Register the codes; called when the application starts."""
    register("dwelling.entered", _("Dwelling entered"))
    register("dwelling.changed", _("Dwelling changed"), words=CHANGED)
    register("dwelling.confirmed", _("Dwelling confirmed"))
    register("dwelling.closed", _("Dwelling no longer there"))
    register("household.opened", _("Household entered"))
    register("household.changed", _("Household changed"), words=CHANGED)
    register("household.confirmed", _("Household confirmed"))
    register("household.head_set", _("Another householder"))
    register("household.closed", _("Household dissolved"), words=NOTED)
    register("resident.registered", _("Resident entered"))
    register("resident.changed", _("Details of the resident changed"), words=CHANGED)
    register("resident.confirmed", _("Details of the resident confirmed"))
    register("resident.merged", _("Two records of one person made one"), words=CHANGED)
    register("resident.died", _("Noted as deceased"))
    register("resident.erased", _("Details of the resident erased"))
    register("residence.begun", _("Moved in"))
    register("residence.changed", _("Residence changed"), words=CHANGED)
    register("residence.ended", _("Moved out"), words=NOTED)
    register("residence.taken_back", _("Lives where they lived before a list said otherwise"))
    register("merchant.entered", _("Merchant entered"))
    register("merchant.changed", _("Merchant changed"), words=CHANGED)
    register("merchant.confirmed", _("Merchant confirmed"))
    register("merchant.closed", _("Merchant closed"), words=NOTED)
    register("glass.broken", _("Opened in an emergency by somebody from outside the area"))
    register("glass.judged", _("The opening in an emergency was looked at again"))
    register("glass.week", _("Whoever reviews openings in emergencies was told how many wait"))
    register("care.granted", _("Care need entered"))
    register("care.changed", _("Care need changed"))
    register("care.ended", _("Care need ended"), words=NOTED)


def subject_of(thing: Kept | CareNeed) -> Subject:
    """A care need is told on the chain of its resident: it has no story of its own."""
    if isinstance(thing, CareNeed):
        return Subject("resident", thing.resident_id)
    return Subject(type(thing).__name__.lower(), thing.id)


def entry(
    code: str,
    thing: Kept | CareNeed,
    facts: Mapping[str, Json] | None = None,
    *,
    by: Who,
    now: datetime,
    words: Mapping[str, str] | None = None,
) -> Entry:
    """One line on the chain of what it is about."""
    return record(code, subject_of(thing), by=by.actor(), at=now, facts=facts, words=words)
