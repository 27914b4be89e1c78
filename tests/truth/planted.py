"""A home in the worker's building whose every personal value is marked: wherever a mark shows, it was leaked.

The values are such as nobody else's row has, so that one is found in whatever text it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mulin.kernel import crypto, search
from mulin.places.face import Area, Level
from mulin.registry.face import CareNeed, CareReader, Dwelling, Household, Merchant, Residence, Resident
from mulin.registry.models.dwelling import OWNER_PHONE
from mulin.registry.models.merchant import MERCHANT_PHONE
from mulin.registry.models.resident import DOCUMENT, PHONE
from mulin.registry.search import MERCHANTS, RESIDENTS
from tests.matters.world import NOW, the, the_building

# Well formed, and nobody's: 370498 was never a county, and no operator has 154.
NAMES = {
    "name": "漏斗甲",
    "former": "漏桶乙",
    "owner": "漏洞丙",
    "keeper": "漏勺丁",
    "safety": "漏风戊",
    "spouse": "漏雨己",
}
NUMBERS = {
    "document": "370498198001017777", "phone": "15477770001", "owner": "15477770002", "keeper": "15477770003",
    "safety": "15477770004", "permit": "370498J777700001", "spouse": "15477770005",
}  # fmt: skip
WORDS = {
    "purpose": "漏目的七七七", "note": "漏帮扶七七七", "address": "漏户籍路七七七号", "work": "漏单位七七七",
    "basis": "漏依据七七七",
}  # fmt: skip
HIDDEN = frozenset(NUMBERS.values())  # in full only in answer to a reveal, or in a file that was asked for
MARKS = frozenset({*NAMES.values(), *NUMBERS.values(), *WORDS.values()})


@dataclass(frozen=True)
class Home:
    """One household of two, their dwelling, a shop in the same building, a care need."""

    dwelling: Dwelling
    household: Household
    resident: Resident
    spouse: Resident
    residence: Residence
    shop: Merchant
    need: CareNeed

    @property
    def unit(self) -> Area:
        return self.dwelling.area


def a_marked_home() -> Home:
    """Stored row by row, whatever the acts would say: what is tested is who sees it."""
    unit = Area.objects.plain().under(the_building().path).at_level(Level.UNIT).order_by("path").first()
    area = unit or the_building()
    place = {
        "place": area.path,
        "entered_at": NOW,
        "confirmed_at": NOW - timedelta(days=200),
        "source": "door",
    }
    dwelling = Dwelling.objects.create(
        **place, area=area, floor=3, number="377", use="rented", owner_name=NAMES["owner"],
        owner_phone=NUMBERS["owner"], owner_phone_index=crypto.blind(NUMBERS["owner"], context=OWNER_PHONE),
    )  # fmt: skip
    household = Household.objects.create(**place, dwelling=dwelling, number="HU7777001", members=2)
    resident = _person(place, "name", "phone", document=NUMBERS["document"])
    spouse = _person(place, "spouse", "spouse")
    residence = _lives(resident, household, "0")
    _lives(spouse, household, "1")
    return Home(dwelling, household, resident, spouse, residence, _a_shop(place, area), _a_need(resident))


def _person(place: dict[str, object], name: str, phone: str, document: str = "") -> Resident:
    known = {
        "document_kind": "111",
        "document": document,
        "document_index": crypto.blind(document, context=DOCUMENT),
    }
    person = Resident.objects.create(
        **place, name=NAMES[name], former_name=NAMES["former"], sex="1", born_on=date(1980, 1, 1),
        phone=NUMBERS[phone], phone_index=crypto.blind(NUMBERS[phone], context=PHONE),
        registered_division="370402", registered_address=WORDS["address"], workplace=WORDS["work"],
        **(known if document else {}),
    )  # fmt: skip
    tokens = search.area_tokens(str(place["place"]))
    search.write(RESIDENTS, person.pk, NOW, f"{person.name} {person.former_name}", tokens)
    return person


def _lives(person: Resident, household: Household, relation: str) -> Residence:
    return Residence.objects.create(
        resident=person, dwelling=household.dwelling, household=household, place=household.place, kind="02",
        relation=relation, reason="11", permit=NUMBERS["permit"], from_on=date(2025, 1, 1),
    )  # fmt: skip


def _a_shop(place: dict[str, object], area: Area) -> Merchant:
    shop = Merchant.objects.create(
        **place, area=area, name="七七小店", operator_name=NAMES["keeper"], operator_phone=NUMBERS["keeper"],
        operator_phone_index=crypto.blind(NUMBERS["keeper"], context=MERCHANT_PHONE), safety_name=NAMES["safety"],
        safety_phone=NUMBERS["safety"],
    )  # fmt: skip
    search.write(MERCHANTS, shop.pk, NOW, shop.name, search.area_tokens(area.path))
    return shop


def _a_need(resident: Resident) -> CareNeed:
    head = the("head").user
    assert head
    need = CareNeed.objects.create(
        resident=resident, kind="lives_alone", purpose=WORDS["purpose"], note=WORDS["note"], basis="application",
        basis_text=WORDS["basis"], from_on=NOW.date() - timedelta(days=30), until_on=NOW.date() + timedelta(days=300),
        granted_by=head.pk, granted_at=NOW,
    )  # fmt: skip
    CareReader.objects.create(need=need, seat=the("worker").seats[0])
    return need
