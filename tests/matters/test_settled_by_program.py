"""A program settles on the spot for a resident, as the desk does."""

from __future__ import annotations

import pytest

from mulin.matters.face import Matter, opens
from tests.api.client import Program, said
from tests.matters.world import a_kind, the_building

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def test_the_resident_stays_its_reporter() -> None:
    body = {
        "type": a_kind().code, "text": "楼道灯不亮", "area": the_building().path, "channel": "patrol",
        "done": "换了灯泡", "reporter": {"name": "王秀英", "phone": "13812342211"},
    }  # fmt: skip
    made = said(Program("worker").post("/matters", body))
    matter = Matter.objects.get(number=made["number"])
    assert (matter.state, matter.reporters.get().kind) == ("handled", "contact")
    assert opens(matter, made["code"])
