"""What was, and what is to come, at one door."""

from __future__ import annotations

from collections.abc import Sequence

from mulin.posts.face import Who
from mulin.registry.face import Household, Merchant
from mulin.visits.models import Visit
from mulin.visits.queries.visits import VisitQuerySet

SHOWN = 20


def visits_of(household: Household, who: Who, *, limit: int = SHOWN) -> Sequence[Visit]:
    """Who called there, the newest first, as far as one may read it. The page that shows it is a `Disclosure`."""
    return _over(Visit.objects.filter(household=household), who, limit)


def visits_of_merchant(merchant: Merchant, who: Who, *, limit: int = SHOWN) -> Sequence[Visit]:
    """Who called at a merchant, the newest first."""
    return _over(Visit.objects.filter(merchant=merchant), who, limit)


def planned_for(household: Household, who: Who) -> Sequence[Visit]:
    """Which visits are still to come, the next first."""
    return _planned(Visit.objects.filter(household=household), who)


def planned_for_merchant(merchant: Merchant, who: Who) -> Sequence[Visit]:
    """Which visits at a merchant are still to come, the next first."""
    return _planned(Visit.objects.filter(merchant=merchant), who)


def _over(found: VisitQuerySet, who: Who, limit: int) -> Sequence[Visit]:
    mine = found.visible_to(who).over().with_people().prefetch_related("matters__matter")
    return list(mine.order_by("-visited_at", "-id")[:limit])


def _planned(found: VisitQuerySet, who: Who) -> Sequence[Visit]:
    return list(found.visible_to(who).planned().with_people().order_by("planned_on", "id"))
