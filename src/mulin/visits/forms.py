"""Forms of visits and campaigns. What they allow is decided by the acts; here is only what they ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Refusal
from mulin.places.face import Area
from mulin.posts.face import Seat
from mulin.registry.face import HouseholdKind, MerchantKind, Trade, Use
from mulin.visits.actions.campaigns import Plan
from mulin.visits.codes import DoneBy, Network, Way, Whom, Why
from mulin.visits.models import CampaignTask
from mulin.visits.models.campaign import TITLE_LIMIT
from mulin.visits.models.visit import TEXT_LIMIT
from mulin.visits.rules.choosing import Chosen

LIVED = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 12, 31)))
Options = Iterable[tuple[str, Any]]


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal where it belongs: at its field, else above the form. A key that was refused is made anew."""
    if refusal.field == "key" and isinstance(form, KeyedForm):
        form.renew_key(str(refusal.message))
        return
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


class DayField(forms.DateField):
    """A day, as the browser's own calendar gives it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("validators", LIVED)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class MomentField(forms.DateTimeField):
    """A day and an hour."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


def words(label: Any, **options: Any) -> forms.CharField:
    """Several lines of text."""
    widget = forms.Textarea(attrs={"rows": options.pop("rows", 3)})
    return forms.CharField(label=label, required=False, max_length=TEXT_LIMIT, widget=widget, **options)


