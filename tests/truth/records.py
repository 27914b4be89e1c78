"""What is sent with the rows of table_records.py: what somebody careful would send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from mulin.registry.face import Dwelling, Resident
from tests.registry.world import BORN, a_document, a_dwelling, a_resident, a_unit, residence_of
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

EMPTY, TAKEN_OVER = "901", "三七"


def an_empty_door() -> Dwelling:
    """At the entrance of the marked home."""
    return Dwelling.objects.filter(number=EMPTY).first() or a_dwelling(a_unit(), number=EMPTY)


def _asks(make: Callable[[Things], dict[str, Any]]) -> Ask:
    """Something to move to is there before."""
    return Ask(sent=lambda _row, things: make(things), before=_empty_there)


def _empty_there(_row: Row, _things: Things, _browser: Client) -> None:
    an_empty_door()


def _given(**given: Any) -> Ask:
    return Ask(sent=lambda _row, _things: given)


def _door(things: Things) -> dict[str, Any]:
    return {"building": things.home.unit.path, "number": EMPTY, "kind": "02", "joins": "alone"}


def _stay(things: Things) -> dict[str, Any]:
    return {"dwelling": an_empty_door().pk, "kind": "02"}


def _twin(_row: Row, things: Things, _browser: Client) -> None:
    """Another record of the marked resident."""
    here: dict[str, Any] = {
        "name": things.home.resident.name,
        "document": "",
        "born_on": things.home.resident.born_on,
    }
    a_resident(dwelling=an_empty_door(), sure=True, **here)


def _the_twin(things: Things) -> dict[str, Any]:
    """Whoever is asked first has made it; where nobody has, the marked one itself, which is refused."""
    other = (
        Resident.objects.filter(name=things.home.resident.name).exclude(pk=things.home.resident.pk).first()
    )
    return {"other": (other or things.home.resident).pk, "same": "on"}


def _known(_row: Row, _things: Things, _browser: Client) -> None:
    a_resident(dwelling=an_empty_door(), name=TAKEN_OVER, document=KNOWN, document_kind="111", born_on=BORN)


KNOWN = a_document()


def _card(things: Things) -> dict[str, Any]:
    card = {"document": KNOWN, "name": TAKEN_OVER}
    return card | {"kind": "02", "stay": {"dwelling": things.home.dwelling.pk, "kind": "02"}}


def _head(things: Things) -> dict[str, Any]:
    spouse = residence_of(things.home.spouse).pk
    return {"head": spouse, "residence": spouse}


def _shop(things: Things) -> dict[str, Any]:
    return {"name": "八八小店", "area": things.home.unit.path}


NEW_DOOR, CONFIRM = {"floor": 4, "number": "402"}, _given()
RECORDED: dict[str, Ask] = {
    "POST desk/registry/enter/": _asks(lambda things: {"what": "dwelling", "place": things.home.unit.path}),
    "POST desk/registry/enter/dwelling/<str:path>/": _given(**NEW_DOOR),
    "POST desk/registry/enter/merchant/<str:path>/": _given(name="八八小店"),
    "POST desk/dwellings/<uuid:id>/change/": _given(**NEW_DOOR),
    "POST desk/dwellings/<uuid:id>/household/": _given(kind="family"),
    "POST desk/dwellings/<uuid:id>/merchant/": _given(name="八八小店"),
    "POST desk/households/<uuid:id>/change/": _given(kind="collective"),
    "POST desk/households/<uuid:id>/householder/": _asks(_head),
    "POST desk/households/<uuid:id>/move/": _asks(_door),
    "POST desk/registry/register/<str:kind>/<uuid:id>/": _given(name="新人"),
    "POST desk/registry/take-over/<str:kind>/<uuid:id>/": Ask(sent=lambda _r, t: _card(t), before=_known),
    "POST desk/street-residents/<uuid:id>/change/": _given(
        name="改名", document_kind="111", born_on="1980-01-01", sex="1"
    ),
    "POST desk/street-residents/<uuid:id>/died/": _given(on="2026-01-01"),
    "POST desk/street-residents/<uuid:id>/merge/": Ask(sent=lambda _r, t: _the_twin(t), before=_twin),
    "POST desk/street-residents/<uuid:id>/move-in/": _asks(_door),
    "POST desk/residences/<uuid:id>/change/": _given(relation="0", kind="01"),
    "POST desk/residences/<uuid:id>/move/": _asks(_door),
    "POST desk/merchants/<uuid:id>/change/": _given(name="八八小店"),
    "POST api/v1/registry/dwellings": _asks(lambda things: NEW_DOOR | {"area": things.home.unit.path}),
    "POST api/v1/registry/dwellings/<id>/change": _given(use="empty"),
    "POST api/v1/registry/households": _asks(lambda things: {"dwelling": things.home.dwelling.pk}),
    "POST api/v1/registry/households/<id>/change": _given(kind="collective"),
    "POST api/v1/registry/households/<id>/householder": _asks(_head),
    "POST api/v1/registry/households/<id>/move": _asks(_stay),
    "POST api/v1/registry/merchants": _asks(_shop),
    "POST api/v1/registry/merchants/<id>/change": _given(name="八八小店"),
    "POST api/v1/registry/residents": _asks(
        lambda things: {"person": {"name": "新人"}, "stay": {"dwelling": things.home.dwelling.pk}}
    ),
    "POST api/v1/registry/residents/take-over": Ask(sent=lambda _r, t: _card(t), before=_known),
    "POST api/v1/registry/residents/<id>/change": _given(workplace="学校"),
    "POST api/v1/registry/residents/<id>/died": _given(on="2026-01-01"),
    "POST api/v1/registry/residents/<id>/merge": Ask(sent=lambda _r, t: _the_twin(t), before=_twin),
    "POST api/v1/registry/residents/<id>/move-in": _asks(_stay),
    "POST api/v1/registry/residences/<id>/change": _given(kind="01"),
    "POST api/v1/registry/residences/<id>/move": _asks(lambda things: {"stay": _stay(things)}),
}
