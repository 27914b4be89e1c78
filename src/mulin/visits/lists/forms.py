"""What is asked about a list; what is allowed is decided by the acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.journal.face import Purpose
from mulin.places.face import Area
from mulin.visits.codes import Network
from mulin.visits.forms import DayField
from mulin.visits.lists.actions import ListPlan
from mulin.visits.lists.codes import Says
from mulin.visits.lists.models import TITLE_LIMIT, WHY_LIMIT, ComparedList
from mulin.visits.lists.reading import Table
from mulin.visits.lists.rules import COLUMNS

PURPOSES = [
    (each.value, each.label) for each in (Purpose.DUTY, Purpose.VERIFY, Purpose.REQUEST, Purpose.EMERGENCY)
]


class ListForm(forms.Form):
    """What the list is, with whose registry it is compared, what for, how long it is kept, and the file."""

    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("All grid workers read this: no names, no numbers of people."),
        max_length=TITLE_LIMIT,
    )
    area = forms.ChoiceField(label=_("Compare with everybody who lives in"))
    says = forms.ChoiceField(label=_("What it means to stand on it"), choices=Says, widget=forms.RadioSelect)
    age_from = forms.IntegerField(
        label=_("Of those who live here, only from this age"), required=False, min_value=0, max_value=130
    )
    age_to = forms.IntegerField(label=_("and up to this age"), required=False, min_value=0, max_value=130)
    why = forms.CharField(
        label=_("What it is needed for"),
        help_text=_(
            "Whoever is found on it sees this beside your role, in the record of who read their data."
        ),
        max_length=WHY_LIMIT,
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=PURPOSES)
    until_on = DayField(label=_("Erase it after"))
    file = forms.FileField(label=_("The list, Excel or CSV"))

    def __init__(self, *args: Any, areas: Sequence[Area], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [(str(area.pk), area.label) for area in areas]  # type: ignore[attr-defined]  # a field that has choices

    def plan(self) -> ListPlan:
        """As the act takes it."""
        given = {name: self.cleaned_data[name] for name in ListPlan.__dataclass_fields__}
        return ListPlan(**given)


class ColumnsForm(forms.Form):
    """Which column of the file holds what."""

    def __init__(self, *args: Any, source: ComparedList, table: Table, **options: Any) -> None:
        super().__init__(*args, **options)
        titles = [(str(place), title or f"({place + 1})") for place, title in enumerate(table.titles)]
        for column in COLUMNS:
            self.fields[column.key] = forms.ChoiceField(
                label=column.title,
                choices=[("", pgettext_lazy("column", "in no column")), *titles],
                required=False,
                initial=str(source.columns.get(column.key, "")),
            )

    def columns(self) -> dict[str, int | None]:
        """By what it holds, from 0."""
        return {key: int(place) if place else None for key, place in self.cleaned_data.items()}


class TasksForm(forms.Form):
    """Tasks of a list for the grid workers."""

    network = forms.ChoiceField(label=_("Network"), choices=Network)
    until_on = DayField(label=_("Until"))
    text = forms.CharField(
        label=_("What is to be done"),
        help_text=_("All grids read this: no names, no numbers of people."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
