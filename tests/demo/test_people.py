"""The people of the demo town: who holds what, invented and the same every time."""

import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from mulin.demo.people import PostSpec, Staff, make_people
from mulin.demo.town import GridKind, Size, Town, build_town
from mulin.posts.rules.bodies import BodyFunction, BodyKind
from mulin.posts.rules.roles import ROLES, exclusive_with

SOURCES = Path(__file__).parents[2] / "src"
SEED = 1


@cache
def town_of(size: Size) -> Town:
    return build_town(SEED, size=size)


@cache
def staff_of(size: Size) -> Staff:
    return make_people(town_of(size), SEED)


@pytest.fixture(params=list(Size), ids=str)
def size(request: pytest.FixtureRequest) -> Size:
    chosen: Size = request.param
    return chosen


@pytest.fixture
def town(size: Size) -> Town:
    return town_of(size)


@pytest.fixture
def staff(size: Size) -> Staff:
    return staff_of(size)


def held(staff: Staff, role: str, area: str | None = None) -> list[PostSpec]:
    """The posts held today of a role, at one area or anywhere."""
    return [post for post in staff.posts if post.is_open and post.role == role and area in (None, post.area)]


def areas_of(town: Town) -> list[str]:
    codes = ["37", "3704", "370402", town.code]
    codes += [village.code for village in town.villages] + [grid.code for grid in town.grids]
    return codes + [building.path for building in town.buildings] + [unit.path for unit in town.units]


def test_the_full_town_is_staffed_as_a_town_is() -> None:
    staff = staff_of(Size.FULL)
    held_now = Counter(post.role for post in staff.posts if post.is_open)
    at_town = Counter(post.role for post in staff.posts if post.is_open and post.area == "370402005")
    assert held_now["grid_head"] == 8
    assert 405 <= held_now["building_head"] <= 435
    assert 270 <= held_now["unit_head"] <= 330
    assert 32 <= held_now["committee_member"] <= 48
    assert (at_town["centre_operator"], at_town["checker"], at_town["centre_director"]) == (4, 2, 1)


def test_every_base_grid_has_a_worker_and_some_have_two() -> None:
    staff = staff_of(Size.FULL)
    counts = [len(held(staff, "grid_worker", grid.code)) for grid in town_of(Size.FULL).base_grids]
    assert min(counts) == 1
    assert max(counts) == 2
    assert 5 <= counts.count(2) <= 20


def test_every_overlay_grid_is_worked_by_a_worker_of_its_home_village(town: Town, staff: Staff) -> None:
    for grid in town.overlay_grids:
        (post,) = held(staff, "grid_worker", grid.code)
        own = [each.area for each in staff.posts_of(post.person) if each.area != grid.code]
        assert any(area and area.startswith(grid.village) for area in own)


def test_every_village_has_a_secretary_members_and_a_mediator(town: Town, staff: Staff) -> None:
    for village in town.villages:
        assert len(held(staff, "grid_head", village.code)) == 1
        assert 4 <= len(held(staff, "committee_member", village.code)) <= 6
        assert len(held(staff, "mediator", village.code)) == 1


def test_some_buildings_have_no_head() -> None:
    heads = {post.area for post in held(staff_of(Size.FULL), "building_head")}
    vacant = [building for building in town_of(Size.FULL).buildings if building.path not in heads]
    assert 15 <= len(vacant) <= 60


def test_every_post_sits_where_its_role_may(town: Town, staff: Staff) -> None:
    areas, bodies = areas_of(town), [body.key for body in staff.organisations]
    for post in staff.posts:
        role = ROLES[post.role]
        if role.at_organisation:
            assert post.area is None
            assert post.organisation in bodies
        else:
            assert post.organisation is None
            assert post.area in areas
            assert role.may_sit_at(len(post.area or ""))


def test_every_post_belongs_to_a_person_and_every_person_has_a_post(staff: Staff) -> None:
    usernames = [person.username for person in staff.people]
    assert Counter(usernames).most_common(1)[0][1] == 1
    assert {post.person for post in staff.posts} == set(usernames)


def test_nobody_holds_two_posts_that_exclude_each_other(staff: Staff) -> None:
    for person in staff.people:
        roles = [post.role for post in staff.posts_of(person.username)]
        assert not any(other in roles for role in roles for other in exclusive_with(ROLES[role]))


