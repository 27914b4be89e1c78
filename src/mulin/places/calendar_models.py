"""What is stored of calendars: when people of an area work, and the dates that differ from their day of the week."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.kernel.worktime import Shift
from mulin.places.holidays import DayKind

CALENDAR_NAME_LIMIT = 60
DAY_NAME_LIMIT = 40
DAY_KINDS = [each.value for each in DayKind]


class WorkCalendar(Record):
    """When people work in an area, or everywhere where no area is named; the nearest one up the tree counts.

    `shifts` are pairs of times, `weekdays` numbers (Monday is 0). One that `inherits` also has the single days of
    the next calendar above it; on a date that both name, its own counts.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    area = models.ForeignKey("places.Area", models.PROTECT, null=True, blank=True, related_name="calendars")
    name = ShortText(_("name"), limit=CALENDAR_NAME_LIMIT, blank=True, default="")
    shifts = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    inherits = models.BooleanField(default=True)
    from_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(closed_at=None, area__isnull=False), name="calendar_one_an_area"
            ),
            models.UniqueConstraint(
                fields=["inherits"], condition=Q(closed_at=None, area=None), name="calendar_one_for_all"
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(inherits=True), name="calendar_for_all_is_plain"
            ),
        ]

    @property
    def hours(self) -> tuple[Shift, ...]:
        """The shifts as times."""
        return tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in self.shifts)


class CalendarDay(Record):
    """One date of a calendar that is off or worked whatever its day of the week. `given` came with a year's list."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="days", db_index=False)
    date = models.DateField(_("date"))
    kind = ShortText(limit=4, choices=[(kind.value, kind.value) for kind in DayKind])
    name = ShortText(_("name"), limit=DAY_NAME_LIMIT, blank=True, default="")
    name_en = ShortText(_("English name"), limit=DAY_NAME_LIMIT, blank=True, default="")
    given = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("single day")
        verbose_name_plural = _("single days")
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once"),
            models.CheckConstraint(condition=Q(kind__in=DAY_KINDS), name="calendar_day_kind_known"),
        ]
