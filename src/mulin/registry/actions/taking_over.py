"""Somebody moves here from an area that one may not look into: they are taken over by number and name."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.posts.face import Permission, Who, require
from mulin.registry.actions import duplicates, keeping
from mulin.registry.actions.asking import note_asking
from mulin.registry.actions.residences import begin, end, refuse_gone
from mulin.registry.actions.staying import Stay, lock_home
from mulin.registry.models import Dwelling, Residence, Resident
from mulin.registry.rules.documents import document_form


def take_over(
    document: str,
    name: str,
    dwelling: Dwelling,
    stay: Stay | None = None,
    *,
    by: Who,
    now: datetime,
    on: date | None = None,
) -> Resident:
    """Move a known person in from wherever they lived, by what stands on their card: number and name, both right.

    Each try is an exact search: written down, and so many an hour are let through. What is wrong is not said.
    """
    require(by, Permission.REGISTRY_EDIT, dwelling, seen_by=Permission.REGISTRY_READ)
    known = duplicates.with_document(document_form(document[:60]))
    note_asking(known, by=by, now=now)
    if known is None or known.name != " ".join(name.split()):
        message = _("There is no record with this number and this name. Compare both with the card.")
        raise Invalid(message, code="no_such_person", field="document")
    return _moved(known, dwelling, stay or Stay(), on or keeping.today(now), by=by, now=now)


@transaction.atomic
def _moved(
    resident: Resident, dwelling: Dwelling, stay: Stay, on: date, *, by: Who, now: datetime
) -> Resident:
    """Their main home ends, wherever it is: they stand at the door of the new one."""
    main = Residence.objects.there().select_related("household").filter(resident=resident, main=True).first()
    home = lock_home(dwelling, stay.household, left=main.household if main else None)
    resident = keeping.again(resident)
    refuse_gone(resident)
    former = Residence.objects.there().filter(pk=main.pk).first() if main else None
    if former and former.dwelling_id != dwelling.pk:
        end(former, resident, home.left, max(on, former.from_on or on), by=by, now=now)
    begin(resident, home, stay, by=by, now=now)
    return resident
