"""What residents are asked. Whether it is right is decided by the actions; here it is only read."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mulin.kernel.refusals import Refusal, TooMany
from mulin.kernel.text import clean
from mulin.matters.face import RATINGS, TEXT_LIMIT, MatterType, normal_code, normal_phone

WORDS_LIMIT, NAME_LIMIT = 2000, 60
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
HOW = [
    ("phone", gettext_lazy("By phone")),
    ("anonymous", gettext_lazy("Not at all: nobody is to know who I am")),
]
_LINES = {"rows": 4}


class PortalForm(forms.Form):
    """A form that comes back filled, with what was wrong, and with the status that says so."""

    status = 200
    retry_after = 0  # seconds, where too much was sent

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field, else above the form."""
        field = refusal.field if refusal.field in self.fields else None
        if not self.errors.get(field or "__all__"):
            self.add_error(field, str(refusal.message))
        self.status = refusal.status
        self.retry_after = refusal.retry_after if isinstance(refusal, TooMany) else 0

    def wrong(self, words: str) -> None:
        """What was given does not fit, and nothing says which part of it."""
        self.add_error(None, words)
        self.status = 422

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if not valid and self.is_bound and self.status == 200:
            self.status = 422
        return valid

    def words(self, name: str, limit: int) -> str:
        """A text without what hides in it; too long becomes an error at its field, nothing is cut."""
        try:
            return clean(self.cleaned_data.get(name, ""), limit)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


class TextForm(PortalForm):
    """What is the matter?"""

    text = forms.CharField(
        label=gettext_lazy("What is the matter?"),
        help_text=gettext_lazy("Say it in your own words: what, and since when."),
        widget=forms.Textarea(attrs={**_LINES, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please say what is the matter.")},
    )

    def clean_text(self) -> str:
        text = self.words("text", TEXT_LIMIT)
        if not text:
            raise forms.ValidationError(_("Please say what is the matter."))
        return text


class PhotoInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files; whether they are photos is decided by decoding them."""

    widget = PhotoInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ARG002 - as Django calls it
        given = data if isinstance(data, list | tuple) else [data]
        # An empty file is told like any other that cannot be opened: where it is decoded.
        return [each for each in given if each is not None]


class KindForm(PortalForm):
    """Of which kind it is, and what it looks like."""

    kind = forms.CharField(
        label=gettext_lazy("What kind of matter is it?"),
        error_messages={"required": gettext_lazy("Please choose what fits best.")},
    )
    photos = PhotosField(
        label=gettext_lazy("Photos"),
        required=False,
        help_text=gettext_lazy("Up to five. Where and when they were taken is removed from them."),
    )

    def clean_kind(self) -> str:
        code = str(self.cleaned_data["kind"])
        if not MatterType.objects.listed().filter(code=code).exists():
            raise forms.ValidationError(_("This kind is no longer in the list. Please choose another."))
        return code


class WhereForm(PortalForm):
    """Where it is. The lists of areas stand beside it (see areas.py)."""

    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    address = forms.CharField(
        label=gettext_lazy("Address, or how to find it"),
        help_text=gettext_lazy("For example: building 3, entrance 2, third floor."),
        required=False,
    )

    def clean_address(self) -> str:
        try:
            return clean(self.cleaned_data["address"], 200, lines=False)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


class SendForm(PortalForm):
    """How we reach the reporter, and the one mark that lets a draft be sent once."""

    how = forms.ChoiceField(
        label=gettext_lazy("How can we reach you?"),
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one of the two.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        help_text=gettext_lazy("Kept encrypted. Whoever looks at it must say why, and that is written down."),
        error_messages={
            "required": gettext_lazy("Please give a phone number, or choose to stay unknown."),
        },
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    secret = forms.BooleanField(
        label=gettext_lazy("Do not tell whoever handles it who I am"),
        required=False,
        help_text=gettext_lazy(
            "Only those who take matters in can reach you then. It is not shown publicly either."
        ),
    )
    about = forms.CharField(label=gettext_lazy("Whom is it about?"), required=False, max_length=60)
    draft = forms.CharField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *args: Any, signed_in: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        # Only who chooses the phone is asked for one.
        self.fields["phone"].required = self.data.get("how") not in ("anonymous", "account")
        if signed_in:
            how = cast(forms.ChoiceField, self.fields["how"])
            how.choices = [("account", _("In my account: I look here")), *HOW]
            how.error_messages["required"] = _("Please choose one of the three.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("how") == "phone":
            self._check_contact(values)
        return values

    def _check_contact(self, values: dict[str, Any]) -> None:
        try:
            values["name"] = clean(values.get("name", ""), NAME_LIMIT, lines=False, field="name")
            values["phone"] = normal_phone(values.get("phone", ""))
        except Refusal as refusal:
            self.add_error(refusal.field, str(refusal.message))


class VoiceForm(SendForm):
    """How we reach whoever adds their voice to what is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["secret"], self.fields["about"]


class FollowForm(PortalForm):
    """The number and the code of a receipt."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("It looks like 26-000138-5."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Please give the number from your receipt.")},
    )
    code = forms.CharField(
        label=pgettext_lazy("receipt", "Code"),
        help_text=gettext_lazy("Eight letters and digits from your receipt; capital or small, both will do."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Please give the code from your receipt.")},
    )

    def clean_code(self) -> str:
        return normal_code(str(self.cleaned_data["code"])[:64])


class StoryForm(PortalForm):
    """An act of the reporter on a matter; `version` is that of the page they saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RateForm(StoryForm):
    rating = forms.ChoiceField(
        label=gettext_lazy("How satisfied are you?"),
        choices=[(str(value), words) for value, words in RATINGS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one of the five.")},
    )
    solved = forms.ChoiceField(
        label=gettext_lazy("Is it solved?"), choices=YES_NO, widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Anything to add?"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def clean_reason(self) -> str:
        return self.words("reason", WORDS_LIMIT)


class ReopenForm(StoryForm):
    reason = forms.CharField(
        label=gettext_lazy("What is not solved?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please say what is not solved.")},
    )

    def clean_reason(self) -> str:
        return self.words("reason", WORDS_LIMIT)


class ObjectForm(ReopenForm):
    """They say that it is done, and it is not."""


class AnswerForm(StoryForm):
    """What was asked of the reporter."""

    reason = forms.CharField(
        label=gettext_lazy("Your answer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please write your answer.")},
    )

    def clean_reason(self) -> str:
        return self.words("reason", WORDS_LIMIT)


class WithdrawForm(StoryForm):
    """Nothing is asked but the version."""
