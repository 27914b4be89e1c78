"""The forms of linking an account, of proposing and deciding changes, and of requests about one's own data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.registry.codes_asked import Ground, RequestAsk, RequestKind
from mulin.registry.models import Resident
from mulin.registry.models.kept import Kept
from mulin.registry.rules.proposals import may_propose
from mulin.registry.rules.requests import Step

_OFF = {"autocomplete": "off", "spellcheck": "false"}
TEXT_LIMIT = 2000


def _words(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=TEXT_LIMIT, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip


class LinkForm(forms.Form):
    """The account's number, and what stands in the document of whoever stands here."""

    number = forms.CharField(
        label=_("Account number"), max_length=30, help_text=_("On their page “Mine”, and on their paper."),
        widget=forms.TextInput(attrs={**_OFF, "autocapitalize": "characters"}),
    )  # fmt: skip
    document = forms.CharField(
        label=_("Document number, as it stands in the document"), max_length=60,
        widget=forms.TextInput(attrs=_OFF),
    )  # fmt: skip
    born_on = forms.DateField(
        label=_("Date of birth, as it stands in the document"), widget=forms.DateInput(attrs={"type": "date"})
    )
    seen = forms.BooleanField(label=_("They stand before me, and the document is theirs"))

    def __init__(self, resident: Resident, data: Any = None) -> None:
        super().__init__(data)
        del self.fields["born_on" if resident.document else "document"]


class ProposeForm(forms.Form):
    """What a head knows better. What is left empty is not touched; what is kept now is not shown."""

    def __init__(self, thing: Kept, data: Any = None) -> None:
        super().__init__(data)
        kind = type(thing).__name__.lower()
        self.columns = may_propose("head", kind)
        self.fields |= {name: _blank(thing, name) for name in self.columns}
        if isinstance(thing, Resident):
            self.fields["left"] = forms.BooleanField(
                label=_("They do not live here any more"), required=False
            )
        self.fields["note"] = _words(_("Anything to say about it?"), required=False)

    def given(self) -> dict[str, Any]:
        """The columns that were filled in."""
        return {name: value for name in self.columns if (value := self.cleaned_data[name])}


def _blank(thing: Kept, name: str) -> forms.Field:
    column: Any = thing._meta.get_field(name)
    label = str(column.verbose_name).capitalize()
    if column.choices:
        return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *column.choices])
    most = getattr(column, "limit", 60)
    return forms.CharField(label=label, required=False, max_length=most, widget=forms.TextInput(attrs=_OFF))


class RefuseForm(forms.Form):
    """Why a proposal is not accepted."""

    reason = _words(_("Why?"), help_text=_("Whoever proposed it reads this."))


class WindowForm(forms.Form):
    """What somebody asks at the window about their own data."""

    kind = forms.ChoiceField(
        label=_("What is asked for"), choices=RequestKind.choices, widget=forms.RadioSelect
    )
    text = _words(_("In their words"), required=False)
    seen = forms.BooleanField(label=_("They stand before me, and the document is theirs"))


class StepForm(forms.Form):
    """What one step of a request asks for."""

    def __init__(self, step: Step, data: Any = None) -> None:
        super().__init__(data, prefix=step.code)
        self.step = step
        self.fields |= {ask.value: _ASKS[ask]() for ask in step.needs}


_ASKS: Mapping[RequestAsk, Any] = {
    RequestAsk.GROUND: lambda: forms.ChoiceField(
        label=_("By what right"), choices=[("", _("Choose…")), *Ground.choices]
    ),
    RequestAsk.ANSWER: lambda: _words(_("Answer, with the reasons"), help_text=_("They read this.")),
}
