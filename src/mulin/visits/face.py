"""What other rooms may use of visits."""

from mulin.visits.actions.bulk import PastVisit, store_visits
from mulin.visits.actions.campaigns import Plan, close_campaign, extend_campaign, set_campaign, widen_campaign
from mulin.visits.actions.planning import cancel_visit, move_visit, plan_many, plan_visit
from mulin.visits.actions.presence import check_in
from mulin.visits.actions.recording import Call, change_visit, record_visit
from mulin.visits.actions.tasks import do_task, do_tasks, reopen_task, spare_task
from mulin.visits.codes import CampaignStage, DoneBy, Network, Stage, TaskStage, Way, Whom, Why
from mulin.visits.lists.actions import (
    ListPlan,
    begin_list,
    erase_list,
    expire_lists,
    make_tasks,
    settle_rows,
    start_comparison,
)
from mulin.visits.lists.comparing import compare_now
from mulin.visits.models import (
    Campaign,
    CampaignTask,
    CheckIn,
    ComparedList,
    ListRow,
    Visit,
    VisitMatter,
)
from mulin.visits.queries.coverage import Covered, coverage
from mulin.visits.queries.due import Due, count_due, due, in_need
from mulin.visits.queries.reading import planned_for, planned_for_merchant, visits_of, visits_of_merchant
from mulin.visits.queries.week import presence
from mulin.visits.rules.choosing import Chosen
from mulin.visits.rules.marks import Mark

__all__ = [
    "Call",
    "Campaign",
    "CampaignStage",
    "CampaignTask",
    "CheckIn",
    "Chosen",
    "ComparedList",
    "Covered",
    "DoneBy",
    "Due",
    "ListPlan",
    "ListRow",
    "Mark",
    "Network",
    "PastVisit",
    "Plan",
    "Stage",
    "TaskStage",
    "Visit",
    "VisitMatter",
    "Way",
    "Whom",
    "Why",
    "begin_list",
    "cancel_visit",
    "change_visit",
    "check_in",
    "close_campaign",
    "compare_now",
    "count_due",
    "coverage",
    "do_task",
    "do_tasks",
    "due",
    "erase_list",
    "expire_lists",
    "extend_campaign",
    "in_need",
    "make_tasks",
    "move_visit",
    "plan_many",
    "plan_visit",
    "planned_for",
    "planned_for_merchant",
    "presence",
    "record_visit",
    "reopen_task",
    "set_campaign",
    "settle_rows",
    "spare_task",
    "start_comparison",
    "store_visits",
    "visits_of",
    "visits_of_merchant",
    "widen_campaign",
]
