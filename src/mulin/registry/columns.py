"""How each column of the registry is read from what was typed, sent or stands in a cell, and what is wrong with it.

The one place for forms, operations, imports and the demo: `checked(RESIDENT, given, today=…)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from mulin.kernel.checkdigits import is_credit_code
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.registry.rules.documents import could_be_born, document_form, is_phone, phone_form

Given = Mapping[str, Any]
Values = dict[str, Any]
Reader = Callable[[Any, str, date], Any]  # what was given, the name of the column, today

EARLIEST, LATEST = date(1850, 1, 1), date(2200, 12, 31)
_DIVISION = re.compile(r"[1-9][0-9](?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?)?")
_COUNTRY = re.compile(r"[A-Z]{3}")
_TRUE, _FALSE = {"true", "yes", "1", "on", "是"}, {"false", "no", "0", "off", "否"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The columns as they are to be kept, and everything that is wrong with what was given."""

    values: Values = field(default_factory=dict)
    faults: list[Invalid] = field(default_factory=list)

    def or_refuse(self) -> Values:
        """The values; the first fault is raised."""
        if self.faults:
            raise self.faults[0]
        return self.values


def read(readers: Mapping[str, Reader], given: Given, today: date) -> Checked:
    """Read those columns that were given, each by itself. A name that is no column is a mistake of the program."""
    checked = Checked()
    for name, value in given.items():
        try:
            checked.values[name] = readers[name](value, name, today)
        except Invalid as fault:
            fault.field = name
            checked.faults.append(fault)
    return checked


def text(limit: int, *, needed: bool = False) -> Reader:
    """One line of text."""

    def reader(value: Any, name: str, _today: date) -> str:
        kept = clean(str(value), limit, lines=False, field=name) if value else ""
        if needed and not kept:
            raise Invalid(_("This is needed."), code="missing")
        return kept

    return reader


def choice(codes: type[TextChoices], *, empty: str | None = "") -> Reader:
    """A code of a list; `empty` stands for nothing said, None where something must be."""
    known = frozenset(codes.values)

    def reader(value: Any, _name: str, _today: date) -> str:
        code = str(value or "").strip()
        if code in known:
            return code
        if code or empty is None:
            raise Invalid(_("This code is not in the list."), code="unknown_code")
        return empty

    return reader


def day(*, past: bool = False, born: bool = False) -> Reader:
    """A day; `past`: not in the future; `born`: moreover somebody's birth."""

    def reader(value: Any, _name: str, today: date) -> date | None:
        found = _day(value)
        if found is None:
            return None
        if (past or born) and found > today:
            raise Invalid(_("This date lies in the future."), code="future")
        if born and not could_be_born(found, today):
            raise Invalid(_("Nobody lives that long. Is the year right?"), code="too_long_ago")
        return found

    return reader


def _day(value: Any) -> date | None:
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        digits = re.sub(r"[年月/.]", "-", str(value).strip()).rstrip("日")
        form = "%Y%m%d" if digits.isdigit() else "%Y-%m-%d"
        try:
            value = datetime.strptime(digits, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise Invalid(_("This is no date. Write it like 1978-04-23."), code="bad_date") from None
    if not EARLIEST <= value <= LATEST:
        raise Invalid(_("This is no date. Write it like 1978-04-23."), code="bad_date")
    found: date = value
    return found


def phone(value: Any, _name: str, _today: date) -> str:
    """A phone number, in the one form in which it is kept."""
    said = str(value or "").strip()
    if not said:
        return ""
    if len(said) > 60 or not is_phone(said):
        raise Invalid(_("This is not a phone number. A mobile number has 11 digits."), code="bad_phone")
    return phone_form(said)


def document(value: Any, _name: str, _today: date) -> str:
    """A document number in its one form; whether it can be right is asked with its kind."""
    said = str(value or "").strip()
    if len(said) > 60:
        raise Invalid(
            _("This document number is not right. Is a digit missing or wrong?"), code="bad_document"
        )
    return document_form(said)


def division(value: Any, _name: str, _today: date) -> str:
    """2, 4, 6, 9 or 12 digits. Whether it is in today's list is not asked: old ones are right, too."""
    said = str(value or "").strip()
    if said and not _DIVISION.fullmatch(said):
        raise Invalid(_("A place is named by 2, 4, 6, 9 or 12 digits."), code="bad_division")
    return said


def country(value: Any, _name: str, _today: date) -> str:
    """Three letters; nothing said means China."""
    said = str(value or "").strip().upper() or "CHN"
    if not _COUNTRY.fullmatch(said):
        raise Invalid(_("A country is named by three letters, like CHN."), code="bad_country")
    return said


def credit_code(value: Any, _name: str, _today: date) -> str:
    """A unified social credit code, checked."""
    said = document_form(str(value or "")[:60])
    if said and not is_credit_code(said):
        raise Invalid(_("This credit code is not right. Is a sign missing or wrong?"), code="bad_credit_code")
    return said


def whole(least: int, most: int, *, needed: bool = False) -> Reader:
    """A whole number."""

    def reader(value: Any, _name: str, _today: date) -> int | None:
        if value in (None, ""):
            if needed:
                raise Invalid(_("This is needed."), code="missing")
            return None
        try:
            number = int(str(value).strip())
        except ValueError:
            number = most + 1
        if not least <= number <= most:
            message = _("A whole number from %(least)d to %(most)d, please.") % {"least": least, "most": most}
            raise Invalid(message, code="bad_number")
        return number

    return reader


def square_metres(value: Any, _name: str, _today: date) -> Decimal | None:
    """With at most two places behind the point."""
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value).strip()).quantize(Decimal("0.01"))
        fits = Decimal(0) < number < Decimal(1_000_000)
    except InvalidOperation:  # no number, too many digits, or "nan"
        fits = False
    if not fits:
        raise Invalid(_("This is no area in square metres."), code="bad_number")
    return number


def degrees(limit: int) -> Reader:
    """A longitude or a latitude."""

    def reader(value: Any, _name: str, _today: date) -> float | None:
        if value in (None, ""):
            return None
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = float("nan")
        if not -limit <= number <= limit:
            raise Invalid(_("This is not a place on the map."), code="no_place")
        return number

    return reader


def yes_no(value: Any, _name: str, _today: date) -> bool | None:
    """Yes, no, or not known."""
    if value in (None, ""):
        return None
    said = str(value).strip().lower()
    if said in _TRUE or said in _FALSE:
        return said in _TRUE
    raise Invalid(_("Yes or no, please."), code="bad_yes_no")
