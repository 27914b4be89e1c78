"""Which records of the registry somebody may see, as index range scans."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from mulin.posts.face import Permission, Who, area_filter, in_ranges

if TYPE_CHECKING:
    from mulin.registry.models import (  # noqa: F401 - named by the base classes
        CareNeed,
        Dwelling,
        Household,
        Merchant,
        Residence,
        Resident,
    )


_Kept = TypeVar("_Kept", bound=Model)


class _Placed(QuerySet[_Kept]):
    """What every kind of record is asked: whose is it to see, and where does it lie."""

    PATHS: tuple[str, ...] = ("place",)

    def visible_to(self, who: Who) -> Self:
        """Those of one's area, which one sees masked."""
        return self.allowed(who, Permission.REGISTRY_READ)

    def allowed(self, who: Who, permission: Permission) -> Self:
        """Those with which `who` has this permission."""
        return self.filter(area_filter(who, permission, path_fields=self.PATHS))

    def within(self, path: str) -> Self:
        """Those that lie in this area."""
        found = Q()
        for column in self.PATHS:
            found |= in_ranges([path], column)
        return self.filter(found)


class DwellingQuerySet(_Placed["Dwelling"]):
    def there(self) -> Self:
        """Not pulled down or joined with another."""
        return self.filter(closed_at=None)


class HouseholdQuerySet(_Placed["Household"]):
    def there(self) -> Self:
        """Not dissolved."""
        return self.filter(to_on=None)


class ResidentQuerySet(_Placed["Resident"]):
    def standing(self) -> Self:
        """Records that stand for somebody: neither erased nor made one with another."""
        return self.filter(merged_into=None, erased_at=None)

    def here(self) -> Self:
        """Who lives here as far as is known."""
        return self.standing().filter(left_on=None, died_on=None)


class ResidenceQuerySet(_Placed["Residence"]):
    def there(self) -> Self:
        """Who still lives there."""
        return self.filter(to_on=None)


class MerchantQuerySet(_Placed["Merchant"]):
    PATHS = ("place", "overlay_place")

    def there(self) -> Self:
        """Not closed."""
        return self.filter(closed_on=None)


class CareNeedQuerySet(QuerySet["CareNeed"]):
    def in_force(self, today: date) -> Self:
        """Begun, not ended, not expired."""
        return self.filter(ended_at=None, erased_at=None, from_on__lte=today, until_on__gte=today)

    def readable_by(self, who: Who) -> Self:
        """Whose reader one is by one of one's own seats; or who granted it, as long as one still may there."""
        if who.user is None:
            return self.none()
        still = area_filter(who, Permission.CARE_GRANT, path_fields=("resident__place",))
        granted = Q(granted_by=who.user.pk) & still
        return self.filter(Q(readers__seat__in=[seat.pk for seat in who.seats]) | granted).distinct()
