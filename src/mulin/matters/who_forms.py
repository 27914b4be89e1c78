"""The forms of the table of who does what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.matters.actions.who_does import MOST_ROLES
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Function
from mulin.matters.rules.who_may import why_not_role
from mulin.posts.face import ROLES


class WhoForm(forms.Form):
    """The roles in their order, and from which day on; without any role, back to the house's."""

    def __init__(self, circulation: Circulation, function: Function, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fitting = [role for role in ROLES.values() if not why_not_role(role, circulation, function)]
        choices = [("", _("nobody more")), *((role.code, role.label) for role in fitting)]
        for n in range(1, MOST_ROLES + 1):
            self.fields[f"role{n}"] = forms.ChoiceField(
                label=_("First") if n == 1 else _("Then"), choices=choices, required=False
            )
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["from_day"] = forms.DateField(label=_("From"), widget=day)

    def roles(self) -> list[str]:
        given = (self.cleaned_data.get(f"role{n}", "") for n in range(1, MOST_ROLES + 1))
        return [code for code in given if code]


class BackForm(forms.Form):
    """From which day on the house's row counts again."""

    from_day = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
