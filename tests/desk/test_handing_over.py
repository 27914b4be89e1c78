"""Handing a seat over at the desk and by programs; vacancies, and how the queue marks them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mulin.matters.face import Matter
from mulin.places.face import Area, Level
from mulin.posts.face import Post, Seat, User, appoint, enter_leave
from tests.api.client import Program, said
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.world import NOW, a_matter, the, the_grid, the_workers_seat

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def post() -> Post:
    """The worker's, who sits there alone."""
    seat = the_workers_seat()
    Post.objects.filter(seat=seat).exclude(user=the("worker").user).update(to_at=NOW)
    return Post.objects.get(seat=seat, user=the("worker").user)


@pytest.fixture
def other() -> Seat:
    near = Area.objects.plain().under(the_grid().path[: Level.VILLAGE]).at_level(Level.GRID)
    grid = near.of_family("base").exclude(pk=the_grid().pk).order_by("path")[0]
    user = User.objects.create(
        username="a.colleague", name="同事", name_en="Colleague", home=grid, created_at=NOW
    )
    return appoint(user, role="grid_worker", area=grid, by=the("sysadmin"), now=NOW).seat


def test_a_post_ends_with_what_waits_moved_or_left(post: Post, other: Seat) -> None:
    moved, left = a_matter().matter, a_matter(text="井盖坏了").matter
    url, browser = reverse("post-hand-over", args=[post.pk]), at_desk("sysadmin")
    page = words_of(browser.get(url))
    assert moved.number in page
    assert moved.title not in page  # who fills seats reads no matters
    assert moved.title in words_of(at_desk("head").get(reverse("seat-hand-over", args=[post.seat_id])))
    sent = {"move": "1", "matters": [moved.number], "to": str(other.pk)}
    assert browser.post(url, sent).status_code == 303
    assert Matter.objects.get(pk=moved.pk).turn == other
    assert moved.number not in words_of(browser.get(url))
    assert browser.post(url, {"end": "1", "last_day": ""}).status_code == 303
    post.refresh_from_db()
    assert post.to_at == NOW
    assert left.number in words_of(at_desk("head").get(reverse("queue")))


def test_a_last_day_that_is_no_day_or_over_is_said(post: Post) -> None:
    browser, url = at_desk("sysadmin"), reverse("post-hand-over", args=[post.pk])
    for day in ("2026-03-01", "soon", "9999-12-31"):
        answer = browser.post(url, {"end": "1", "last_day": day})
        assert answer.status_code == 422
        assert day in words_of(answer)
    post.refresh_from_db()
    assert post.to_at is None


def test_nothing_chosen_or_nobody_there_is_said(post: Post) -> None:
    a_matter()
    url, browser = reverse("seat-hand-over", args=[post.seat_id]), at_desk("head")
    assert browser.post(url, {"move": "1", "to": str(the("head").seats[0].pk)}).status_code == 422
    assert browser.post(url, {"move": "1", "to": "x", "matters": ["x"]}).status_code == 422


def test_vacancies_say_why_and_who_has_the_turns(
    post: Post, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_matter()
    url, browser = reverse("vacancies"), at_desk("head")
    seat = reverse("seat-hand-over", args=[post.seat_id])
    assert seat not in words_of(browser.get(url))
    until = NOW + timedelta(days=3)
    enter_leave(post.user, from_at=NOW, to_at=until, deputies={}, by=the("worker"), now=NOW)
    with django_assert_max_num_queries(14):
        page = words_of(browser.get(url))
    assert seat in page
    assert "Away" in page
    assert "You" in page
    assert "away until" in words_of(at_desk("operator").get(reverse("queue") + "?show=open"))


def test_the_queue_says_who_stands_in(post: Post, other: Seat) -> None:
    a_matter()
    colleague = User.objects.get(username="a.colleague")
    enter_leave(
        post.user, from_at=NOW, to_at=NOW + timedelta(days=3), deputies={post.pk: colleague.pk},
        by=the("worker"), now=NOW,
    )  # fmt: skip
    assert "Colleague (stands in)" in words_of(at_desk("operator").get(reverse("queue") + "?show=open"))
    assert other


def test_programs_list_and_move_what_waits(post: Post, other: Seat) -> None:
    matter, program = a_matter().matter, Program("sysadmin")
    told = said(program.get(f"/seats/{post.seat_id}/waiting"))
    line = next(each for each in told["items"] if each["number"] == matter.number)
    assert line["title"] is None
    assert str(other.pk) in {each["id"] for each in told["to"]}
    done = program.post(
        f"/seats/{post.seat_id}/move", {"to": str(other.pk), "matters": [matter.number, "nonsense"]}
    )
    assert said(done)["moved"] == [matter.number]
    assert [each["number"] for each in said(done)["stayed"]] == ["nonsense"]
    wrong = program.post(f"/seats/{post.seat_id}/move", {"to": str(post.seat_id)})
    assert (wrong.status_code, said(wrong)["code"]) == (422, "seat")


def test_programs_enter_and_end_leave(post: Post, other: Seat) -> None:
    program, colleague = Program("worker"), User.objects.get(username="a.colleague")
    given = {
        "to_at": (NOW + timedelta(days=3)).isoformat(),
        "deputies": [{"post": str(post.pk), "person": str(colleague.pk)}],
    }
    made = program.post("/leaves", given)
    assert made.status_code == 201
    assert [each["person"] for each in said(made)["stand_ins"]] == [str(colleague.pk)]
    assert program.post("/leaves", given).status_code == 422  # away already
    id = said(made)["id"]
    assert id in {each["id"] for each in said(program.get("/leaves"))}
    early = {"from_at": NOW.isoformat(), "to_at": (NOW - timedelta(days=1)).isoformat()}
    assert program.post("/leaves", early).status_code == 422
    assert said(program.get("/leaves", **early))["code"] == "ends_first"
    nobody = program.post(f"/leaves/{id}/deputy", {"post": str(post.pk)})
    assert nobody.status_code == 200
    assert said(program.post(f"/leaves/{id}/end"))["to_at"]
    assert program.post(f"/leaves/{id}/end").status_code == 409
    assert other
