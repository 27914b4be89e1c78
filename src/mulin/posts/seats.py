"""Seats are made when the first post or turn needs them. A seat is a name for (role, place): nothing to record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Invalid
from mulin.places.face import Area
from mulin.posts.models import Organisation, Seat
from mulin.posts.rules import Role
from mulin.posts.rules import role as role_named


def seat_for(role: str, *, area: Area | None = None, organisation: Organisation | None = None) -> Seat:
    """The seat of this role there; made where there is none yet."""
    check_anchor(role_named(role), area=area, organisation=organisation)
    seat, _made = Seat.objects.get_or_create(role=role, area=area, organisation=organisation)
    return seat


def check_anchor(line: Role, *, area: Area | None, organisation: Organisation | None) -> Area | Organisation:
    """Where the seat is; refused where this role does not sit there."""
    place = organisation if line.at_organisation else area
    if place is None or (area and organisation) or line.anchor == "self":
        raise Invalid(_("This role does not sit there."), code="wrong_anchor", field="role")
    if isinstance(place, Area) and not line.may_sit_at(place.level):
        raise Invalid(_("This role does not sit at an area of this level."), code="wrong_level", field="area")
    if place.closed_at is not None:
        raise Invalid(
            _("This place is closed."), code="closed_place", field="area" if area else "organisation"
        )
    return place
