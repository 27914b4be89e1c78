"""What is sent with the rows of table_privacy.py, and a glass that somebody of the next grid has broken."""

from __future__ import annotations

from typing import Any

from django.test import Client

from mulin.posts.face import User, Who
from mulin.registry.actions.breaking import break_glass_on
from mulin.registry.models import BreakGlass
from tests.matters.world import NOW
from tests.truth.asking import Ask, Row
from tests.truth.planted import NUMBERS
from tests.truth.things import Things

REASON = "邻居说屋里有烟味，无人应门"


def a_broken_glass() -> BreakGlass:
    """At the marked home, by the worker of the next grid."""
    stranger = Who.of(User.objects.get(username="a.stranger"), NOW)
    return break_glass_on(NUMBERS["document"], reason=REASON, by=stranger, now=NOW)


def _broken(_row: Row, _things: Things, _browser: Client) -> None:
    a_broken_glass()


def _number(_row: Row, _things: Things) -> dict[str, Any]:
    return {"number": NUMBERS["document"], "purpose": "duty"}


def _door(_row: Row, things: Things) -> dict[str, Any]:
    return {"reason": REASON, "building": things.home.unit.path, "door": things.home.dwelling.number}


CONTACT = Ask(sent=lambda _row, _things: {"purpose": "contact"})
FIND, BREAK = Ask(sent=_number), Ask(sent=_door)
JUDGE = Ask(sent=lambda _row, _things: {"judged": "right"})
PRIVACIES: dict[str, Ask] = {
    "POST desk/registry/reveal/<str:record>/<uuid:id>/<str:column>/": CONTACT,
    "POST api/v1/registry/reveal/<record>/<id>/<column>": CONTACT,
    "POST desk/registry/find/": FIND,
    "POST api/v1/registry/find": FIND,
    "POST desk/registry/glass/": BREAK,
    "POST api/v1/registry/glass": BREAK,
    "GET desk/registry/glass/review/ [broken]": Ask(before=_broken),
    "POST desk/registry/glass/review/<uuid:id>/": JUDGE,
    "POST api/v1/registry/glass/<id>/judge": JUDGE,
}
