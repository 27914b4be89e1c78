"""The desk pages of links to residents' accounts, proposed changes, and requests about one's own data."""

from django.urls import path

from mulin.registry.views import linking, proposals, requests

urlpatterns = [
    path("linking/<uuid:id>/", linking.link_account, name="record-link"),
    path("linking/<uuid:id>/end/", linking.end, name="record-link-end"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:id>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:id>/accept/", proposals.accept, name="proposal-accept"),
    path("proposals/<uuid:id>/refuse/", proposals.refuse, name="proposal-refuse"),
    path("proposals/<uuid:id>/reveal/", proposals.numbers, name="proposal-reveal"),
    path("proposals/<uuid:id>/withdraw/", proposals.withdraw, name="proposal-withdraw"),
    path("proposals/new/<str:record>/<uuid:id>/", proposals.propose_change, name="propose"),
    path("requests/", requests.requests, name="data-requests"),
    path("requests/<uuid:id>/", requests.data_request, name="data-request"),
    path("requests/<uuid:id>/copy/", requests.copy, name="data-request-copy"),
    path("requests/<uuid:id>/<slug:step>/", requests.step, name="data-request-step"),
    path("requests/new/resident/<uuid:id>/", requests.new_request, name="data-request-new"),
]
