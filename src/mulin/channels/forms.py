"""The forms of messages: what I want to be told, and a town's own texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.channels.rules.texts import TEXT_LIMIT
from mulin.channels.texts import CHINESE, ENGLISH, Kind, kinds
from mulin.kernel.refusals import Refusal
from mulin.matters.face import URGENT

AUDIENCES: Mapping[str, str | Promise] = {
    "turn": gettext_lazy("When it is my turn"),
    "lead": gettext_lazy("About what I handle"),
    "former": gettext_lazy("About what I handled until now"),
    "assistant": gettext_lazy("About what I assist in"),
    "decider": gettext_lazy("When I am asked to decide"),
    "dispatcher": gettext_lazy("About what I dispatched"),
    "supervisor": gettext_lazy("About what I supervise"),
    "superior": gettext_lazy("About those below me"),
}

# As the list of texts names them.
TO: Mapping[str, str | Promise] = {
    "turn": gettext_lazy("To whoever has the turn"),
    "superior": gettext_lazy("To their superior"),
    "dispatcher": gettext_lazy("To whoever dispatched"),
    "lead": gettext_lazy("To whoever handles it"),
    "former": gettext_lazy("To whoever handled it until now"),
    "assistant": gettext_lazy("To those who assist"),
    "decider": gettext_lazy("To whoever is asked to decide"),
    "supervisor": gettext_lazy("To whoever supervises"),
    "reporter": gettext_lazy("To those who raised it"),
    "digest": gettext_lazy("To everybody on the staff"),
}


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal where it belongs: at its field, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


class ChoicesForm(forms.Form):
    """A tick for each kind that staff are told; without it, it does not come."""

    def __init__(self, muted: Collection[str], data: Any = None) -> None:
        super().__init__(data)
        for audience, label in AUDIENCES.items():
            of = [(kind.code, kind.label) for kind in mutable() if kind.audience == audience]
            self.fields[audience] = forms.MultipleChoiceField(
                label=str(label),
                choices=of,
                required=False,
                initial=[code for code, _label in of if code not in muted],
                widget=forms.CheckboxSelectMultiple,
            )


def unwanted_of(wanted: Mapping[str, Collection[str]]) -> list[str]:
    """The kinds that were not ticked."""
    ticked = {code for codes in wanted.values() for code in codes}
    return [kind.code for kind in mutable() if kind.code not in ticked]


def mutable() -> list[Kind]:
    """What somebody may choose not to be told."""
    return [kind for kind in kinds().values() if kind.audience in AUDIENCES and kind.code not in URGENT]


class TextsForm(forms.Form):
    """The texts of a kind in both languages."""

    text_zh = forms.CharField(
        max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"})
    )
    text_en = forms.CharField(max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["text_zh"].label = _("Text in Chinese")
        self.fields["text_en"].label = _("Text in English")

    @property
    def texts(self) -> dict[str, str]:
        """By language."""
        return {CHINESE: self.cleaned_data["text_zh"], ENGLISH: self.cleaned_data["text_en"]}

    @staticmethod
    def of(texts: Mapping[str, str]) -> TextsForm:
        return TextsForm(initial={"text_zh": texts[CHINESE], "text_en": texts[ENGLISH]})