def test_posts_end_after_they_begin_and_some_are_past_or_yet_to_come(staff: Staff) -> None:
    assert all(post.to_days is None or post.to_days < post.from_days for post in staff.posts)
    assert any(post.to_days is not None and post.to_days > 0 for post in staff.posts)
    assert any(post.from_days < 0 for post in staff.posts)


def test_a_worker_who_left_has_a_successor_from_that_day() -> None:
    staff = staff_of(Size.FULL)
    left = [post for post in staff.posts if post.role == "grid_worker" and post.to_days is not None]
    assert left
    for post in left:
        since = [each.from_days for each in held(staff, "grid_worker", post.area)]
        assert post.to_days in since


def test_workers_answer_for_every_building_of_their_grid_once(town: Town, staff: Staff) -> None:
    workers = {post.person for post in held(staff, "grid_worker")}
    answered = Counter(duty.area for duty in staff.duties if duty.person in workers)
    assert answered == Counter(building.path for building in town.buildings)


def test_duties_are_for_areas_of_the_town_by_people_of_the_town(town: Town, staff: Staff) -> None:
    areas, usernames = set(areas_of(town)), {person.username for person in staff.people}
    assert {duty.area for duty in staff.duties} <= areas
    assert {duty.person for duty in staff.duties} <= usernames
    assert len({(duty.person, duty.area) for duty in staff.duties}) == len(staff.duties)


def test_organisations_cover_every_function_in_every_village(town: Town, staff: Staff) -> None:
    assert {body.kind for body in staff.organisations} == set(BodyKind)
    assert len({body.key for body in staff.organisations}) == len(staff.organisations)
    for village in town.villages:
        near = [body for body in staff.organisations if any(village.code.startswith(p) for p in body.serves)]
        assert {function for body in near for function in body.functions} == set(BodyFunction)


def test_a_property_company_serves_several_villages() -> None:
    companies = [body for body in staff_of(Size.FULL).organisations if "property" in body.functions]
    assert len(companies) == 4
    assert all(len(body.serves) > 1 for body in companies)


def test_every_body_with_work_to_do_has_people(staff: Staff) -> None:
    seated = Counter(post.organisation for post in staff.posts if post.organisation)
    for body in staff.organisations:
        if body.kind not in ("centre", "committee"):
            assert 1 <= seated[body.key] <= 3


def test_the_cast_is_complete_and_each_holds_a_post_today(staff: Staff) -> None:
    assert {
        "worker", "head", "operator", "director", "handler", "checker", "auditor", "sysadmin",
        "secadmin", "clerk", "building", "instructor", "committee", "police",
    } <= {member.username for member in staff.cast}  # fmt: skip
    for member in staff.cast:
        assert any(post.is_open for post in staff.posts_of(member.username))
        assert member.title_zh
        assert member.about_zh
        assert member.title_en.isascii()
        assert member.about_en.isascii()


def test_the_cast_meet_in_one_grid(town: Town, staff: Staff) -> None:
    grid = next(grid for grid in town.base_grids if grid.code == staff.posts_of("worker")[0].area)
    assert grid.kind is GridKind.BASIC
    assert (staff.posts_of("building")[0].area or "").startswith(grid.code)
    assert staff.posts_of("head")[0].area == staff.posts_of("committee")[0].area == grid.village


def test_names_and_numbers_are_invented_and_tell_people_apart(staff: Staff) -> None:
    for person in staff.people:
        assert re.fullmatch(r"[a-z]+\d*", person.username)
        assert re.fullmatch(r"154\d{8}", person.phone)
        assert re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", person.name_en)
        assert 2 <= len(person.name_zh) <= 3
    assert all(re.fullmatch(r"0632-0\d{6}", body.phone) for body in staff.organisations)
    for column in ("name_zh", "phone"):
        assert len({getattr(person, column) for person in staff.people}) == len(staff.people)


def test_a_seed_makes_the_same_people_again(town: Town) -> None:
    assert make_people(town, 5) == make_people(town, 5)
    assert make_people(town, 5).digest() != make_people(town, 6).digest()


def test_another_process_with_other_hashes_makes_the_same_people() -> None:
    program = (
        "from mulin.demo.town import build_town; from mulin.demo.people import make_people;"
        f"print(make_people(build_town({SEED}), {SEED}).digest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(SOURCES)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == staff_of(Size.FULL).digest()
