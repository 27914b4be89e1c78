"""The forms of entering and changing records. What is right is decided in `registry.values`, here is how it is asked.

A masked value is not written into a form: empty keeps it, a tick removes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mulin.kernel.fields import ShortText
from mulin.kernel.masking import mask_name
from mulin.registry import values
from mulin.registry.columns import Checked
from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident
from mulin.registry.rules.revealing import HIDDEN

Words = str | Promise
REMOVE = "_remove"
DIGITS = frozenset({"native_division", "registered_division"})
NUMBERS = frozenset({"floor", "staff_count"})
MASKS: Mapping[str, Callable[[str], str]] = {
    "owner_name": mask_name,
    **{name: hidden.mask for each in HIDDEN.values() for name, hidden in each.items()},
}

# Where a word of the column is another one in this form: in Chinese a shop is called otherwise than a person.
LABELS: Mapping[tuple[type[models.Model], str], Words] = {
    (Resident, "name"): pgettext_lazy("person", "name"),
    (Merchant, "trade"): pgettext_lazy("merchant", "trade"),
}


@dataclass(frozen=True)
class Group:
    """Fields that belong together; one that is rarely needed is folded until something in it is said or wrong."""

    legend: Words
    fields: list[BoundField] = field(default_factory=list)
    folded: bool = False


@dataclass(frozen=True)
class Differs:
    """A column that somebody else has changed meanwhile: what it is called, and what it says now."""

    label: Words
    now: str


class RecordForm(forms.Form):
    """Asks for the columns of one kind of record; `thing` is what is stored, None where it is new."""

    MODEL: ClassVar[type[models.Model]]
    READERS: ClassVar[Mapping[str, Any]]
    GROUPS: ClassVar[tuple[tuple[Words, tuple[str, ...], bool], ...]]
    NEEDED: ClassVar[tuple[str, ...]] = ()
    SECRETS: ClassVar[frozenset[str]] = frozenset()

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, thing: models.Model | None = None, today: date, **kwargs: Any) -> None:
        self.thing, self.today = thing, today
        shown = self._defaults() if thing is None else self._shown(thing)
        kwargs["initial"] = {**shown, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for name in self.columns():
            self.fields[name] = asked(self.MODEL, name, needed=name in self.NEEDED)
            if thing is not None and name in self.SECRETS:
                self._keep_secret(name, str(getattr(thing, name) or ""))

    @classmethod
    def columns(cls) -> list[str]:
        return [name for _legend, names, _folded in cls.GROUPS for name in names]

    def _defaults(self) -> dict[str, Any]:
        """What a new record is where nobody says otherwise."""
        blank = self.MODEL()
        return {name: getattr(blank, name) for name in self.columns() if _choices(self.MODEL, name)}

    def _shown(self, thing: models.Model) -> dict[str, Any]:
        names = {name for name in self.columns() if name not in self.SECRETS}
        said = {name: _said(getattr(thing, name)) for name in names}
        return said | {"version": getattr(thing, "version", None)}

    def _keep_secret(self, name: str, value: str) -> None:
        """Empty keeps what is there."""
        own = self.fields[name]
        own.required = False
        if value:
            own.help_text = _("Now %(masked)s. Leave it empty to keep it.") % {"masked": MASKS[name](value)}
            label = _("Remove: %(what)s") % {"what": own.label}
            self.fields[name + REMOVE] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for fault in self.check(self.given(given)).faults:
                self.add_error(fault.field if fault.field in self.fields else None, str(fault.message))
        return given

    def check(self, given: Mapping[str, Any]) -> Checked:
        """What `registry.values` says of it."""
        raise NotImplementedError

    def given(self, cleaned: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The columns to write: all that the form shows, and of masked ones those that were written anew."""
        cleaned = self.cleaned_data if cleaned is None else cleaned
        said: dict[str, Any] = {}
        for name in self.columns():
            value = cleaned.get(name) or ""
            if self.thing is not None and name in self.SECRETS and not value:
                if cleaned.get(name + REMOVE):
                    said[name] = ""
                continue
            said[name] = value
        return said

    def stored(self) -> dict[str, Any] | None:
        """What is stored, as `registry.values` takes it."""
        if self.thing is None:
            return None
        return {name: getattr(self.thing, name) for name in self.READERS}

    def groups(self) -> Iterable[Group]:
        for legend, names, folded in self.GROUPS:
            shown = [each for name in names for each in (name, name + REMOVE) if each in self.fields]
            bound = [self[name] for name in shown]
            said = any(each.errors or (each.value() not in (None, "", False)) for each in bound)
            yield Group(legend, bound, folded and not said)

    def others(self) -> list[BoundField]:
        """Fields that a page added to the columns."""
        own = set(self.columns())
        rest = [name for name in self.fields if name.removesuffix(REMOVE) not in own]
        return [self[name] for name in rest if not self[name].is_hidden]

    def differing(self, now: models.Model) -> list[Differs]:
        """Where what is stored now is not what was sent."""
        wanted = self.check(self.given()).values
        names = [name for name in self.columns() if name in wanted and getattr(now, name) != wanted[name]]
        return [Differs(self.fields[name].label or name, shown(now, name)) for name in names]


def shown(thing: models.Model, name: str) -> str:
    """A stored value in words, masked where it is never shown whole."""
    value = getattr(thing, name)
    if name in MASKS:
        return MASKS[name](str(value or "")) or "–"
    label = getattr(thing, f"get_{name}_display", None)
    return str(label() if label and value else value or "–")


