"""The form by which staff raise a matter: for a resident, for nobody known, or for themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.kernel.ids import new_id
from mulin.matters.actions.reporters import ReporterGiven
from mulin.matters.forms import PhotosField, words_field
from mulin.matters.labels import CHANNELS
from mulin.matters.models import MatterType
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.views.grounds import AreaOptions, Options
from mulin.matters.views.kinds import Kinds
from mulin.posts.face import Who

RESIDENT, NOBODY, MYSELF = "resident", "anonymous", "myself"
ON_BEHALF: list[tuple[str, str | Promise]] = [
    (RESIDENT, _("A resident who can be reached")),
    (NOBODY, _("Somebody who stays unknown")),
    (MYSELF, _("Myself: I saw it")),
]
DESK_CHANNELS = ("patrol", "window", "phone")


class RaiseForm(forms.Form):
    """What, where, on whose behalf. Areas and kinds depend on what was chosen before, so they are handed in."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = words_field(_("What happened there?"), required=True, limit=TEXT_LIMIT)
    type = forms.ChoiceField(label=_("Kind"), error_messages={"required": _("Please choose the kind.")})
    village = forms.ChoiceField(label=_("Community"), required=False)
    grid = forms.ChoiceField(label=_("Grid"), required=False)
    building = forms.ChoiceField(label=_("Building"), required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False)
    lat = forms.FloatField(widget=forms.HiddenInput, required=False)
    address = forms.CharField(
        label=_("In words"),
        max_length=200,
        required=False,
        help_text=_("Such as: by the east gate, third floor."),
    )
    on_behalf = forms.ChoiceField(label=_("Who raises it?"), choices=ON_BEHALF, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Their name"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Their phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    secret = forms.BooleanField(label=_("Keep who raised it from whoever handles it"), required=False)
    about = forms.CharField(label=_("Whom is it about?"), required=False, max_length=60)
    channel = forms.ChoiceField(
        label=_("How did it come in?"), choices=[(code, CHANNELS[code]) for code in DESK_CHANNELS],
        widget=forms.RadioSelect,
    )  # fmt: skip
    photos = PhotosField(label=_("Photos"), required=False)
    settled = forms.BooleanField(label=_("I have settled it on the spot"), required=False)
    done = words_field(_("What was done?"), required=False, help_text=_("The reporter reads this."))

    def __init__(
        self, *args: Any, kinds: Kinds, areas: AreaOptions, may_settle: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kinds = kinds
        self._choose("type", [("", _("Choose…")), *kinds.groups])
        self._choose("village", [("", _("Choose…")), *areas.villages])
        self._choose("grid", _finer(areas.grids))
        self._choose("building", _finer(areas.buildings))
        if not may_settle:
            del self.fields["settled"], self.fields["done"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on_behalf") == RESIDENT and not data.get("phone") and "phone" not in self.errors:
            self.add_error(
                "phone",
                _("Without a phone nobody can be told how it went. Choose “unknown” if they wish so."),
            )
        if data.get("settled") and not data.get("done", "").strip():
            self.add_error("done", _("Please say what was done."))
        return data

    @property
    def key(self) -> UUID:
        """The new matter's id, made with the page: sent twice, it is still one matter."""
        found = self.cleaned_data.get("id")
        return found if isinstance(found, UUID) else new_id()

    def kind(self) -> MatterType:
        return self.kinds.listed[self.cleaned_data["type"]]

    def reporter(self, by: Who) -> ReporterGiven:
        data = self.cleaned_data
        if data["on_behalf"] == MYSELF:
            return ReporterGiven.of(by)
        if data["on_behalf"] == NOBODY:
            return ReporterGiven()
        return ReporterGiven.with_contact(data["name"], data["phone"])


class VoiceForm(forms.Form):
    """Whose voice it is: a caller who can be reached, or somebody who stays unknown."""

    on_behalf = forms.ChoiceField(
        label=_("Who is it?"), choices=ON_BEHALF[:2], widget=forms.RadioSelect, initial=RESIDENT
    )
    name = forms.CharField(label=_("Their name"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Their phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on_behalf") == RESIDENT and not data.get("phone"):
            self.add_error(
                "phone",
                _("Without a phone nobody can be told how it went. Choose “unknown” if they wish so."),
            )
        return data

    def reporter(self, by: Who) -> ReporterGiven:  # noqa: ARG002 - as the form of a new matter is asked
        data = self.cleaned_data
        return (
            ReporterGiven()
            if data["on_behalf"] == NOBODY
            else ReporterGiven.with_contact(data["name"], data["phone"])
        )


def _finer(options: Options) -> list[Any]:
    return [("", _("Not known more closely")), *options]
