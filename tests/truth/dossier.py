"""What is sent with the rows of table_dossier.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.posts.face import Duty, User, assign_duty
from tests.matters.world import NOW, the, the_workers_seat
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

SOON = (NOW.date() + timedelta(days=100)).isoformat()


def a_duty_for(things: Things) -> Duty:
    """The worker looks after the marked home by name."""
    household = things.home.household
    there = Duty.objects.filter(household=household.pk, to_at=None).first()
    return there or assign_duty(
        _worker(), household=household.pk, near=household.dwelling.area, by=the("operator"), now=NOW
    )


def _worker() -> User:
    user = the("worker").user
    assert user
    return user


def _person(_row: Row, _things: Things) -> dict[str, Any]:
    return {"person": str(_worker().pk)}


def _many(_row: Row, things: Things) -> dict[str, Any]:
    return {"person": str(_worker().pk), "household": [str(things.home.household.pk)]}


def _need(row: Row, things: Things) -> dict[str, Any]:
    given = {
        "kind": "disabled",
        "purpose": "轮椅",
        "basis": "consent",
        "basis_text": "签字",
        "until_on": SOON,
    }
    return (
        given
        | {"readers": [str(the_workers_seat().pk)]}
        | ({"resident": str(things.home.resident.pk)} if row.is_api else {})
    )


def _change(_row: Row, _things: Things) -> dict[str, Any]:
    return {"purpose": "轮椅", "until_on": SOON, "readers": [str(the_workers_seat().pk)]}


PERSON, MANY, NEED, CHANGE = Ask(sent=_person), Ask(sent=_many), Ask(sent=_need), Ask(sent=_change)
DOSSIERS: dict[str, Ask] = {
    "POST desk/households/<uuid:id>/duty/": PERSON,
    "POST desk/registry/households/duty/": MANY,
    "POST api/v1/dossiers/households/<id>/duties": PERSON,
    "POST desk/care/<uuid:id>/change/": CHANGE,
    "POST desk/street-residents/<uuid:id>/care/": NEED,
    "POST api/v1/care": NEED,
    "POST api/v1/care/<id>/change": CHANGE,
}
