"""Addresses of the desk pages about visits and campaigns."""

from django.urls import include, path

from mulin.visits.views import campaigns, counting, planning, recording, visit

urlpatterns = [
    path("", include("mulin.visits.lists.urls")),
    path("visits/", planning.home, name="visits"),
    path("visits/due/", planning.due_list, name="visits-due"),
    path("visits/week/", planning.week, name="visits-week"),
    path("visits/plan/", planning.plan_chosen, name="visits-plan"),
    path("visits/propose/", planning.propose, name="visits-propose"),
    path("visits/presence/", counting.days_in_the_grid, name="presence"),
    path("visits/coverage/", counting.covered, name="coverage"),
    path("visits/check-in/", counting.check_in_here, name="check-in"),
    path("visits/record/<str:kind>/<uuid:id>/", recording.record, name="visit-record"),
    path("visits/plan/<str:kind>/<uuid:id>/", visit.plan, name="visit-plan"),
    path("visits/<uuid:id>/", visit.visit, name="visit"),
    path("visits/<uuid:id>/move/", visit.move, name="visit-move"),
    path("visits/<uuid:id>/cancel/", visit.cancel, name="visit-cancel"),
    path("visits/<uuid:id>/change/", visit.change, name="visit-change"),
    path("visits/<uuid:id>/matter/", visit.matter, name="visit-matter"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign-new"),
    path("campaigns/<uuid:id>/", campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:id>/close/", campaigns.close, name="campaign-close"),
    path("campaigns/<uuid:id>/extend/", campaigns.extend, name="campaign-extend"),
    path("campaigns/<uuid:id>/widen/", campaigns.widen, name="campaign-widen"),
    path("campaigns/<uuid:id>/tasks/", campaigns.tasks, name="campaign-tasks"),
    path("campaigns/<uuid:id>/tick/", campaigns.tick, name="campaign-tick"),
    path("campaigns/tasks/<uuid:id>/", campaigns.task, name="campaign-task"),
]
