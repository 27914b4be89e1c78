"""Where it sounds like danger, the numbers to call come before the form."""

from __future__ import annotations

import pytest

from mulin.matters.face import MatterType
from tests.portal.resident import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("There is a fire in the stairwell", ["119"]),
        ("三楼着火了，老人倒地不起", ["119", "120"]),
        ("路口出车祸了", ["122"]),
        ("楼下两个人打架呢", ["110"]),
    ],
)
def test_the_numbers_heard_come_first(resident: Resident, text: str, numbers: list[str]) -> None:
    page = resident.tells(text)
    assert resident.at == "/report/danger/"
    places = [page.index(f'call-now" href="tel:{number}"') for number in numbers]
    assert places == sorted(places)
    assert page.count("call-now") == len(numbers)
    assert all(f"tel:{number}" in page for number in ("110", "119", "120", "122"))


def test_it_is_no_emergency_and_one_is_asked_only_once(resident: Resident) -> None:
    resident.tells("There is a fire in the stairwell")
    resident.sends("/report/danger/")
    assert resident.at == "/report/kind/"
    assert "There is a fire" in resident.opens("/report/")
    resident.tells("There is a fire in the stairwell, put out already")
    assert resident.at == "/report/kind/"


def test_another_danger_is_another_question(resident: Resident) -> None:
    resident.tells("There is a fire in the stairwell")
    resident.sends("/report/danger/")
    resident.tells("There is a fire in the stairwell and my father fell and can't get up")
    assert resident.at == "/report/danger/"


def test_a_dangerous_kind_asks_too(resident: Resident) -> None:
    resident.tells("Something by the river")
    kind = MatterType.objects.get(code="050304")
    resident.chooses(kind)
    assert resident.at == "/report/danger/"
    assert f'call-now" href="tel:{kind.danger}"' in resident.page
    resident.sends("/report/danger/")
    assert resident.at == "/report/where/"


def test_ordinary_words_raise_no_alarm(resident: Resident) -> None:
    resident.tells("Boxes on the stairs could catch fire")
    assert resident.at == "/report/kind/"
