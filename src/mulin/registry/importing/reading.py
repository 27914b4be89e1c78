"""One row of a list, read by the same rules as a form: what it says, and what is wrong in which column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.kernel.unreadable import is_marked
from mulin.registry import values
from mulin.registry.codes import Relation, Use
from mulin.registry.columns import Checked
from mulin.registry.importing.columns import CODED, code_of
from mulin.registry.importing.places import Places, Spot
from mulin.registry.models.importing import ListKind

Cells = Mapping[str, str]
Values = dict[str, Any]
_FLOOR = re.compile(r"(?:[^0-9]*)([0-9]{1,2})[0-9]{2}(?:[^0-9].*)?")
_DWELLING = ("floor", "number", "use", "square_metres", "owner_name", "owner_phone")
_NAMES = {"household_number": "number", "household_kind": "kind"}
_DATES = frozenset(
    {
        "born_on", "document_until", "arrived_on", "leaves_on", "from_on", "permit_until", "opened_on",
    }
)  # fmt: skip


@dataclass(slots=True)
class Read:
    """A row as it will be stored. Of what was not said in the file there is nothing: an update leaves it as it is."""

    number: int
    sheet: str
    area: UUID | None = None
    path: str = ""
    dwelling: Values = field(default_factory=dict)
    household: Values = field(default_factory=dict)
    person: Values = field(default_factory=dict)
    stay: Values = field(default_factory=dict)
    merchant: Values = field(default_factory=dict)
    door: str = ""
    wrong: bool = False
    faults: list[Invalid] = field(default_factory=list)

    def pack(self) -> Values:
        """As the part keeps it."""
        kept = (
            "number", "sheet", "area", "path", "dwelling", "household", "person", "stay", "merchant", "door", "wrong",
        )  # fmt: skip
        return {name: value for name in kept if (value := getattr(self, name)) not in ({}, "", False, None)}

    @classmethod
    def unpack(cls, kept: Values) -> Read:
        row = cls(kept["number"], kept["sheet"])
        for name, value in kept.items():
            setattr(row, name, _restored(value) if isinstance(value, dict) else value)
        row.area = UUID(kept["area"]) if "area" in kept else None
        return row


def packed(rows: list[Read]) -> str:
    """Some rows as one text."""
    return orjson.dumps([row.pack() for row in rows], default=str).decode()


def unpacked(text: str) -> list[Read]:
    return [Read.unpack(kept) for kept in orjson.loads(text)] if text else []


def _restored(kept: Values) -> Values:
    """JSON knows neither days nor decimals."""
    return {
        name: date.fromisoformat(value) if name in _DATES and value
        else Decimal(value) if name == "square_metres" and value else value
        for name, value in kept.items()
    }  # fmt: skip


def read_row(kind: str, number: int, sheet: str, cells: Cells, places: Places, today: date) -> Read:
    """Everything that is wrong with it, not only the first thing."""
    row = Read(number, sheet)
    said = {name: value for name, value in cells.items() if value}
    for name, codes in CODED[kind].items():
        if name in said:
            said[name] = code_of(codes, said[name])
    _locate(row, said, places)
    if kind == ListKind.MERCHANTS:
        _read_merchant(row, said, today)
    else:
        _read_home(row, said, today)
    row.wrong = bool(row.faults)
    return row


def _locate(row: Read, said: Values, places: Places) -> None:
    building = said.get("building", "")
    if not building:
        message = _(
            "Nothing stands here. (Of merged cells only the first holds something: please split them.)"
        )
        row.faults.append(Invalid(message, code="missing", field="building"))
        return
    try:
        spot: Spot = places.spot(said.get("within", ""), building, said.get("unit", ""))
        row.area, row.path = spot.id, spot.path
    except Invalid as fault:
        row.faults.append(fault)


def _read_merchant(row: Read, said: Values, today: date) -> None:
    given = {name: said[name] for name in values.MERCHANT if name in said}
    _take(row, "merchant", values.merchant(given, today=today))
    row.door = said.get("number", "")[:20]


def _read_home(row: Read, said: Values, today: date) -> None:
    door = {name: said[name] for name in _DWELLING if name in said}
    if "floor" not in door and (found := _FLOOR.fullmatch(door.get("number", ""))):
        door["floor"] = found[1]
    if "number" not in door:
        row.faults.append(Invalid(_("This is needed."), code="missing", field="number"))
    _take(row, "dwelling", values.dwelling(door, today=today))
    row.door = row.dwelling.get("number", "")
    row.dwelling.setdefault("use", Use.UNKNOWN.value)
    household = {own: said[name] for name, own in _NAMES.items() if name in said}
    back = {own: name for name, own in _NAMES.items()}
    _take(row, "household", values.household(household, today=today), back)
    person = {name: said[name] for name in values.RESIDENT if name in said}
    stay = {name: said[name] for name in values.RESIDENCE if name in said}
    if person or {"relation"} & stay.keys():
        _take(row, "person", values.resident(person, today=today))
        _take(row, "stay", values.residence(stay, today=today))
        _check_stay(row)


def _take(row: Read, group: str, checked: Checked, names: Mapping[str, str] | None = None) -> None:
    marks = {name for name, value in checked.values.items() if isinstance(value, str) and is_marked(value)}
    setattr(row, group, {name: value for name, value in checked.values.items() if name not in marks})
    for fault in (*checked.faults, *map(_mark_in, marks)):
        fault.field = (names or {}).get(fault.field or "", fault.field)
        row.faults.append(fault)


def _mark_in(column: str) -> Invalid:
    """A list may come back that was taken out while something of it could not be read (`kernel.unreadable`)."""
    message = _("This could not be read when the list was taken out. Write what belongs here.")
    return Invalid(message, code="unreadable", field=column)


def _check_stay(row: Read) -> None:
    born, since = row.person.get("born_on"), row.stay.get("from_on")
    if born and since and since < born:
        message = _("Nobody lives anywhere before they are born.")
        row.faults.append(Invalid(message, code="bad_day", field="from_on"))


def is_head(row: Read) -> bool:
    return bool(row.stay.get("relation") == Relation.SELF)
