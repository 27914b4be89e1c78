"""Who answers for which building or household."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Json
from mulin.kernel.refusals import Conflict, Invalid
from mulin.places.face import Area
from mulin.posts.actions import ends
from mulin.posts.entries import person_entry
from mulin.posts.models import Duty, User
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.who import Who


@transaction.atomic
def assign_duty(
    user: User,
    *,
    by: Who,
    now: datetime,
    area: Area | None = None,
    household: UUID | None = None,
    near: Area | None = None,
    from_at: datetime | None = None,
    to_at: datetime | None = None,
) -> Duty:
    """Let a person answer for an area, or for a household that lies in the area `near`."""
    begins, place = from_at or now, area or near
    if (area is None) == (household is None) or place is None:
        raise Invalid(_("Say for which place they answer."), code="no_place", field="area")
    require(by, Permission.DUTY_ASSIGN, place, seen_by=Permission.PLACE_READ)
    if place.closed_at is not None:
        raise Invalid(_("This place is closed."), code="closed_place", field="area")
    if to_at is not None and to_at <= begins:
        raise Invalid(_("A duty must end after it begins."), code="ends_first", field="to_at")
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise Invalid(_("This account is closed."), code="closed_account", field="user")
    _check_new(user, area, household, begins, to_at)
    duty = Duty.objects.create(user=user, area=area, household=household, from_at=begins, to_at=to_at)
    path = area.path if area else None
    facts: dict[str, Json] = {"duty": duty.id, "area": duty.area_id, "path": path, "household": household}
    person_entry("duty.assigned", user, facts, by=by, now=now)
    return duty


@transaction.atomic
def end_duty(duty: Duty, *, by: Who, now: datetime, near: Area | None = None) -> Duty:
    """End a duty at once."""
    require(by, Permission.DUTY_ASSIGN, duty.area or near, seen_by=Permission.POST_READ)
    if not ends.close(duty, by=by, now=now):
        raise Conflict(_("This duty has ended already."))
    return duty


def end_duties_of(household: UUID, *, by: Who, now: datetime) -> int:
    """A household is dissolved: nobody answers for it any more. In the transaction of whoever dissolves it, and may."""
    return sum(ends.close(each, by=by, now=now) for each in ends.unfinished_duties(now, household=household))


def _check_new(
    user: User, area: Area | None, household: UUID | None, begins: datetime, ends_at: datetime | None
) -> None:
    later = Q(to_at__isnull=True) | Q(to_at__gt=begins)
    same = Duty.objects.filter(later, user=user, area=area, household=household)
    if ends_at is not None:
        same = same.filter(from_at__lt=ends_at)
    if same.exists():
        raise Invalid(_("They answer for this place already."), code="held_already", field="user")
