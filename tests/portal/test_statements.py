"""How much each page asks of the database: a fixed handful, however large the town."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.portal.people import settled
from tests.portal.resident import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
Cap = Callable[[int], AbstractContextManager[object]]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 2),
        ("/report/", 2),
        ("/follow/", 2),
        ("/map/", 4),
        ("/map/matters.geojson", 2),
        ("/map/areas.geojson", 3),
        ("/map/buildings.geojson", 3),
        ("/robots.txt", 0),
    ],
)
def test_pages_for_everybody(
    resident: Resident, django_assert_max_num_queries: Cap, path: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        resident.opens(path)


@pytest.mark.parametrize(("path", "most"), [("kind", 6), ("where", 10), ("send", 14), ("danger", 4)])
def test_steps_of_a_report(
    resident: Resident, django_assert_max_num_queries: Cap, path: str, most: int
) -> None:
    resident.ready()
    with django_assert_max_num_queries(most):
        resident.opens(f"/report/{path}/")


def test_sending(resident: Resident, django_assert_max_num_queries: Cap) -> None:
    resident.ready()
    draft = resident.draft
    with django_assert_max_num_queries(60):
        resident.client.post("/report/send/", {"draft": draft, "how": "phone", "phone": "13800138000"})


def test_the_receipt_and_the_story(resident: Resident, django_assert_max_num_queries: Cap) -> None:
    matter = resident.reports()
    with django_assert_max_num_queries(5):
        resident.opens(f"/report/receipt/{matter.number}/")
    settled(matter)
    with django_assert_max_num_queries(20):
        resident.opens(f"/follow/{matter.number}/")
