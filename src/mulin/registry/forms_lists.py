"""The forms of lists taken in and taken out."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Purpose
from mulin.registry.actions.bulk_export import NOTE_LIMIT, PURPOSES, REASON_LIMIT
from mulin.registry.models import HomeImportFinding
from mulin.registry.models.importing import Choice, ListKind

MOST_ROWS_SAID = "120,000"


class ListForm(forms.Form):
    """A list to be taken in."""

    kind = forms.ChoiceField(
        label=_("What stands in it?"),
        choices=ListKind.choices,
        widget=forms.RadioSelect,
        initial=ListKind.HOMES,
    )
    file = forms.FileField(
        label=_("File with the list"),
        help_text=_(
            "Excel (.xlsx, .xls), OpenDocument or CSV, in the layout of the template: one row for each person or "
            "merchant. At most 120,000 rows and 64 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    make_doors = forms.BooleanField(
        label=_("Enter doors that are not in the registry yet"),
        help_text=_("Without this, a row with a door that nobody has entered is wrong."),
        required=False,
    )


class TakeInForm(forms.Form):
    """The last questions before a list is taken in."""

    repeats = forms.ChoiceField(
        label=_("Who is in the registry already"),
        help_text=_("For all of whom you have chosen nothing else above."),
        choices=[(Choice.SKIP.value, Choice.SKIP.label), (Choice.UPDATE.value, Choice.UPDATE.label)],
        widget=forms.RadioSelect,
        initial=Choice.SKIP,
    )
    leave_out = forms.BooleanField(label=_("Leave out the rows that are wrong"), required=False)


class ChoicesForm(forms.Form):
    """What is done with those of one page who are known already. Whose number is known is nobody else."""

    def __init__(self, known: Iterable[HomeImportFinding], data: object = None) -> None:
        super().__init__(data, auto_id="known_%s")  # type: ignore[arg-type]  # a query dict, as forms take it
        for each in known:
            choices = [("", _("as said below")), *Choice.choices]
            if each.code == "document_known":
                choices = [choice for choice in choices if choice[0] != Choice.NEW]
            self.fields[f"row-{each.pk}"] = forms.ChoiceField(
                label=_("What is done"), required=False, choices=choices, initial=each.choice
            )

    def choices(self) -> dict[UUID, str]:
        """By the finding: a row of the same number may stand in another sheet."""
        return {UUID(name.removeprefix("row-")): choice for name, choice in self.cleaned_data.items()}


class TakeOutForm(forms.Form):
    """Why somebody takes a list out, and whether in full."""

    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        help_text=_(
            "It is written down who took which list out, when and what for; the residents can see it."
        ),
        choices=[(purpose.value, purpose.label) for purpose in PURPOSES],
        widget=forms.RadioSelect,
        initial=Purpose.DUTY,
    )
    reason = forms.CharField(label=_("In a few words"), max_length=REASON_LIMIT)
    revealed = forms.BooleanField(
        label=_("Names, document numbers and phones in full"),
        help_text=_("Only where the work cannot be done without them."),
        required=False,
    )

    def __init__(self, data: object = None, *, may_reveal: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a query dict, as forms take it
        if not may_reveal:
            self.fields.pop("revealed")


class DecideForm(forms.Form):
    """A second person's answer."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("agree", _("I agree")), ("refuse", _("I refuse"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=NOTE_LIMIT, required=False)
