"""The room's operations, for the API to mount."""

from mulin.visits.endpoints_campaigns import router as campaigns
from mulin.visits.endpoints_visits import router as visits
from mulin.visits.lists.endpoints import router as lists

__all__ = ["campaigns", "lists", "visits"]
