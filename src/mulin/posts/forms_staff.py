"""Forms of staff lists and of printed slips."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Purpose
from mulin.posts.forms import NewPasswordForm
from mulin.posts.models.person import USERNAME_LIMIT


class FirstSignInForm(NewPasswordForm):
    """What stands on the slip, and the password that somebody chooses."""

    username = forms.CharField(
        label=_("User name"),
        max_length=USERNAME_LIMIT,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "data-from-hash": "username",
            }
        ),
    )
    code = forms.CharField(
        label=_("Code on your slip"),
        max_length=40,
        help_text=_("Ten letters and digits, like ABCDE-23456."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-from-hash": "code",
            }
        ),
    )
    field_order = ("username", "code", "password", "again")


class StaffFileForm(forms.Form):
    """A staff list to look at."""

    file = forms.FileField(
        label=_("Excel file"),
        help_text=_("An .xlsx, .xls, .ods or .csv file of at most 500 rows. Nothing is changed yet."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class PhonesForm(forms.Form):
    """What the whole phone numbers are needed for."""

    purpose = forms.ChoiceField(label=_("What for?"), choices=Purpose.choices)
