"""The homes and shops that a campaign is for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from mulin.registry.face import Household, Merchant, Residence
from mulin.visits.rules.choosing import Chosen, years_before
from mulin.visits.rules.dates import today


def households_chosen(path: str, chosen: Chosen, now: datetime) -> list[Household]:
    """Open households of an area, with what a task needs of them; one statement."""
    found = Household.objects.within(path).there()
    if chosen.use:
        found = found.filter(dwelling__use=chosen.use)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.stale_days is not None:
        found = found.filter(confirmed_at__lt=now - timedelta(days=chosen.stale_days))
    if chosen.age_from is not None or chosen.age_to is not None:
        found = found.filter(Exists(_of_age(chosen, now)))
    return list(found.only("id", "place").order_by("place", "id"))


def merchants_chosen(path: str, chosen: Chosen, now: datetime) -> list[Merchant]:
    """Open merchants of an area; one statement."""
    found = Merchant.objects.within(path).there()
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.trade:
        found = found.filter(trade=chosen.trade)
    if chosen.stale_days is not None:
        found = found.filter(confirmed_at__lt=now - timedelta(days=chosen.stale_days))
    return list(found.only("id", "place").order_by("place", "id"))


def _of_age(chosen: Chosen, now: datetime) -> QuerySet[Residence]:
    """Somebody of that age lives there."""
    day = today(now)
    living = Residence.objects.there().filter(household=OuterRef("pk"), resident__died_on=None)
    if chosen.age_from is not None:
        living = living.filter(resident__born_on__lte=years_before(day, chosen.age_from))
    if chosen.age_to is not None:
        living = living.filter(resident__born_on__gt=years_before(day, chosen.age_to + 1))
    return living
