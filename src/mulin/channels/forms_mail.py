"""The forms of mail: where it goes, how often it comes, a test."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.channels.mail.choosing import CODE_DIGITS, MailChoice
from mulin.channels.rules.mailing import Pace, Quiet, minute_of
from mulin.channels.rules.server import ADDRESS_LIMIT


def paces() -> list[tuple[str, str]]:
    """How often, in words."""
    return [
        (Pace.EACH.value, _("Each message, soon after it comes")),
        (Pace.DAILY.value, _("One mail a day, and at once what is urgent")),
        (Pace.URGENT.value, _("Only what is urgent")),
        (Pace.OFF.value, _("No mail")),
    ]


class AddressForm(forms.Form):
    """Where mail is to go."""

    address = forms.CharField(
        label=gettext_lazy("Email address"),
        max_length=ADDRESS_LIMIT,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """The code that came there."""

    code = forms.CharField(
        label=gettext_lazy("The code from the mail"),
        max_length=CODE_DIGITS + 4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class PaceForm(forms.Form):
    """How often, and when not."""

    pace = forms.ChoiceField(label=gettext_lazy("How often"), widget=forms.RadioSelect)
    quiet_from = forms.CharField(
        label=gettext_lazy("No mail from"),
        required=False,
        max_length=5,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    quiet_to = forms.CharField(
        label=gettext_lazy("No mail until"),
        required=False,
        max_length=5,
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=gettext_lazy(
            "Empty: the town's own hours. Both the same: at any hour. What is urgent always comes."
        ),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["pace"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - three lines above
        field.choices = paces()

    @staticmethod
    def of(choice: MailChoice) -> PaceForm:
        quiet = choice.quiet
        hours = {"quiet_from": _clock(quiet.start), "quiet_to": _clock(quiet.end)} if quiet else {}
        return PaceForm(initial={"pace": choice.pace.value, **hours})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [data.get("quiet_from") or "", data.get("quiet_to") or ""]
        try:
            self.quiet = Quiet(minute_of(given[0]), minute_of(given[1])) if any(given) else None
        except ValueError:
            self.add_error("quiet_to", _("Say both hours, like 21:00 and 07:00, or neither."))
        return data

    @property
    def wanted(self) -> Pace:
        return Pace(self.cleaned_data["pace"])


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
