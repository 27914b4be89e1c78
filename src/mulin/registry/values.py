"""What may be said of a dwelling, a household, a resident, a residence and a merchant, and what must agree.

Each function takes what was given (only that is read) and what is stored already, and returns the columns to write
with everything that is wrong. `.or_refuse()` raises the first fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.kernel.unreadable import Unreadable
from mulin.registry.codes import (
    DocumentKind,
    Education,
    Hazard,
    HouseholdKind,
    Marital,
    MerchantKind,
    Reason,
    Relation,
    ResidenceKind,
    Sex,
    Trade,
    Use,
)
from mulin.registry.columns import (
    Checked,
    Given,
    Reader,
    Values,
    choice,
    country,
    credit_code,
    day,
    degrees,
    division,
    document,
    phone,
    read,
    square_metres,
    text,
    whole,
    yes_no,
)
from mulin.registry.rules.documents import could_be_born, in_number, is_document, looks_like_identity

IDENTITY = frozenset({"document", "document_kind", "born_on", "sex"})  # what must agree

DWELLING: Mapping[str, Reader] = {
    "floor": whole(-9, 200, needed=True),
    "number": text(20, needed=True),
    "use": choice(Use, empty=Use.UNKNOWN.value),
    "square_metres": square_metres,
    "hazard": choice(Hazard),
    "owner_name": text(100),
    "owner_phone": phone,
}

HOUSEHOLD: Mapping[str, Reader] = {
    "kind": choice(HouseholdKind, empty=HouseholdKind.FAMILY.value),
    "number": text(30),
    "from_on": day(past=True),
}

RESIDENT: Mapping[str, Reader] = {
    "name": text(100, needed=True),
    "former_name": text(100),
    "latin_name": text(100),
    "sex": choice(Sex, empty=Sex.UNKNOWN.value),
    "born_on": day(born=True),
    "nationality": country,
    "document_kind": choice(DocumentKind),
    "document": document,
    "document_until": day(),
    "phone": phone,
    "native_division": division,
    "registered_division": division,
    "registered_address": text(200),
    "marital": choice(Marital),
    "education": choice(Education),
    "occupation": text(60),
    "workplace": text(100),
    "arrived_on": day(past=True),
    "leaves_on": day(),
    "stay_purpose": text(60),
}

RESIDENCE: Mapping[str, Reader] = {
    "kind": choice(ResidenceKind, empty=ResidenceKind.OWN.value),
    "relation": choice(Relation),
    "reason": choice(Reason),
    "permit": text(40),
    "permit_until": day(),
    "from_on": day(past=True),
}

MERCHANT: Mapping[str, Reader] = {
    "name": text(100, needed=True),
    "kind": choice(MerchantKind, empty=MerchantKind.SHOP.value),
    "trade": choice(Trade, empty=Trade.OTHER.value),
    "credit_code": credit_code,
    "licence": text(40),
    "address": text(200),
    "operator_name": text(100),
    "operator_phone": phone,
    "safety_name": text(100),
    "safety_phone": phone,
    "staff_count": whole(0, 1_000_000),
    "lives_in": yes_no,
    "extinguishers": yes_no,
    "hazard": choice(Hazard),
    "lon": degrees(180),
    "lat": degrees(90),
    "opened_on": day(past=True),
}


def dwelling(given: Given, *, today: date, new: bool = False) -> Checked:
    """Of a door in a building."""
    return _needed(read(DWELLING, given, today), given, ("floor", "number"), new=new)


def household(given: Given, *, today: date) -> Checked:
    """Of people who live together."""
    return read(HOUSEHOLD, given, today)


def residence(given: Given, *, today: date) -> Checked:
    """Of somebody's living there."""
    return read(RESIDENCE, given, today)


def resident(given: Given, *, today: date, stored: Values | None = None) -> Checked:
    """Of a person. `stored` are the columns as they are; without it, the person is new.

    What an identity number says of birth and sex is taken from it where nobody said it, and must agree where
    somebody did.
    """
    checked = _needed(read(RESIDENT, given, today), given, ("name",), new=stored is None)
    whole_person = {**(stored or {}), **checked.values}
    faulty = {fault.field for fault in checked.faults}
    written = {name for name in IDENTITY if name in checked.values}
    if stored is not None:  # what nobody touches is not judged again
        written = {name for name in written if checked.values[name] != stored.get(name)}
    if (written or stored is None) and not faulty & IDENTITY:
        _check_document(checked, whole_person, given, today)
    _check_stay(checked, whole_person)
    return checked


def merchant(given: Given, *, today: date, stored: Values | None = None) -> Checked:
    """Of whoever trades or works there."""
    checked = _needed(read(MERCHANT, given, today), given, ("name",), new=stored is None)
    merged = {**(stored or {}), **checked.values}
    if (merged.get("lon") is None) != (merged.get("lat") is None):
        checked.faults.append(Invalid(_("This is not a place on the map."), code="no_place", field="lon"))
    return checked


def _needed(checked: Checked, given: Given, names: tuple[str, ...], *, new: bool) -> Checked:
    for name in names if new else ():
        if name not in given:
            checked.faults.append(Invalid(_("This is needed."), code="missing", field=name))
    return checked


def _check_document(checked: Checked, person: Values, given: Given, today: date) -> None:
    """Kind and number come together; the number is right; what it says agrees with what was said."""
    number, kind = person.get("document", ""), person.get("document_kind", "")
    if isinstance(number, Unreadable):
        return  # it says nothing, neither for nor against what was written
    if not number:
        if kind and ("document" in given or "document_kind" in given):
            checked.values["document_kind"] = ""  # a kind without a number says nothing
        return
    if not kind:
        kind = checked.values["document_kind"] = _kind_of(number)
    if not kind:
        message = _("Say which kind of document this number is from.")
        checked.faults.append(Invalid(message, code="no_document_kind", field="document_kind"))
    elif not is_document(number, kind) or not _could_be(number, today):
        message = _("This document number is not right. Is a digit missing or wrong?")
        checked.faults.append(Invalid(message, code="bad_document", field="document"))
    else:
        _check_agreement(checked, person, number)


def _kind_of(number: str) -> str:
    return DocumentKind.IDENTITY.value if looks_like_identity(number) else ""


def _could_be(number: str, today: date) -> bool:
    said = in_number(number)
    return said is None or could_be_born(said.born_on, today)


def _check_agreement(checked: Checked, person: Values, number: str) -> None:
    said = in_number(number)
    if said is None:
        return
    if person.get("born_on") is None:
        checked.values["born_on"] = said.born_on
    elif person["born_on"] != said.born_on:
        message = _("This is not the birth date in the document number. One of the two is wrong.")
        checked.faults.append(Invalid(message, code="birth_differs", field="born_on"))
    if person.get("sex", Sex.UNKNOWN) in (Sex.UNKNOWN, Sex.NOT_STATED):
        checked.values["sex"] = said.sex
    elif person["sex"] != said.sex:
        message = _("The document number says otherwise. One of the two is wrong.")
        checked.faults.append(Invalid(message, code="sex_differs", field="sex"))


def _check_stay(checked: Checked, person: Values) -> None:
    arrived, leaves = person.get("arrived_on"), person.get("leaves_on")
    if arrived and leaves and leaves < arrived:
        message = _("They cannot leave before they arrive.")
        checked.faults.append(Invalid(message, code="leaves_first", field="leaves_on"))
