"""Lists go on where the page before ended, whatever a door is called."""

from __future__ import annotations

import pytest

from mulin.kernel.refusals import Invalid
from mulin.registry.face import HomeFilters, listed_dwellings
from tests.matters.world import the
from tests.registry.world import a_dwelling, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town, pytest.mark.only_on("sqlite")]
ODD = ("1~2", "100%", "%7E", "~", "门%25~7", "~~~~~~~~~~~~~~~~~~~~")


def test_a_page_follows_on_every_door() -> None:
    unit, operator = a_unit(), the("operator")
    for number in ODD:
        a_dwelling(unit, number=number, floor=3)
    filters, seen, after = HomeFilters(area=unit.path), list[str](), ""
    while True:
        page = listed_dwellings(operator, filters, after=after, limit=1)
        seen += [row.number for row in page.rows]
        after = page.next
        if not after:
            break
    assert sorted(number for number in seen if number in ODD) == sorted(ODD)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "after", ["99~3~1", "99~3~1\0~0197f3a0-0000-7000-8000-000000000001", f"99~{'9' * 40}~1~x"]
)
def test_what_is_no_place_in_a_list_is_refused(after: str) -> None:
    with pytest.raises(Invalid):
        listed_dwellings(the("operator"), HomeFilters(), after=after)
