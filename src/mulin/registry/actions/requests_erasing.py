"""Erasing on request: of whoever has left, all that may go; of whoever lives here, what nothing needs."""

from __future__ import annotations

from datetime import datetime

from mulin.posts.face import Who
from mulin.registry.actions.erasing import erase_resident, erase_words
from mulin.registry.actions.linking import forget_what_was_asked
from mulin.registry.actions.residents import change_resident
from mulin.registry.codes import Source
from mulin.registry.models import DataRequest, HomeImportBefore, Resident

# Who lives where must be known as long as they do; the rest was given for a service, and goes when they want it to.
NOT_NEEDED = ("former_name", "latin_name", "phone", "marital", "education", "occupation", "workplace")
RULE = "registry"


def erase_on_request(resident: Resident, *, but: DataRequest, by: Who, now: datetime) -> None:
    """What the granted request erases; call it in the transaction of the answer.

    The answer itself stays for whoever asked, until its own time is over.
    """
    if not resident.residences.there().exists():
        erase_resident(resident, rule=RULE, by=by, now=now)
        DataRequest.objects.filter(pk=but.pk).update(answer=but.answer, erased_at=None)
        return
    change_resident(resident, dict.fromkeys(NOT_NEEDED, ""), by=by, now=now, source=Source.RESIDENT)
    # Else a list that is taken back would bring it all again.
    HomeImportBefore.objects.filter(record=resident.pk).delete()
    erase_words("resident", [resident.pk], rule=RULE, by=by.actor(), now=now)
    forget_what_was_asked(resident, by=by, now=now, but=but, link=False)
