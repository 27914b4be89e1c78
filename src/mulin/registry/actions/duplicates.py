"""Whether somebody is in the registry already: the same document, or the same name, birth date and door.

To learn whether a number is known is an exact search, hit or miss as any other: it is written down, and so many an
hour are let through. Whose it is, only those learn who may see the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.crypto import blind_all
from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Conflict
from mulin.posts.face import Permission, Who, may
from mulin.registry.actions.asking import note_asking
from mulin.registry.models import Dwelling, Resident
from mulin.registry.models.resident import DOCUMENT

KNOWN, NAMESAKE = "document_known", "namesake"


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


def refuse_known(
    number: str, *, by: Who, now: datetime, but: Resident | None = None, listed: bool = False
) -> None:
    """Refuse a document number that another record has. Call it before the transaction of the act.

    `listed`: it stands in a list, whose dry run has written down at once all that it learned.
    """
    if not number or (but is not None and but.document == number):
        return
    known = with_document(number)
    if not listed:
        note_asking(known, by=by, now=now)
    if known is not None and (but is None or known.pk != but.pk):
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
