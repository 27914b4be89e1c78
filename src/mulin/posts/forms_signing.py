"""Forms about signing in: second steps, passkeys, single sign-on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.posts.actions.factors import NAME_LIMIT
from mulin.posts.forms import PASSWORD_LIMIT
from mulin.posts.single_sign_on import SUBJECT_LIMIT

_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


class SecondStepForm(forms.Form):
    """A code, of an app or off the sheet."""

    code = forms.CharField(
        label=_("Sign-in code"),
        max_length=20,
        widget=forms.TextInput(attrs=_CODE),
        help_text=_("The six digits that your app shows now, or one of your recovery codes."),
    )


class AppForm(forms.Form):
    """The first code of a new app."""

    code = forms.CharField(
        label=_("Sign-in code"),
        max_length=20,
        widget=forms.TextInput(attrs={**_CODE, "autofocus": False}),
        help_text=_("The six digits that your app shows now."),
    )


class PasskeyForm(forms.Form):
    """What a new passkey is called; the browser adds the passkey itself."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LIMIT,
        required=False,
        help_text=_("To tell it from others: “office PC”, “my phone”."),
    )
    credential = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)


class ConfirmForm(forms.Form):
    """Whatever proves again that it is them: the password, a code, a passkey."""

    password = forms.CharField(
        label=_("Password"),
        max_length=PASSWORD_LIMIT,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Sign-in code"),
        max_length=20,
        widget=forms.TextInput(attrs={**_CODE, "autofocus": False}),
        help_text=_("The six digits that your app shows now, or one of your recovery codes."),
    )

    def __init__(self, *args: Any, with_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password" if with_code else "code"]


class BindForm(forms.Form):
    """A number at the single sign-on."""

    subject = forms.CharField(
        label=_("Number at the single sign-on"),
        max_length=SUBJECT_LIMIT,
        help_text=_("They are shown it when they try to come in by it. Take it from nobody but the person."),
    )
