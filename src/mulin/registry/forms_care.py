"""Forms of care needs: what, what for, on which basis, until when, and who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.posts.face import Seat
from mulin.registry.actions.care import BASIS_LIMIT, NOTE_LIMIT, PURPOSE_LIMIT
from mulin.registry.codes import Basis, Care

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReadersField(forms.TypedMultipleChoiceField):
    """Seats whose holders may read it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Who may read it"), widget=forms.CheckboxSelectMultiple, coerce=str,
            help_text=_("Whoever sits there now or later, and nobody else. You read it too, for you answer for it."),
            error_messages={"invalid_choice": _("This seat has nothing to do with where they live.")},
            **kwargs,
        )  # fmt: skip
        self.offered: dict[str, Seat] = {}

    def offer(self, seats: Sequence[Seat]) -> None:
        self.offered = {str(seat.pk): seat for seat in seats}
        self.choices = [(id, seat.label) for id, seat in self.offered.items()]

    def clean(self, value: Any) -> list[Seat]:
        return [self.offered[id] for id in super().clean(value)]


class CareChangeForm(forms.Form):
    """What may change while it is kept."""

    purpose = forms.CharField(
        label=_("What it is kept for"), max_length=PURPOSE_LIMIT, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(
        label=_("What helps"), max_length=NOTE_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    until_on = forms.DateField(
        label=_("Expires"), widget=DAY, help_text=_("At most a year from its first day. Then it is erased.")
    )
    readers = ReadersField()

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].offer(seats)  # type: ignore[attr-defined]  # the form itself declared this kind of field


class CareForm(CareChangeForm):
    """A new one."""

    kind = forms.ChoiceField(label=_("Need"), choices=[("", _("Choose…")), *Care.choices])
    basis = forms.ChoiceField(label=_("Legal basis"), choices=Basis.choices, widget=forms.RadioSelect)
    basis_text = forms.CharField(
        label=_("Which application, consent or law"), max_length=BASIS_LIMIT,
        help_text=_("For instance the day and the number of the application."),
    )  # fmt: skip
    field_order = ("kind", "purpose", "note", "basis", "basis_text", "until_on", "readers")
