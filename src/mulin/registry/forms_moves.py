"""The forms of coming, going and moving: which door, which day, which household."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mulin.places.face import Area
from mulin.posts.face import Permission, Who
from mulin.registry.actions.households import NOTE_LIMIT
from mulin.registry.codes import Relation, ResidenceKind
from mulin.registry.columns import EARLIEST
from mulin.registry.models import Dwelling, Household, Residence
from mulin.registry.queries.finding_doors import buildings_called, doors_at, places_called

ALONE, THERE, NEW = "alone", "there", "new"
JOINS = (
    (THERE, gettext_lazy("They join the household that lives there")),
    (NEW, gettext_lazy("They are a household of their own")),
    (ALONE, gettext_lazy("They lodge there, without a household")),
)


class PlainDay(forms.DateField):
    """A day up to today, as the browser's own calendar gives it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        kwargs.setdefault("required", False)
        super().__init__(widget=widget, validators=[MinValueValidator(EARLIEST)], **kwargs)


class DayForm(forms.Form):
    """On which day, and what is to be remembered of it."""

    on = PlainDay(label=gettext_lazy("On which day"), help_text=gettext_lazy("Empty: today."))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=NOTE_LIMIT, required=False)


class DiedForm(forms.Form):
    """When somebody died; where a death is noted, that it was a mistake."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, noted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if noted:
            self.fields["mistake"] = forms.BooleanField(label=_("The death was noted by mistake: they live"))
        else:
            self.fields["on"] = PlainDay(label=_("Date of death"), required=True)


class DoorForm(forms.Form):
    """Another door: the building or entrance, and what stands at the door."""

    building = forms.CharField(
        label=gettext_lazy("Building or entrance"),
        max_length=120,
        help_text=gettext_lazy("Its exact name, or its code."),
    )
    number = forms.CharField(label=gettext_lazy("Door number"), max_length=20)

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        self.dwelling: Dwelling | None = None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("building") and given.get("number"):
            self.dwelling = self._found(given["building"], given["number"])
        return given

    def _found(self, building: str, number: str) -> Dwelling | None:
        places = buildings_called(building, self.who, Permission.REGISTRY_EDIT)
        if not places:
            self.add_error("building", _("There is no such building in your area."))
            return None
        doors = {door.pk: door for place in places for door in doors_at(place, number)}
        if len(doors) == 1:
            return next(iter(doors.values()))
        self.add_error("number", self._told(bool(doors)))
        return None

    def _told(self, several: bool) -> str:
        if several:
            return _("There are several such doors. Name the entrance, or give its code.")
        return _("There is no such door. Enter it first, at its building.")


class MoveForm(DoorForm):
    """Where somebody moves to, and with whom they live there."""

    joins = forms.ChoiceField(
        label=gettext_lazy("Who they live with"), choices=JOINS, widget=forms.RadioSelect, initial=THERE
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("Relation to the householder"),
        choices=[("", "–"), *Relation.choices],
        required=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Right to live there"), choices=ResidenceKind.choices)
    on = PlainDay(label=gettext_lazy("On which day"), help_text=gettext_lazy("Empty: today."))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.household: Household | None = None
        if self.dwelling and given.get("joins") == THERE:
            self.household = self._joined(self.dwelling)
        return given

    def _joined(self, dwelling: Dwelling) -> Household | None:
        homes = list(dwelling.households.there().order_by("id")[:2])
        if len(homes) == 1:
            return homes[0]
        if homes:
            self.add_error(
                "joins", _("Several households live there. Let them lodge first, then choose one.")
            )
        else:
            self.add_error("joins", _("No household lives there yet."))
        return None


class SecondHomeForm(MoveForm):
    """Somebody lives in another place, too."""

    main = forms.BooleanField(label=gettext_lazy("They live there first of all"), required=False)


class MoveHouseholdForm(DoorForm):
    """Where all of them move to."""

    kind = forms.ChoiceField(label=gettext_lazy("Right to live there"), choices=ResidenceKind.choices)
    on = PlainDay(label=gettext_lazy("On which day"), help_text=gettext_lazy("Empty: today."))


class TakeOverForm(forms.Form):
    """What stands on the card of somebody who moved here from another area."""

    document = forms.CharField(
        label=gettext_lazy("Document number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=100,
        help_text=gettext_lazy("Exactly as it stands on the card."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("Relation to the householder"),
        choices=[("", "–"), *Relation.choices],
        required=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Right to live there"), choices=ResidenceKind.choices)
    on = PlainDay(label=gettext_lazy("On which day"), help_text=gettext_lazy("Empty: today."))


class HeadForm(forms.Form):
    """Who the householder is, and how the others are related to them now."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    head = forms.ChoiceField(label=gettext_lazy("The householder"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, members: Iterable[Residence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        names = [(id, member.resident.name) for id, member in self.members.items()]
        self.fields["head"].choices = names  # type: ignore[attr-defined]  # declared above as a field of choices
        others = [("", "–"), *[each for each in Relation.choices if each[0] != Relation.SELF]]
        for id, member in self.members.items():
            label = _("%(name)s is to them") % {"name": member.resident.name}
            self.fields[f"relation-{id}"] = forms.ChoiceField(label=label, choices=others, required=False)

    @property
    def relations(self) -> dict[UUID, str]:
        return {UUID(id): self.cleaned_data[f"relation-{id}"] for id in self.members}


class MergeForm(forms.Form):
    """Which record is of the same person."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    other = forms.ChoiceField(label=gettext_lazy("The other record"), widget=forms.RadioSelect)
    same = forms.BooleanField(label=gettext_lazy("I have made sure that both are the same person"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = choices  # type: ignore[attr-defined]  # declared above as a field of choices


class WhereForm(forms.Form):
    """Where something is to be entered."""

    DOOR, MERCHANT = "dwelling", "merchant"
    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=((DOOR, gettext_lazy("A dwelling")), (MERCHANT, gettext_lazy("A merchant"))),
        widget=forms.RadioSelect,
        initial=DOOR,
    )
    place = forms.CharField(
        label=gettext_lazy("Building, entrance or grid"),
        max_length=120,
        help_text=gettext_lazy("Its exact name, or its code."),
    )

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        self.area: Area | None = None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        found = places_called(given.get("place", ""), self.who, Permission.REGISTRY_EDIT)
        if len(found) == 1:
            self.area = found[0]
        elif given.get("place"):
            codes = ", ".join(area.path for area in found)
            several = _("Several places are called so. Give the code of one: %(codes)s") % {"codes": codes}
            self.add_error("place", several if found else _("There is no such place in your area."))
        return given
