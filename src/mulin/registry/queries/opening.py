"""Which records somebody may open or reveal: those of their area, and for a while those behind a broken glass."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from mulin.posts.face import Permission, Who, area_filter, may
from mulin.registry.models import BreakGlass, Dwelling, Household, Merchant, Residence, Resident

Openable = Resident | Household | Dwelling | Residence | Merchant
M = TypeVar("M", bound=Model)

# What a broken glass lets one do with the record behind it; it gives nothing to change.
BEHIND_GLASS = frozenset({Permission.REGISTRY_READ, Permission.REGISTRY_OPEN, Permission.REGISTRY_REVEAL})


def openable(model: type[M], who: Who, permission: Permission = Permission.REGISTRY_OPEN) -> QuerySet[M]:
    """The records of this kind with which `who` has the permission, in their area or behind a glass they broke."""
    paths = ("place", "overlay_place") if model is Merchant else ("place",)
    allowed = area_filter(who, permission, path_fields=paths)
    found: QuerySet[M] = model._default_manager.all()
    return found.filter(allowed | behind_glass(model, who) if permission in BEHIND_GLASS else allowed)


def opens(who: Who, permission: Permission, thing: Openable) -> bool:
    """Whether they may do that with this record."""
    if may(who, permission, thing):
        return True
    model = type(thing)
    glass = behind_glass(model, who) if permission in BEHIND_GLASS else None
    return bool(glass) and model._default_manager.filter(glass, pk=thing.pk).exists()


def behind_glass(model: type[Model], who: Who) -> Q:
    """The records of this kind behind a glass that they broke within its hours; nothing where there is none."""
    ids: dict[str, list[UUID]] = {"resident": [], "dwelling": []}
    if who.user is not None and who.holds(Permission.REGISTRY_BREAK_GLASS):
        running = BreakGlass.objects.running(who.now).filter(user=who.user)
        for kind, subject in running.values_list("subject_kind", "subject"):
            ids[kind].append(subject)
    return _reached(model, ids["resident"], ids["dwelling"])


def _reached(model: type[Model], residents: list[UUID], dwellings: list[UUID]) -> Q:
    """A person alone, or a door with its household and whoever lives there now."""
    if not residents and not dwellings:
        return Q(pk__in=[])
    living = Residence.objects.filter(dwelling__in=dwellings, to_on=None)
    reached = {
        Resident: Q(pk__in=residents) | Q(pk__in=living.values("resident")),
        Residence: Q(resident__in=residents) | Q(dwelling__in=dwellings, to_on=None),
        Household: Q(dwelling__in=dwellings, to_on=None),
        Dwelling: Q(pk__in=dwellings),
        Merchant: Q(dwelling__in=dwellings),
    }
    return reached[model]  # type: ignore[index]  # the keys are just those classes
