"""A town sets who does what, from a date on, and goes back to the house's table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Invalid
from mulin.matters.labels import WHY_NO_ROLE
from mulin.matters.models import WhoRow
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Function
from mulin.matters.rules.who_may import why_not_role
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Scope, Who, require, role

MOST_ROLES = 6


def set_who(
    town: Area, circulation: Circulation, function: Function, roles: Sequence[str], *, from_day: date, by: Who,
    now: datetime,
) -> WhoRow:  # fmt: skip
    """These roles, in this order, from that day on. What was planned for later gives way."""
    _require(town, by)
    _check(circulation, function, roles)
    start = _start(from_day, now)
    with transaction.atomic():
        _end(town, circulation, function, start)
        row = WhoRow.objects.create(
            town=town, circulation=circulation, function=function, roles=list(roles), from_at=start
        )
        _record(town, circulation, function, {"roles": list(roles), "from": start.isoformat()}, by, now)
    return row


def clear_who(
    town: Area, circulation: Circulation, function: Function, *, from_day: date, by: Who, now: datetime
) -> bool:
    """Back to the house's row from that day on; says whether there was anything to end."""
    _require(town, by)
    start = _start(from_day, now)
    with transaction.atomic():
        if not _end(town, circulation, function, start):
            return False
        _record(town, circulation, function, {"house": True, "from": start.isoformat()}, by, now)
    return True


def _require(town: Area, by: Who) -> None:
    if town.level != Level.TOWN:
        raise Invalid(_("Choose a town."), code="town", field="town")
    require(by, Permission.MATTER_TYPE_EDIT, Scope(paths=(town.path,)))


def _check(circulation: Circulation, function: Function, roles: Sequence[str]) -> None:
    if not roles:
        raise Invalid(_("Name at least one role: somebody has to do it."), code="missing", field="roles")
    if len(set(roles)) != len(roles) or len(roles) > MOST_ROLES:
        raise Invalid(_("Name each role once."), code="twice", field="roles")
    for code in roles:
        why = why_not_role(role(code), circulation, function)
        if why:
            words = _("%(role)s: %(why)s") % {"role": role(code).label, "why": WHY_NO_ROLE[why]}
            raise Invalid(words, code=why, field="roles")


def _start(day: date, now: datetime) -> datetime:
    """The first instant of the day; today counts from now on."""
    today = timezone.localdate(now)
    if day < today:
        raise Invalid(
            _("Name today or a day to come: the past stays as it was."), code="past", field="from_day"
        )
    if day == today:
        return now
    return timezone.make_aware(datetime.combine(day, time()))


def _end(town: Area, circulation: Circulation, function: Function, start: datetime) -> int:
    """End what runs then, and forget what was planned for later."""
    rows = WhoRow.objects.select_for_update().filter(town=town, circulation=circulation, function=function)
    list(rows)  # two at once: one waits
    planned = rows.filter(from_at__gte=start).delete()[0]
    return planned + rows.filter(Q(to_at=None) | Q(to_at__gt=start)).update(to_at=start)


def _record(
    town: Area, circulation: Circulation, function: Function, facts: dict[str, Any], by: Who, now: datetime
) -> None:
    facts = {"circulation": str(circulation), "function": str(function), "town": town.path, **facts}
    record("who_table.changed", Subject("who_table", town.pk), by=by.actor(), at=now, facts=facts)
