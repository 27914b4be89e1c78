"""A grid's plan on paper: what is drawn, to scale, and what is told beside it."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from mulin.doors.desk.grid_plan import HEIGHT, WIDTH, Sheet, plan_data
from mulin.kernel.geo import distance_m, from_wkb
from mulin.places.face import Area, LandmarkGiven, add_landmark, buildings
from tests.desk.test_pages import at_desk
from tests.matters.world import NOW, the, the_building, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town, pytest.mark.only_on("sqlite")]


def told() -> dict[str, Any]:
    return plan_data(Area.objects.get(pk=the_grid().pk), the("operator"))


def test_it_numbers_the_buildings_and_letters_the_public_places() -> None:
    building = the_building()
    given = LandmarkGiven("卫生室", "clinic", building.lon or 0, building.lat or 0)
    add_landmark(given, by=the("operator").actor(), now=NOW)
    plan = told()
    assert [row[0] for row in plan["houses"]["rows"]] == [
        str(number + 1) for number in range(buildings(the_grid()).count())
    ]
    assert ["A  卫生室", "hospital or clinic"] in plan["legend"]["rows"]
    assert plan["drawing"].count("<circle") == 1
    assert any("Grid worker" in row[1] for row in plan["people"]["rows"])


def test_it_is_to_scale_and_fits_the_paper() -> None:
    border = from_wkb(Area.objects.get(pk=the_grid().pk).border or b"")
    sheet = Sheet.around(border)
    west, south, east, north = border.bounds
    corners = sheet.xy(numpy.array([[west, north], [east, north], [west, south]]))
    across = distance_m(west, north, east, north) * sheet.scale
    assert abs((corners[1][0] - corners[0][0]) / across - 1) < 0.01
    assert corners.min() >= 0
    assert corners[:, 0].max() <= WIDTH
    assert corners[:, 1].max() <= HEIGHT


def test_only_drawn_areas_have_one() -> None:
    assert at_desk("worker").get(f"/desk/places/{the_building().path}/plan.pdf").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_prints(language: str) -> None:
    answer = at_desk("worker", language).get(f"/desk/places/{the_grid().path}/plan.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
