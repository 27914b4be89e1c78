"""What to print for which grids, and the numbers to call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.doors.publicity.actions import LANGUAGES, MOST_EACH
from mulin.places.face import Area
from mulin.posts.face import PHONE_LIMIT


class PaperForm(forms.Form):
    """An order of signboards or cards."""

    what = forms.ChoiceField(
        label=_("What to print"),
        choices=[
            ("signboards", _("Signboards: one for each grid, A3")),
            ("cards", _("Contact cards: ten on a page, to be cut")),
        ],
        widget=forms.RadioSelect,
        initial="signboards",
    )
    area = forms.ChoiceField(label=_("For the grids of"))
    language = forms.ChoiceField(label=pgettext_lazy("paper", "Language"), choices=list(LANGUAGES.items()))
    each = forms.IntegerField(
        label=_("Cards for each grid"),
        help_text=_(
            "Leave it empty for one card for each home that is entered, with its address and no name."
        ),
        required=False,
        min_value=1,
        max_value=MOST_EACH,
    )

    def __init__(self, *args: Any, areas: Iterable[Area], **options: Any) -> None:
        super().__init__(*args, **options)
        places = [(area.path, f"{area.label} ({area.rank.label})") for area in areas]
        self.fields["area"].choices = places  # type: ignore[attr-defined]  # a field that has choices


class NumbersForm(forms.Form):
    """Two numbers of offices; where both are empty, those of the area above count."""

    contact = forms.CharField(
        label=_("Contact phone"),
        help_text=_(
            "Whom to call about this place; empty: what stands above, else the phone of the committee."
        ),
        max_length=PHONE_LIMIT,
        required=False,
    )
    supervision = forms.CharField(
        label=_("Supervision phone"),
        help_text=_("For complaints about the work of the grid itself; answered by somebody else."),
        max_length=PHONE_LIMIT,
        required=False,
    )
