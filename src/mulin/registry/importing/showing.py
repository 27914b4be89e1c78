"""Who is known already, side by side: as the list says it and as the registry has it, both masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.masking import mask_identity, mask_name, mask_phone
from mulin.places.face import areas_at
from mulin.posts.face import Who
from mulin.registry.importing.checking import At
from mulin.registry.importing.reading import Read, unpacked
from mulin.registry.models import HomeImport, HomeImportFinding, Merchant, Residence, Resident
from mulin.registry.models.importing import ListKind

Pair = tuple[str, str, str]  # what, in the list, in the registry


@dataclass(frozen=True)
class Known:
    """One row, what is found of it, and the columns of both."""

    finding: HomeImportFinding
    pairs: list[Pair]


def known(source: HomeImport, findings: Sequence[HomeImportFinding], who: Who) -> list[Known]:
    """These findings with both sides; of a record that one may see no more, only the list's side."""
    rows = _rows(source, {(each.sheet, each.row) for each in findings})
    ids = [each.record for each in findings if each.record]
    sides = _merchants(ids, who) if source.kind == ListKind.MERCHANTS else _people(ids, who)
    return [
        Known(each, _pairs(rows.get((each.sheet, each.row)), sides.get(each.record))) for each in findings
    ]


def _rows(source: HomeImport, wanted: set[At]) -> dict[At, Read]:
    """The rows of these sheets and numbers, from the parts they lie in."""
    found: dict[At, Read] = {}
    for part in source.parts.filter(raw=False).order_by("number").iterator(chunk_size=1):
        for row in unpacked(part.content):
            if (row.sheet, row.number) in wanted:
                found[row.sheet, row.number] = row
        if len(found) == len(wanted):
            break
    return found


Side = dict[str, str]


def _people(ids: Sequence[Any], who: Who) -> dict[Any, Side]:
    people = {person.pk: person for person in Resident.objects.visible_to(who).filter(pk__in=ids)}
    living = Residence.objects.there().filter(resident__in=people, main=True).select_related("dwelling")
    doors = {each.resident_id: each.dwelling.number for each in living}
    areas = areas_at({person.place for person in people.values()})
    return {
        id: _person(
            person.name, person.born_on, person.document, person.phone,
            f"{areas[person.place].label if person.place in areas else ''} {doors.get(id, '')}",
        )
        for id, person in people.items()
    }  # fmt: skip


def _merchants(ids: Sequence[Any], who: Who) -> dict[Any, Side]:
    return {
        each.pk: _merchant(each.name, each.credit_code, each.address)
        for each in Merchant.objects.visible_to(who).filter(pk__in=ids)
    }


def _person(name: str, born: Any, document: str, phone: str, where: str) -> Side:
    return {
        _("Name"): mask_name(name), _("Date of birth"): str(born or ""), _("Document number"): mask_identity(document),
        _("Phone"): mask_phone(phone), _("Where"): where.strip(),
    }  # fmt: skip


def _merchant(name: str, code: str, address: str) -> Side:
    return {_("Name"): name, _("Credit code"): code, _("Address"): address}


def _pairs(row: Read | None, theirs: Side | None) -> list[Pair]:
    mine = _of(row) if row else {}
    return [(what, mine.get(what, ""), (theirs or {}).get(what, "")) for what in (theirs or mine)]


def _of(row: Read) -> Side:
    if row.merchant:
        said = row.merchant
        return _merchant(said.get("name", ""), said.get("credit_code", ""), said.get("address", ""))
    said = row.person
    areas = areas_at({row.path})
    where = f"{areas[row.path].label if row.path in areas else ''} {row.door}"
    born = said.get("born_on")
    return _person(said.get("name", ""), born, said.get("document", ""), said.get("phone", ""), where)
