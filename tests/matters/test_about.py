"""A matter about staff or an organisation: above them, out of their sight, never their turn."""

from __future__ import annotations

import pytest

from mulin.matters.face import Filters, Matter, Show, choices, listed, offers
from mulin.places.face import Level
from mulin.posts.face import Organisation, Post
from tests.matters.world import NOW, a_matter, body_of, do, refused, seat_of, the, the_building, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def sees(username: str, matter: Matter) -> bool:
    return Matter.objects.visible_to(the(username)).filter(pk=matter.pk).exists()


def queue(username: str) -> list[Matter]:
    return listed(the(username), Filters(show=Show.MINE), limit=200).rows


def test_about_a_grid_it_starts_with_the_community_and_the_worker_does_not_see_it() -> None:
    matter = a_matter(about_area=the_grid()).matter
    assert (matter.held_level, matter.about_area) == (Level.VILLAGE, the_grid())
    assert matter.turn
    assert matter.turn.role == "grid_head"
    assert not sees("worker", matter)
    assert not sees("building", matter), "who sits within the grid sits in what is complained of"
    assert sees("head", matter)


def test_it_is_never_passed_down_to_whom_it_concerns_nor_given_to_them() -> None:
    matter = a_matter(about_area=the_grid()).matter
    assert "pass_down" not in {offer.code for offer in offers(matter, the("head"))}
    assert refused(matter, "pass_down", "head").code == "no_level_below"
    matter = do(matter, "file", "head")
    worker = seat_of("worker")
    assert all(choice.key.area != the_grid().pk for choice in choices(matter))
    own = type(worker)("grid_worker", area=the_grid().pk)
    assert refused(matter, "dispatch", "head", seat=own).code == "seat"
    assert do(matter, "dispatch", "head", seat=seat_of("committee")).state == "dispatched"


def test_about_a_body_it_starts_at_the_towns_centre_and_is_not_given_to_that_body() -> None:
    matter = a_matter(about_organisation=body_of("handler")).matter
    assert matter.held_level == Level.TOWN
    matter = do(matter, "file", "operator")
    assert seat_of("handler") not in {choice.key for choice in choices(matter)}
    assert refused(matter, "dispatch", "operator", seat=seat_of("handler")).code == "seat"
    assert not sees("handler", matter)
    assert do(matter, "dispatch", "operator", seat=seat_of("police")).state == "dispatched"


def test_about_the_towns_own_centre_or_the_town_it_starts_at_the_county() -> None:
    town = Organisation.objects.filter(kind="centre", home__path__startswith=the_grid().path[: Level.TOWN])[0]
    matter = a_matter(about_organisation=town).matter
    assert matter.held_level == Level.COUNTY
    assert matter.turn
    assert matter.turn.area
    assert matter.turn.area.level == Level.COUNTY
    matter = a_matter(about_area=town.home).matter
    assert matter.held_level == Level.COUNTY
    assert not sees("operator", matter)
    assert sees("county", matter)


def test_a_person_with_a_post_in_what_is_complained_of_does_not_get_the_turn_on_another_seat() -> None:
    matter = a_matter(about_area=the_building()).matter
    assert matter.held_level == Level.GRID
    assert matter.turn
    assert matter.turn.role == "grid_worker"
    on_the_seat = Post.objects.open_at(NOW).filter(seat=matter.turn)
    Post.objects.filter(pk__in=[post.pk for post in on_the_seat[1:]]).update(to_at=NOW)
    Post.objects.filter(pk=on_the_seat[0].pk).update(user=the("building").user)
    alone = a_matter(about_area=the_building()).matter
    assert alone.turn
    assert alone.turn.role == "grid_head", "the worker's seat is held only by whom it concerns"
    assert matter not in queue("building")
    assert refused(matter, "file", "building").status == 403


def test_a_matter_about_nobody_is_as_before() -> None:
    matter = a_matter().matter
    assert (matter.held_level, matter.about_area, matter.about_organisation) == (Level.GRID, None, None)
    assert matter in queue("worker")
