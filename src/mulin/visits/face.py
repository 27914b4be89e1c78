"""What other rooms may use of visits."""

from mulin.visits.actions.bulk import PastVisit, store_visits
from mulin.visits.actions.planning import cancel_visit, move_visit, plan_many, plan_visit
from mulin.visits.codes import Stage, Way, Why
from mulin.visits.models import Campaign, CampaignTask, CheckIn, Visit, VisitMatter
from mulin.visits.queries.reading import planned_for, planned_for_merchant, visits_of, visits_of_merchant

__all__ = [
    "Campaign",
    "CampaignTask",
    "CheckIn",
    "PastVisit",
    "Stage",
    "Visit",
    "VisitMatter",
    "Way",
    "Why",
    "cancel_visit",
    "move_visit",
    "plan_many",
    "plan_visit",
    "planned_for",
    "planned_for_merchant",
    "store_visits",
    "visits_of",
    "visits_of_merchant",
]
