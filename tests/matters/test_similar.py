"""Already known? Open matters of the same kind near by, for whoever may know of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import translation

from mulin.matters.face import Matter, MatterType, Whereabouts, report
from mulin.matters.queries.public import rounded
from mulin.matters.queries.similar import MOST, Similar, Spot, known_to, matter_of_key, similar
from mulin.places.face import Area, Level
from tests.matters.world import NOW, a_matter, body_of, nobody, the, the_building, the_grid
from tests.support.plans import plans_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
Cap = Callable[[int], AbstractContextManager[object]]
METRE = 1 / 111_320  # degrees of latitude


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever language the test before left on this thread."""
    with translation.override("en"):
        yield


def lamp() -> MatterType:
    return MatterType.objects.get(code="010301")


def pin(north: float = 0) -> tuple[float, float]:
    building = the_building()
    assert building.lon
    assert building.lat
    return building.lon, building.lat + north * METRE


def a_lamp(north: float = 0, kind: MatterType | None = None, **more: Any) -> Matter:
    """Reported at a pin so many metres north of the building."""
    lon, lat = pin(north)
    now = more.pop("now", NOW)
    where = Whereabouts(more.pop("place", the_building()), the_grid(), lon, lat)
    return report(
        kind or lamp(), text="路灯不亮", where=where, channel="portal", by=nobody(now), now=now, **more
    ).matter


def here(place: str = "") -> Spot:
    lon, lat = pin()
    return Spot(place or the_grid().path, lon, lat)


def found(spot: Spot | None = None, who: str = "", kind: MatterType | None = None) -> list[Similar]:
    asker = the(who) if who else nobody()
    return similar(kind or lamp(), spot or here(), who=asker, public=not who)


def test_a_neighbour_is_shown_what_is_known_nearest_first_and_no_words() -> None:
    far, near = a_lamp(40), a_lamp(15)
    told = found()
    assert [each.id for each in told] == [near.pk, far.pk]
    assert (told[0].type_label, told[0].state_label, told[0].voices) == ("Street lamp out", "We have it", 1)
    assert told[0].since == near.reported_at
    assert (told[0].number, told[0].title) == ("", "")


def test_staff_are_told_number_and_title_of_what_they_see() -> None:
    matter = a_lamp(15)
    told = found(who="worker")
    assert [(each.number, each.title) for each in told] == [(matter.number, "路灯不亮")]
    assert told[0].metres in range(13, 18)
    assert found(who="police") == [], "out of their sight"


def test_what_is_too_far_too_old_settled_or_of_another_kind_is_not_similar(settings: LazySettings) -> None:
    a_lamp(75)
    a_lamp(10, now=NOW - timedelta(hours=73))
    a_lamp(10, kind=MatterType.objects.get(code="020101"))
    settled = a_lamp(10)
    Matter.objects.filter(pk=settled.pk).update(state="withdrawn")
    assert found() == []
    settings.MULIN_SIMILAR_METRES, settings.MULIN_SIMILAR_HOURS = 100, 100
    assert len(found()) == 2


def test_another_entry_of_the_same_second_level_is_similar() -> None:
    sibling = (
        MatterType.objects.listed().filter(parent=lamp().parent_id, public=True).exclude(pk=lamp().pk)[0]
    )
    matter = a_lamp(10, kind=sibling)
    assert [each.id for each in found()] == [matter.pk]


@pytest.mark.parametrize("asker", ["", "operator"])
def test_nothing_secret_and_no_complaint_is_shown_to_anybody(asker: str) -> None:
    a_lamp(10, secret=True)
    a_lamp(10, about_area=the_grid())
    a_lamp(10, about_organisation=body_of("handler"))
    assert found(who=asker) == []


def test_a_kind_that_is_not_public_is_for_staff_only() -> None:
    hidden = MatterType.objects.listed().filter(public=False, family="base")[0]
    matter = a_lamp(10, kind=hidden)
    assert found(kind=hidden) == []
    assert [each.id for each in found(kind=hidden, who="operator")] == [matter.pk]


def test_without_a_pin_it_is_the_same_building_or_the_very_same_place() -> None:
    here_too = a_matter(kind=lamp()).matter
    whole_grid = a_lamp(place=the_grid())
    Matter.objects.filter(pk=whole_grid.pk).update(lon=None, lat=None, spot=None)
    unit = next(iter(Area.objects.under(the_building().path).at_level(Level.UNIT)), the_building())
    assert [each.id for each in found(Spot(place=unit.path))] == [here_too.pk]
    assert [each.metres for each in found(Spot(place=unit.path))] == [None]
    assert [each.id for each in found(Spot(place=the_grid().path))] == [whole_grid.pk]
    assert found(Spot(place=the_grid().path[: Level.VILLAGE])) == []
    assert found(Spot()) == []


def test_with_a_pin_what_has_none_is_found_in_the_same_building() -> None:
    here_too = a_matter(kind=lamp()).matter
    assert [each.id for each in found(here(place=the_building().path))] == [here_too.pk]


def test_strangers_cannot_measure_where_exactly_it_is() -> None:
    """Whatever they are told depends on the rounded spot alone."""
    matter = a_lamp(47)
    answers = {}
    for shift in range(-5, 6):
        lat = rounded(pin(47)[1]) + shift * METRE * 0.9
        if rounded(lat) == rounded(pin(47)[1]):
            lon = pin()[0]
            Matter.objects.filter(pk=matter.pk).update(lat=lat, spot=_morton(lon, lat))
            answers[shift] = [each.metres for each in found()]
    assert len(answers) > 3
    assert len({str(each) for each in answers.values()}) == 1


def _morton(lon: float, lat: float) -> int:
    from mulin.kernel.geo import morton

    return morton(lon, lat)


def test_at_most_a_handful_is_shown() -> None:
    for n in range(MOST + 3):
        a_lamp(n)
    assert [each.metres for each in found()] == sorted(each.metres or 0 for each in found())
    assert len(found()) == MOST


def test_a_key_opens_only_what_may_still_get_a_voice() -> None:
    matter = a_lamp(10)
    key = found()[0].key
    assert matter_of_key(key) == matter.pk
    assert matter_of_key("nonsense") is None
    assert matter_of_key(key[:-2] + "xx") is None
    assert known_to(nobody(), matter.pk, public=True) == matter
    Matter.objects.filter(pk=matter.pk).update(secret=True)
    assert known_to(nobody(), matter.pk, public=True) is None
    assert known_to(the("operator"), matter.pk, public=False) is None


@pytest.mark.parametrize("asker", ["", "operator"])
def test_it_costs_four_statements_whatever_there_is(django_assert_max_num_queries: Cap, asker: str) -> None:
    for n in range(5):
        a_lamp(n)
    who, spot = the(asker) if asker else nobody(), here(place=the_building().path)
    kind, _posts = lamp(), list(who.standings())  # what they hold is read once a request
    with django_assert_max_num_queries(4):
        assert similar(kind, spot, who=who, public=not asker)


@pytest.mark.parametrize("spot", ["pin", "building", "grid"])
def test_no_plan_reads_the_whole_table(spot: str) -> None:
    a_lamp(5)
    spots = {"pin": here(), "building": Spot(place=the_building().path), "grid": Spot(place=the_grid().path)}
    for asker in ("", "operator"):
        for plan in plans_of(partial(found, spots[spot], asker), of="matters_matter"):
            assert "SCAN matters_matter" not in plan, plan
            assert "Seq Scan on matters_matter" not in plan, plan
