"""What residents are asked who sign in, and those who are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.doors.portal.forms import PortalForm
from mulin.kernel.text import digits
from mulin.posts.face import normal_email

_STAY_HELP = gettext_lazy("For 30 days. Leave it out if others use this device.")


class EmailForm(PortalForm):
    """Where the code goes."""

    email = forms.CharField(
        label=gettext_lazy("Email address"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "email", "autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
        error_messages={"required": gettext_lazy("Please give your email address.")},
    )

    def clean_email(self) -> str:
        email = normal_email(str(self.cleaned_data["email"]))
        if not email:
            raise forms.ValidationError(_("This does not look like an email address."))
        return email


class EnterForm(EmailForm):
    """The address, and whether this device is one's own."""

    stay = forms.BooleanField(
        label=gettext_lazy("Stay signed in on this device"), help_text=_STAY_HELP, required=False
    )


class DigitsForm(PortalForm):
    """The digits that came by mail, however they are typed."""

    code = forms.CharField(
        label=gettext_lazy("Code from the email"),
        help_text=gettext_lazy("Six digits, valid for ten minutes."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Please give the code from the email.")},
    )

    def clean_code(self) -> str:
        return digits(str(self.cleaned_data["code"]))


class PaperForm(PortalForm):
    """The code on a paper."""

    code = forms.CharField(
        label=gettext_lazy("Code from the paper"),
        help_text=gettext_lazy("Ten letters and digits; capital or small, both will do."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Please give the code from the paper.")},
    )
    stay = forms.BooleanField(
        label=gettext_lazy("Stay signed in on this device"), help_text=_STAY_HELP, required=False
    )


class LanguageForm(PortalForm):
    """In which language we write."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of our messages"),
        choices=[("zh-hans", "简体中文"), ("en", "English")],
        widget=forms.RadioSelect,
    )


class CloseForm(PortalForm):
    """Closing an account is meant."""

    sure = forms.BooleanField(
        label=gettext_lazy("Yes, close my account"),
        error_messages={"required": gettext_lazy("Please tick the box if you mean it.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
