"""Public places: put on the map, changed, taken off it; their codes follow the ground."""

from __future__ import annotations

import orjson
import pytest

from mulin.journal.face import Subject, timeline
from mulin.kernel.refusals import Conflict, Invalid
from mulin.places.face import (
    Area,
    Landmark,
    LandmarkGiven,
    add_landmark,
    change_landmark,
    close_landmark,
    landmark_layer,
    map_version,
)
from tests.places.ground import BY, LATER, SOUTH, WEST, grid

CLINIC = LandmarkGiven("卫生室", "clinic", WEST + 0.001, SOUTH + 0.001, name_en="Clinic", note="8:00–17:00")


def names() -> set[str]:
    return {each["properties"]["name"] for each in orjson.loads(landmark_layer().body)["features"]}


def test_a_public_place_stands_in_its_grid_and_on_the_map(tree: dict[str, Area]) -> None:
    before = map_version()
    landmark = add_landmark(CLINIC, by=BY, now=LATER)
    assert landmark.place == grid(1)
    assert names() == {"Clinic"}
    assert map_version() != before, "every map in memory knows that it is old"
    assert [line.code for line in timeline(Subject("landmark", landmark.pk))] == ["landmark.added"]


def test_it_moves_with_a_change_and_the_same_again_changes_nothing(tree: dict[str, Area]) -> None:
    landmark = add_landmark(CLINIC, by=BY, now=LATER)
    moved = LandmarkGiven("卫生室", "clinic", WEST + 0.011, SOUTH + 0.001)
    assert change_landmark(landmark, moved, by=BY, now=LATER).place == grid(2)
    change_landmark(landmark, moved, by=BY, now=LATER)
    assert len(timeline(Subject("landmark", landmark.pk))) == 2


def test_what_is_taken_off_the_map_is_not_changed_any_more(tree: dict[str, Area]) -> None:
    landmark = add_landmark(CLINIC, by=BY, now=LATER)
    close_landmark(landmark, by=BY, now=LATER)
    assert names() == set()
    with pytest.raises(Conflict):
        change_landmark(landmark, CLINIC, by=BY, now=LATER)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (LandmarkGiven("", "clinic", WEST, SOUTH), "name"),
        (LandmarkGiven("卫生室", "palace", WEST + 0.001, SOUTH + 0.001), "kind"),
        (LandmarkGiven("卫生室", "clinic", 0.0, 0.0), "lon"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(tree: dict[str, Area], wrong: LandmarkGiven, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_landmark(wrong, by=BY, now=LATER)
    assert refused.value.field == field
    assert not Landmark.objects.exists()
