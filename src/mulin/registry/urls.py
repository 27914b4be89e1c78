"""Mounted at `desk/`: entering and changing who lives and trades where. They are read in the dossiers."""

from django.urls import path

from mulin.registry.views import dwellings, households, merchants, residences, residents

urlpatterns = [
    path("registry/enter/", dwellings.enter, name="record-enter"),
    path("registry/enter/dwelling/<str:path>/", dwellings.dwelling_enter, name="dwelling-enter"),
    path("registry/enter/merchant/<str:path>/", merchants.merchant_enter, name="merchant-enter"),
    path("dwellings/<uuid:id>/change/", dwellings.dwelling_change, name="dwelling-change"),
    path("dwellings/<uuid:id>/confirm/", dwellings.dwelling_confirm, name="dwelling-confirm"),
    path("dwellings/<uuid:id>/close/", dwellings.dwelling_close, name="dwelling-close"),
    path("dwellings/<uuid:id>/household/", households.household_open, name="household-open"),
    path("dwellings/<uuid:id>/merchant/", merchants.merchant_enter_at, name="merchant-enter-at"),
    path("households/<uuid:id>/change/", households.household_change, name="household-change"),
    path("households/<uuid:id>/confirm/", households.household_confirm, name="household-confirm"),
    path("households/<uuid:id>/householder/", households.household_head, name="household-head"),
    path("households/<uuid:id>/move/", households.household_move, name="household-move"),
    path("households/<uuid:id>/leave/", households.household_leave, name="household-leave"),
    path("registry/register/<str:kind>/<uuid:id>/", residents.resident_register, name="resident-register"),
    path("registry/take-over/<str:kind>/<uuid:id>/", residents.resident_take_over, name="resident-take-over"),
    path("street-residents/<uuid:id>/change/", residents.resident_change, name="resident-change"),
    path("street-residents/<uuid:id>/confirm/", residents.resident_confirm, name="resident-confirm"),
    path("street-residents/<uuid:id>/died/", residents.resident_died, name="resident-died"),
    path("street-residents/<uuid:id>/merge/", residents.resident_merge, name="resident-merge"),
    path("street-residents/<uuid:id>/move-in/", residences.resident_move_in, name="resident-move-in"),
    path("residences/<uuid:id>/change/", residences.residence_change, name="residence-change"),
    path("residences/<uuid:id>/move/", residences.residence_move, name="residence-move"),
    path("residences/<uuid:id>/out/", residences.residence_out, name="residence-out"),
    path("merchants/<uuid:id>/change/", merchants.merchant_change, name="merchant-change"),
    path("merchants/<uuid:id>/confirm/", merchants.merchant_confirm, name="merchant-confirm"),
    path("merchants/<uuid:id>/close/", merchants.merchant_close, name="merchant-close"),
]
