"""What is stored of calls at the door, of days in the grid, and of tasks for all grids."""

from mulin.visits.lists.models import ComparedList, ListRow
from mulin.visits.models.campaign import Campaign, CampaignTask
from mulin.visits.models.presence import CheckIn
from mulin.visits.models.visit import Visit, VisitMatter

__all__ = ["Campaign", "CampaignTask", "CheckIn", "ComparedList", "ListRow", "Visit", "VisitMatter"]
