"""Entries of the matter list for a time only: an urgent task for the grids needs consent, and an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.matters.actions.types import require_edit
from mulin.matters.models import MatterType
from mulin.posts.face import Who

MOST_DAYS = 180
COPIED = ("family", "network", "handlers", "recurrence_days")
FIRST, LAST = 51, 99  # of a group's hundred numbers; the others are for what stays


def add_temporary(
    group: MatterType, *, values: Mapping[str, Any], consented_by: str, until: date, by: Who, now: datetime
) -> MatterType:
    """Add an entry under a group. Raises Invalid without a name, without consent, or without an end in reach."""
    require_edit(by)
    if group.level != 2 or group.closed_at:
        raise Invalid(_("Choose a group of the list."), code="group", field="group")
    name, consent = clean(str(values.get("name", "")), 60), clean(consented_by, 200)
    if not name:
        raise Invalid(_("An entry needs a name."), code="missing", field="name")
    if not consent:
        raise Invalid(_("Say who consented to it."), code="missing", field="consented_by")
    end = _end(until, now)
    with transaction.atomic():
        like = MatterType.objects.filter(parent=group, level=3).order_by("code").first()
        kind = MatterType.objects.create(
            code=_free_code(group), parent=group, level=3, name=name, temporary=True, valid_until=end,
            consented_by=consent, sample=False, **_rest(values, like),
        )  # fmt: skip
        _write(kind, {"temporary": True, "until": end.isoformat()}, by, now)
    return kind


def _rest(values: Mapping[str, Any], like: MatterType | None) -> dict[str, Any]:
    """What is given; of the rest, what its neighbour in the group has."""
    copied = {name: getattr(like, name) for name in COPIED} if like else {}
    texts = {name: clean(str(values.get(name, "")), 400) for name in ("hint", "hint_en")}
    english = clean(str(values.get("name_en", "")), 120) or clean(str(values["name"]), 120)
    return {
        **copied, **texts, "name_en": english, "to_grids": bool(values.get("to_grids", True)),
        "urgent": bool(values.get("urgent", False)), "start_level": int(values.get("start_level", 15)),
    }  # fmt: skip


def extend_temporary(
    kind: MatterType, *, until: date, consented_by: str, by: Who, now: datetime
) -> MatterType:
    """Another end, with whoever consented to that."""
    require_edit(by)
    if not kind.temporary or kind.closed_at:
        raise Invalid(_("Only what is for a time can be extended while it runs."), code="not_temporary")
    consent = clean(consented_by, 200)
    if not consent:
        raise Invalid(_("Say who consented to it."), code="missing", field="consented_by")
    end = _end(until, now)
    with transaction.atomic():
        MatterType.objects.filter(pk=kind.pk).update(valid_until=end, consented_by=consent)
        _write(kind, {"until": end.isoformat()}, by, now)
    kind.refresh_from_db()
    return kind


def close_expired(*, by: Who, now: datetime) -> int:
    """Take off the list what was for a time and is over; returns how many."""
    closed = 0
    for kind in list(MatterType.objects.filter(temporary=True, closed_at=None, valid_until__lte=now)):
        with transaction.atomic():
            if MatterType.objects.filter(pk=kind.pk, closed_at=None).update(closed_at=now) == 1:
                _write(kind, {"closed": True, "expired": True}, by, now)
                closed += 1
    return closed


def require_valid(kind: MatterType, now: datetime) -> None:
    """Raise Invalid where it was for a time only, and that is over."""
    if kind.valid_until and kind.valid_until <= now:
        day = date_format(timezone.localtime(kind.valid_until - timedelta(seconds=1)), "Y-m-d")
        raise Invalid(
            _("“%(entry)s” was on the list for a time only, until %(day)s. Please choose another entry.")
            % {"entry": kind.label, "day": day},
            code="kind_over",
            field="type",
        )


def _end(until: date, now: datetime) -> datetime:
    """The end of that day. Raises Invalid outside the next half year."""
    today = timezone.localdate(now)
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        raise Invalid(
            _("Name an end: a day from today on, at most %(n)d days ahead.") % {"n": MOST_DAYS},
            code="until",
            field="until",
        )
    return timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))


def _free_code(group: MatterType) -> str:
    """The first free number; a code is never used twice."""
    taken = set(MatterType.objects.filter(code__startswith=group.code).values_list("code", flat=True))
    codes = (f"{group.code}{n:02d}" for n in range(FIRST, LAST + 1))
    found = next((code for code in codes if code not in taken), None)
    if found is None:
        raise Invalid(_("This group has no number left for another entry."), code="group", field="group")
    return found


def _write(kind: MatterType, facts: dict[str, Any], by: Who, now: datetime) -> None:
    record("matter_list.changed", Subject("matter_type", kind.pk), by=by.actor(), at=now, facts=facts)
