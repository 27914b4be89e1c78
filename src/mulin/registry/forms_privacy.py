"""The forms of revealing, finding by a number, and opening what lies outside one's area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Purpose
from mulin.kernel.refusals import Refusal
from mulin.registry.models import Judged
from mulin.registry.rules.revealing import PURPOSES


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal where it belongs: at its field, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.message))


def purpose_field(**options: Any) -> forms.ChoiceField:
    """What one needs it for; nothing is chosen beforehand."""
    choices = [("", _("Choose…")), *PURPOSES.items()]
    return forms.ChoiceField(label=_("What do you need it for?"), choices=choices, **options)


class RevealForm(forms.Form):
    """Why somebody needs to see the whole of a masked value."""

    purpose = purpose_field()


class FindForm(forms.Form):
    """An exact number, and what it is looked for."""

    number = forms.CharField(
        label=_("Document number or phone"), max_length=60,
        help_text=_("The whole number. Parts of one find nothing."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        choices=[(Purpose.DUTY.value, _("In the course of duty")), *PURPOSES.items()],
    )


class GlassForm(forms.Form):
    """What has happened, and whom or which door one needs."""

    reason = forms.CharField(
        label=_("What has happened?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept, and read by whoever reviews it."),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Document number or phone of the person"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    building = forms.CharField(
        label=_("Or the building: its name or its code"), max_length=60, required=False
    )
    door = forms.CharField(label=_("and the door number there"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        person, door = bool(given.get("number")), bool(given.get("building") and given.get("door"))
        if person == door:
            raise forms.ValidationError(_("Give the number of a person, or a building and a door."))
        return given


class JudgeForm(forms.Form):
    """What whoever looks at it again makes of it."""

    judged = forms.ChoiceField(
        label=_("What do you make of it?"), choices=Judged.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
