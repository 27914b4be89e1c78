"""What residents are asked about their own record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.doors.portal.forms import PortalForm
from mulin.registry.face import RequestKind, Resident, may_propose

NOTE_LIMIT, TEXT_LIMIT = 1000, 2000
DATES = ("born_on", "document_until")
_AUTOCOMPLETE = {"name": "name", "phone": "tel", "born_on": "bday"}


class ChangeForm(PortalForm):
    """What is kept, to be written anew where it is wrong. Only what was changed is proposed."""

    note = forms.CharField(
        label=gettext_lazy("Anything to say about it?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, record: Resident, data: Any = None) -> None:
        super().__init__(data)
        self.record = record
        fields = {name: _field(name, record) for name in may_propose("resident", "resident")}
        self.fields = {**fields, "note": self.fields["note"]}

    def clean_note(self) -> str:
        return self.words("note", NOTE_LIMIT)

    def given(self) -> dict[str, Any]:
        """The columns that say something else than what is kept."""
        names = [name for name in self.changed_data if name != "note"]
        return {name: self.cleaned_data[name] for name in names}


def _field(name: str, record: Resident) -> forms.Field:
    column: Any = Resident._meta.get_field(name)
    label, kept = str(column.verbose_name).capitalize(), getattr(record, name)
    if name in DATES:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return forms.DateField(label=label, initial=kept, required=False, widget=widget)
    if column.choices:
        choices = [("", "–"), *column.choices]
        return forms.ChoiceField(label=label, initial=kept, required=False, choices=choices)
    attrs = {"autocomplete": _AUTOCOMPLETE.get(name, "off")}
    if name == "phone":
        attrs["inputmode"] = "tel"
    return forms.CharField(
        label=label, initial=kept, required=False, max_length=getattr(column, "limit", 60),
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


class AskForm(PortalForm):
    """What they want done with what is kept."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask for?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you ask for.")},
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy(
            "What is wrong and what is right, or what should go. Name nobody else, please."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        return self.words("text", TEXT_LIMIT)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("kind") == RequestKind.CORRECT and not given.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say what is wrong, and what is right."))
        return given