def _choices(model: type[models.Model], name: str) -> bool:
    return bool(getattr(model._meta.get_field(name), "choices", None))


def _said(value: Any) -> Any:
    """As a field of choices takes it."""
    return str(value).lower() if isinstance(value, bool) else value


def asked(model: type[models.Model], name: str, *, needed: bool) -> forms.Field:
    """One column as a field that takes any text: whether it is right is asked later, in one place."""
    column = model._meta.get_field(name)
    label = capfirst(str(LABELS.get((model, name), getattr(column, "verbose_name", name))))
    return forms.CharField(label=label, required=needed, widget=_widget(column), max_length=500)


def _widget(column: Any) -> forms.Widget:
    plain = {"autocomplete": "off"}
    if column.choices:
        known = {str(code) for code, _label in column.choices}
        empty = [] if str(column.get_default() or "") in known else [("", "–")]
        return forms.Select(choices=[*empty, *column.choices])
    if isinstance(column, models.BooleanField):
        yes_no = [("", _("not known")), ("true", _("yes")), ("false", _("no"))]
        return forms.Select(choices=yes_no)
    if isinstance(column, models.DateField):
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if "phone" in column.name:
        return forms.TextInput(attrs={**plain, "inputmode": "tel", "maxlength": 40})
    if column.name in NUMBERS | DIGITS:
        return forms.TextInput(attrs={**plain, "inputmode": "numeric"})
    if isinstance(column, ShortText):
        return forms.TextInput(attrs={**plain, "maxlength": column.limit})
    return forms.TextInput(attrs={**plain, "maxlength": 60})


class DwellingForm(RecordForm):
    """A door."""

    MODEL, READERS = Dwelling, values.DWELLING
    NEEDED = ("floor", "number")
    SECRETS = frozenset({"owner_name", "owner_phone"})
    GROUPS = (
        (gettext_lazy("The door"), ("floor", "number", "use", "square_metres", "hazard"), False),
        (gettext_lazy("Its owner"), ("owner_name", "owner_phone"), False),
    )

    def check(self, given: Mapping[str, Any]) -> Checked:
        return values.dwelling(given, today=self.today, new=self.thing is None)


class HouseholdForm(RecordForm):
    """People who live together."""

    MODEL, READERS = Household, values.HOUSEHOLD
    GROUPS = ((gettext_lazy("The household"), ("kind", "number", "from_on"), False),)

    def check(self, given: Mapping[str, Any]) -> Checked:
        return values.household(given, today=self.today)


class ResidentForm(RecordForm):
    """A person. What a service does not need is not asked."""

    MODEL, READERS = Resident, values.RESIDENT
    NEEDED = ("name",)
    SECRETS = frozenset({"document", "phone"})
    GROUPS = (
        (
            gettext_lazy("Who it is"),
            ("name", "document_kind", "document", "born_on", "sex", "phone"),
            False,
        ),
        (
            gettext_lazy("Where they are registered"),
            ("registered_division", "registered_address", "native_division"),
            True,
        ),
        (gettext_lazy("Family and work"), ("marital", "education", "occupation", "workplace"), True),
        (
            gettext_lazy("More about name and document"),
            ("former_name", "latin_name", "document_until"),
            True,
        ),
        (
            gettext_lazy("From another country"),
            ("nationality", "arrived_on", "leaves_on", "stay_purpose"),
            True,
        ),
    )

    def groups(self) -> Iterable[Group]:
        """Everybody has a country: that alone opens nothing."""
        for group in super().groups():
            abroad = [each for each in group.fields if each.name == "nationality"]
            rest = [each for each in group.fields if each.name != "nationality"]
            said = any(each.errors or each.value() for each in rest)
            foreign = any((each.value() or "CHN") != "CHN" or each.errors for each in abroad)
            yield Group(group.legend, group.fields, not (said or foreign)) if abroad else group

    def check(self, given: Mapping[str, Any]) -> Checked:
        return values.resident(given, today=self.today, stored=self.stored())


class ResidenceForm(RecordForm):
    """How somebody lives there."""

    MODEL, READERS = Residence, values.RESIDENCE
    SECRETS = frozenset({"permit"})
    GROUPS = (
        (gettext_lazy("How they live there"), ("relation", "kind", "from_on"), False),
        (gettext_lazy("Registered elsewhere"), ("reason", "permit", "permit_until"), True),
    )

    def check(self, given: Mapping[str, Any]) -> Checked:
        return values.residence(given, today=self.today)


class MerchantForm(RecordForm):
    """Who trades or works there."""

    MODEL, READERS = Merchant, values.MERCHANT
    NEEDED = ("name",)
    SECRETS = frozenset({"operator_phone", "safety_phone"})
    GROUPS = (
        (
            gettext_lazy("The merchant"),
            ("name", "kind", "trade", "credit_code", "licence", "address", "opened_on"),
            False,
        ),
        (gettext_lazy("Who runs it"), ("operator_name", "operator_phone", "staff_count"), False),
        (
            gettext_lazy("Safety"),
            ("hazard", "lives_in", "extinguishers", "safety_name", "safety_phone"),
            False,
        ),
        (gettext_lazy("Where on the map"), ("lon", "lat"), True),
    )

    def check(self, given: Mapping[str, Any]) -> Checked:
        return values.merchant(given, today=self.today, stored=self.stored())
