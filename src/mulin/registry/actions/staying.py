"""How somebody lives in a dwelling, and whether a dwelling and a household take them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.places.face import hold_tree
from mulin.registry.actions import keeping
from mulin.registry.codes import ResidenceKind
from mulin.registry.models import Dwelling, Household, Residence


@dataclass(frozen=True, slots=True)
class Stay:
    """By which right, with whom, why and since when. `main`: it is where they live first of all."""

    household: Household | None = None
    relation: str = ""
    kind: str = ResidenceKind.OWN.value
    reason: str = ""
    permit: str = ""
    permit_until: date | None = None
    from_on: date | None = None
    main: bool = True

    def given(self) -> dict[str, Any]:
        """As `values.residence` reads it."""
        names = ("kind", "relation", "reason", "permit", "permit_until", "from_on")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling that takes somebody, the household they join there, and the one they leave: all locked."""

    dwelling: Dwelling
    household: Household | None = None
    left: Household | None = None


def lock_home(
    dwelling: Dwelling, household: Household | None = None, *, left: Household | None = None
) -> Home:
    """The beginning of the one order in which everybody locks (README)."""
    held = lock_households(each.pk for each in (household, left) if each)
    dwelling = keeping.again(dwelling)
    if not dwelling.is_open:
        raise Invalid(_("This dwelling is no longer there."), code="closed", field="dwelling")
    joined = held.get(household.pk) if household else None
    if household and (joined is None or not joined.is_open or joined.dwelling_id != dwelling.pk):
        message = _("This household does not live in this dwelling.")
        raise Invalid(message, code="not_their_home", field="household")
    former = held.get(left.pk) if left else None
    return Home(dwelling, joined, None if former is joined else former)


def lock_home_left(residence: Residence) -> Household | None:
    """The household that somebody leaves, if they belong to one."""
    held = lock_households([residence.household_id] if residence.household_id else [])
    return next(iter(held.values()), None)


def lock_households(ids: Iterable[UUID]) -> dict[UUID, Household]:
    """The tree of places, so that no path is another meanwhile; then households, in the order of their ids."""
    hold_tree()
    wanted = Household.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    return {household.pk: household for household in wanted}