class KeyedForm(forms.Form):
    """One thing however often it is sent: `key` is its id, made with the page.

    A key that was tampered with is told and not kept: the form carries a new one and all that was typed, so sent again
    as it stands it goes through.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._mend("key", str(new_id()))
        return given

    def renew_key(self, message: str) -> None:
        """Say above the form what is wrong with its key, and give it another."""
        self.add_error(None, message)
        self._set("key", str(new_id()))

    def _mend(self, name: str, value: str) -> None:
        """What a hidden field must hold is nothing that a person can put right."""
        if name in self.errors:
            del self.errors[name]
            self.add_error(
                None, _("This page was damaged on its way. Nothing is lost: please send it again.")
            )
            self._set(name, value)

    def _set(self, name: str, value: str) -> None:
        sent: Any = copy(self.data)  # what came with the request stays as it came
        sent[self.add_prefix(name)] = value
        self.data = sent


class SeatField(forms.ChoiceField):
    """On whose plan it goes."""

    def among(self, seats: Sequence[Seat]) -> None:
        self.choices = [(str(seat.pk), seat.label) for seat in seats]


class RecordForm(KeyedForm):
    """What whoever was at the door has to tell. Ticks of what is still right come as `marks`, of tasks as `settles`."""

    planned = forms.UUIDField(widget=forms.HiddenInput, required=False)
    met = forms.ChoiceField(
        label=_("Did you meet somebody?"),
        choices=[("yes", _("Yes")), ("no", _("Nobody was home"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    at = MomentField(label=_("When"))
    way = forms.ChoiceField(label=pgettext_lazy("visit", "How"), choices=Way, initial=Way.DOOR)
    said = words(_("What was said"), help_text=_("Only what is needed to help. It is kept encrypted."))
    agreed = words(_("What was agreed"), rows=2)
    next_on = DayField(label=_("Come again on"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self._mend("planned", str(self.initial.get("planned") or ""))
        return given

    def __init__(self, *args: Any, now: datetime, tasks: Sequence[CampaignTask], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["at"].initial = timezone.localtime(now)
        if tasks:
            self.fields["settles"] = forms.MultipleChoiceField(
                label=_("Done with this visit"),
                choices=[(str(task.pk), task.campaign.title) for task in tasks],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )


class PlanForm(forms.Form):
    """A call to be made: when, by which seat, why."""

    on = DayField(label=_("Day"))
    seat = SeatField(label=_("Who goes"))
    why = forms.ChoiceField(label=_("Why"), choices=Why, initial=Why.ROUND)

    def __init__(self, *args: Any, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].among(seats)  # type: ignore[attr-defined]  # the form itself declared this kind of field


class MoveForm(forms.Form):
    """Another day."""

    on = DayField(label=_("Another day"))


class ChangeForm(forms.Form):
    """What one wrote today."""

    said = words(_("What was said"), rows=4)
    agreed = words(_("What was agreed"))


class RaiseForm(KeyedForm):
    """What came up at the door."""

    type = forms.ChoiceField(label=_("Kind of matter"))
    text = forms.CharField(
        label=_("What is the matter"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Without names and numbers: more people read a matter than a visit."),
    )

    def __init__(self, *args: Any, kinds: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["type"].choices = kinds  # type: ignore[attr-defined]  # the form itself declared this kind of field


class LinkForm(forms.Form):
    """A matter that is known already."""

    number = forms.CharField(label=_("Number of the matter"), max_length=20)


def anything(choices: Options) -> list[tuple[str, Any]]:
    return [("", _("any")), *choices]


class CampaignForm(forms.Form):
    """What, whom, until when."""

    network = forms.ChoiceField(label=_("Network"), choices=Network)
    title = forms.CharField(label=pgettext_lazy("campaign", "What it is about"), max_length=TITLE_LIMIT)
    text = words(_("What is to be done"), help_text=_("All grids read this: no names, no numbers of people."))
    area = forms.ChoiceField(label=_("Where"))
    until_on = DayField(label=_("Until"))
    whom = forms.ChoiceField(label=_("One task for"), choices=Whom, initial=Whom.HOUSEHOLDS)
    done_by = forms.ChoiceField(
        label=pgettext_lazy("campaign", "Settled"), choices=DoneBy, initial=DoneBy.TICK
    )
    use = forms.ChoiceField(label=_("Homes used so"), choices=lambda: anything(Use.choices), required=False)
    home_kind = forms.ChoiceField(
        label=_("Households of this kind"), choices=lambda: anything(HouseholdKind.choices), required=False
    )
    age_from = forms.IntegerField(
        label=_("With somebody from this age"), required=False, min_value=0, max_value=130
    )
    age_to = forms.IntegerField(
        label=_("With somebody up to this age"), required=False, min_value=0, max_value=130
    )
    shop_kind = forms.ChoiceField(
        label=_("Merchants of this kind"), choices=lambda: anything(MerchantKind.choices), required=False
    )
    trade = forms.ChoiceField(
        label=_("Merchants of this trade"), choices=lambda: anything(Trade.choices), required=False
    )
    stale_days = forms.IntegerField(
        label=_("Not confirmed for so many days"), required=False, min_value=1, max_value=3650
    )

    HOMES = ("use", "home_kind", "age_from", "age_to")
    SHOPS = ("shop_kind", "trade")

    def __init__(self, *args: Any, areas: Sequence[Area], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [(str(area.pk), area.label) for area in areas]  # type: ignore[attr-defined]  # the form itself declared this kind of field

    def plan(self) -> Plan:
        """Only the choices that fit what is counted."""
        given = self.cleaned_data
        homes, shops = given["whom"] == Whom.HOUSEHOLDS, given["whom"] == Whom.MERCHANTS
        chosen = Chosen(
            use=given["use"] if homes else "",
            kind=given["home_kind"] if homes else given["shop_kind"] if shops else "",
            trade=given["trade"] if shops else "",
            stale_days=given["stale_days"] if homes or shops else None,
            age_from=given["age_from"] if homes else None,
            age_to=given["age_to"] if homes else None,
        )
        return Plan(
            network=given["network"], title=given["title"], text=given["text"], until_on=given["until_on"],
            whom=given["whom"], done_by=given["done_by"], chosen=chosen,
        )  # fmt: skip


class ExtendForm(forms.Form):
    """Another last day."""

    until_on = DayField(label=_("New last day"))


class SpareForm(forms.Form):
    """Why it is not needed here."""

    note = forms.CharField(label=pgettext_lazy("task", "Why not"), max_length=500)
