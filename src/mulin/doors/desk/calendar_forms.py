"""Forms of calendars. What can be is decided by the actions; here is only what they ask."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mulin.kernel.worktime import Calendar
from mulin.places.face import Area, DayKind, Hours, SingleDay

SHIFTS = (
    (gettext_lazy("Morning from"), gettext_lazy("Morning to")),
    (gettext_lazy("Afternoon from"), gettext_lazy("Afternoon to")),
    (gettext_lazy("Evening from"), gettext_lazy("Evening to")),
)
WEEKDAYS = [
    ("0", gettext_lazy("Monday")), ("1", gettext_lazy("Tuesday")), ("2", gettext_lazy("Wednesday")),
    ("3", gettext_lazy("Thursday")), ("4", gettext_lazy("Friday")), ("5", gettext_lazy("Saturday")),
    ("6", gettext_lazy("Sunday")),
]  # fmt: skip
KINDS = [
    (DayKind.OFF.value, pgettext_lazy("day", "Off: nobody works")),
    (DayKind.ON.value, pgettext_lazy("day", "Worked, whatever day of the week it is")),
]
LONGEST_RUN = 100  # days in one go


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HoursForm(forms.Form):
    """The hours of a working day, the days of the week, and whether public holidays come from above."""

    name = forms.CharField(label=gettext_lazy("Name of the calendar"), max_length=60, required=False)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Days of the week"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    inherits = forms.BooleanField(
        label=gettext_lazy("Public holidays and made-up days as in the calendar above"), required=False
    )

    def __init__(self, *args: Any, everywhere: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (begin, end) in enumerate(SHIFTS, start=1):
            self.fields[f"from_{number}"] = forms.TimeField(
                label=begin, required=number == 1, widget=TimeInput()
            )
            self.fields[f"to_{number}"] = forms.TimeField(
                label=end, required=number == 1, widget=TimeInput(),
                help_text=_("00:00 is midnight.") if number == len(SHIFTS) else "",
            )  # fmt: skip
        if everywhere:
            del self.fields["inherits"], self.fields["name"]

    @staticmethod
    def initial_of(calendar: Calendar, name: str = "", *, inherits: bool = True) -> dict[str, Any]:
        """What stands in the form of a calendar that there is."""
        shifts = {
            f"{side}_{number}": moment
            for number, shift in enumerate(calendar.shifts, start=1)
            for side, moment in zip(("from", "to"), shift, strict=True)
        }
        weekdays = [str(day) for day in calendar.weekdays]
        return {"name": name, "weekdays": weekdays, "inherits": inherits, **shifts}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in range(1, len(SHIFTS) + 1):
            begin, end = given.get(f"from_{number}"), given.get(f"to_{number}")
            if (begin is None) != (end is None) and not self.errors:
                missing = f"to_{number}" if end is None else f"from_{number}"
                self.add_error(missing, _("Give both times, or neither."))
        return given

    def hours(self) -> Hours:
        given = self.cleaned_data
        pairs = [(given[f"from_{n}"], given[f"to_{n}"]) for n in range(1, len(SHIFTS) + 1)]
        shifts: tuple[tuple[time, time], ...] = tuple(pair for pair in pairs if pair[0] is not None)
        weekdays = tuple(int(day) for day in given["weekdays"])
        return Hours(shifts, weekdays, given.get("inherits", True), given.get("name", ""))


class NewCalendarForm(HoursForm):
    """A calendar for an area that has none of its own."""

    area = forms.CharField(label=gettext_lazy("Area"), max_length=24, help_text=gettext_lazy("Its code."))
    field_order = ("area", "name")

    def clean_area(self) -> Area:
        area = Area.objects.plain().open().filter(path=self.cleaned_data["area"].strip()).first()
        if area is None:
            raise forms.ValidationError(_("There is no such area."))
        return area


class DaysForm(forms.Form):
    """One date, or a run of them, that is off or worked."""

    date = forms.DateField(label=gettext_lazy("Date"), widget=DateInput())
    until = forms.DateField(
        label=gettext_lazy("Until (for several days)"), required=False, widget=DateInput()
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Off or worked"), choices=KINDS, widget=forms.RadioSelect, initial="off"
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the day"), max_length=40, required=False,
        help_text=gettext_lazy("Such as: typhoon, founding day of the street"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("date"), given.get("until")
        if first and not 2000 <= first.year <= 2199:
            self.add_error("date", _("Give a year from 2000 to 2199."))
        elif first and last and not timedelta() <= last - first < timedelta(days=LONGEST_RUN):
            self.add_error("until", _("Give a date after the first, at most 100 days on."))
        return given

    def days(self) -> list[SingleDay]:
        given = self.cleaned_data
        first: date = given["date"]
        count = ((given["until"] or first) - first).days + 1
        kind = DayKind(given["kind"])
        return [SingleDay(first + timedelta(days=n), kind, given["name"]) for n in range(count)]


class LinesForm(forms.Form):
    """Many days, pasted."""

    lines = forms.CharField(
        label=gettext_lazy("One day a line"), max_length=40_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Date, off or on, name, English name: 2027-02-06,off,春节,Spring Festival"),
    )  # fmt: skip


class DateForm(forms.Form):
    date = forms.DateField(widget=DateInput())


class YearForm(forms.Form):
    year = forms.IntegerField(min_value=2000, max_value=2199)


class PreviewForm(forms.Form):
    """A question: raised then, with so many working days; due when?"""

    days = forms.IntegerField(label=gettext_lazy("Working days"), min_value=1, max_value=365)
    raised = forms.DateTimeField(
        label=gettext_lazy("Raised"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )  # fmt: skip

    def clean_raised(self) -> datetime | None:
        raised: datetime | None = self.cleaned_data["raised"]
        if raised and not 2000 <= raised.year <= 2199:
            raise forms.ValidationError(_("Give a year from 2000 to 2199."))
        return raised
