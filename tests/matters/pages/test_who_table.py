"""The table of who does what at the desk: read by staff, set by whoever may for that town."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from mulin.matters.models import WhoRow
from mulin.places.face import Level
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.world import NOW, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
TODAY = NOW.date().isoformat()


def town() -> str:
    return the_grid().path[: Level.TOWN]


def row(name: str = "who-row", circle: str = "micro", function: str = "files") -> str:
    return f"{reverse(name, args=[circle, function])}?town={town()}"


def test_staff_read_it_with_what_it_comes_to_in_a_grid() -> None:
    page = words_of(at_desk("worker").get(reverse("who-table"), {"grid": the_grid().path}))
    assert "Verifies and files" in page
    assert "Grid worker" in page
    assert the_grid().label in page
    assert "of a body that serves the place" in page
    assert "职责分工" in words_of(at_desk("worker", "zh-hans").get(reverse("who-table")))


def test_it_costs_few_statements(django_assert_max_num_queries: object) -> None:
    client = at_desk("worker")
    client.get(reverse("who-table"))
    with django_assert_max_num_queries(14):  # type: ignore[operator]  # pytest-django's fixture
        client.get(reverse("who-table"), {"grid": the_grid().path})


def test_the_director_sets_a_row_and_takes_it_back() -> None:
    client = at_desk("director")
    assert "Save" in client.get(row()).content.decode()
    done = client.post(row(), {"role1": "grid_head", "role2": "grid_worker", "from_day": TODAY})
    assert done.status_code == 303
    assert WhoRow.objects.get().roles == ["grid_head", "grid_worker"]
    assert "set by the town" in words_of(client.get(reverse("who-table")))
    later = (NOW + timedelta(days=9)).date().isoformat()
    assert client.post(row("who-back"), {"from_day": later}).status_code == 303
    assert WhoRow.objects.get().to_at


def test_an_empty_order_comes_back_with_words() -> None:
    page = at_desk("director").post(row(), {"role1": "", "from_day": TODAY})
    assert page.status_code == 422
    assert "somebody has to do it" in page.content.decode()
    yesterday = (NOW - timedelta(days=1)).date().isoformat()
    page = at_desk("director").post(row(), {"role1": "grid_head", "from_day": yesterday})
    assert page.status_code == 422
    page = at_desk("director").post(row(), {"role1": "building_head", "from_day": TODAY})
    assert page.status_code == 422
    assert not WhoRow.objects.exists()


def test_others_may_not_and_nonsense_is_not_there() -> None:
    assert at_desk("worker").get(row()).status_code == 403
    assert at_desk("director").get(row(circle="tiny")).status_code == 404
    assert (
        at_desk("director")
        .get(reverse("who-row", args=["micro", "files"]), {"town": "110101001"})
        .status_code
        == 404
    )
