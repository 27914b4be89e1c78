"""What is asked at the window or the door before somebody gets a paper code."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.posts.forms import LANGUAGES
from mulin.posts.models.person import NAME_LIMIT
from mulin.posts.rules.residents import DOCUMENTS


class PaperCodeForm(forms.Form):
    """The document in one's hand, and whose it is. Of the document only its kind is kept, never its number."""

    name = forms.CharField(
        label=_("Name as it stands in the document"),
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please give the name as it stands in the document.")},
    )
    document = forms.ChoiceField(
        label=_("Which document did you see?"),
        choices=[(each.value, words) for each, words in DOCUMENTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose which document you saw.")},
    )
    number = forms.CharField(
        label=_("Account number, if they have one already"),
        help_text=_("It stands on the paper of before. Without it a new account is opened."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    language = forms.ChoiceField(label=_("Language of the paper"), choices=LANGUAGES, initial="zh-hans")
    seen = forms.BooleanField(
        label=_("They stand before me, and the document is theirs"),
        error_messages={
            "required": _("A code is only for somebody who stands before you with their document.")
        },
    )
