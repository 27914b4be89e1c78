"""Whether somebody is in the registry already: the same document, or the same name, birth date and door.

To learn that a number is known is an exact search, hit or miss as any other: it is written down, and so many an
hour are let through. Whose it is, only those learn who may see the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.journal.face import Purpose, Reading, disclose
from mulin.kernel import throttle
from mulin.kernel.crypto import blind_all
from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Conflict
from mulin.posts.face import Permission, Who, may
from mulin.registry.actions import keeping
from mulin.registry.models import Dwelling, Resident
from mulin.registry.models.resident import DOCUMENT

KNOWN, NAMESAKE = "document_known", "namesake"
HITS_PER_HOUR = 30


class Known(Conflict):
    """There is such a record already; `resident` is set for those who may see it."""

    default_code = KNOWN

    def __init__(self, message: str, *, code: str, field: str, resident: UUID | None) -> None:
        super().__init__(message, code=code, field=field)
        self.resident = resident


def with_document(number: str) -> Resident | None:
    """Who bears this number, by whichever key it was indexed."""
    indexes = blind_all(number, context=DOCUMENT)
    return Resident.objects.filter(document_index__in=indexes, merged_into=None).first() if number else None


def refuse_known(number: str, *, by: Who, now: datetime, but: Resident | None = None) -> None:
    """Refuse a document number that another record has. Call it before the transaction of the act."""
    known = with_document(number) if number else None
    if known is None or (but is not None and known.pk == but.pk):
        return
    person = keeping.person_of(by)
    if person:
        throttle.take(f"registry-known:{person}", limit=HITS_PER_HOUR, per=timedelta(hours=1), now=now)
        disclose(person, [known.pk], kind=Reading.SEARCH, purpose=Purpose.VERIFY, at=now)
    raise _known(known, by)


def _known(resident: Resident, by: Who) -> Known:
    if may(by, Permission.REGISTRY_READ, resident):
        message = _("This document number is in the registry already: %(name)s. Open that record instead.")
        message %= {"name": mask_name(resident.name)}
        return Known(message, code=KNOWN, field="document", resident=resident.pk)
    message = _(
        "This document number is in the registry already, in another area. If they have moved here, "
        "take them over by name and number."
    )
    return Known(message, code=KNOWN, field="document", resident=None)


def ask_namesake(columns: Mapping[str, Any], dwelling: Dwelling, *, by: Who) -> None:
    """Ask whether it is the same person, where name, birth date and door are the same."""
    if columns.get("born_on") is None:
        return
    same = Resident.objects.standing().filter(
        name=columns["name"], born_on=columns["born_on"], residences__dwelling=dwelling
    )
    found = same.first()
    if found is None:
        return
    message = _(
        "Somebody of this name and birth date is registered at this door already. Is it the same person?"
    )
    seen = may(by, Permission.REGISTRY_READ, found)
    raise Known(message, code=NAMESAKE, field="name", resident=found.pk if seen else None)
