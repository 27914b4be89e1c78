"""Erasing on request: of whoever has left, all that may go; of whoever lives here, what nothing needs."""

from __future__ import annotations

from datetime import datetime

from mulin.journal.face import EntryText, erase
from mulin.posts.face import Who
from mulin.registry.actions.linking import forget_what_was_asked
from mulin.registry.actions.residents import change_resident
from mulin.registry.codes import Source
from mulin.registry.models import DataRequest, Resident

# Who lives where must be known as long as they do; the rest was given for a service, and goes when they want it to.
NOT_NEEDED = ("former_name", "latin_name", "phone", "marital", "education", "occupation", "workplace")
RULE = "registry"


def erase_on_request(resident: Resident, *, but: DataRequest, by: Who, now: datetime) -> None:
    """What the granted request erases; call it in the transaction of the answer."""
    change_resident(resident, dict.fromkeys(NOT_NEEDED, ""), by=by, now=now, source=Source.RESIDENT)
    _erase_words(resident, by=by, now=now)
    forget_what_was_asked(resident, by=by, now=now, but=but, link=False)


def _erase_words(resident: Resident, *, by: Who, now: datetime) -> None:
    """What their journal says of what it was before."""
    rows = EntryText.objects.filter(
        entry__subject=resident.pk, entry__subject_kind="resident", erased_at=None
    )
    for text in rows.select_related("entry"):
        erase(text, rule=RULE, by=by.actor(), at=now)
