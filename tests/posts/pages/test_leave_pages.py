"""The pages of leave do what they say; what is wrong is said at its field, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.posts.face import Leave, Post, Who
from tests.posts import cast
from tests.posts.cast import GRID, OTHER_GRID
from tests.posts.pages.browsers import browser_of
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
DAY = NOW.date()


@pytest.fixture
def worker() -> Who:
    return cast.as_grid_worker()


@pytest.fixture
def colleague() -> Who:
    return cast.as_grid_worker(OTHER_GRID)


def post_of(who: Who) -> Post:
    return Post.objects.get(user=cast.person_of(who), deputy_for=None)


def entered(browser: Client, who: Who, deputy: Who | None, path: str = "leave/add/", **more: str) -> str:
    """The form filled in and sent; where one is led to, or the page with what was wrong."""
    name = f"deputy_{post_of(who).pk.hex}"
    given = {"from_day": "", "last_day": str(DAY + timedelta(days=4))}
    given |= {name: str(cast.person_of(deputy).pk) if deputy else ""} | more
    answer = browser.post(f"/desk/{path}", given)
    return answer["Location"] if answer.status_code == 303 else answer.content.decode()


def test_one_enters_ones_own_leave_and_the_deputy_is_told_by_the_list(worker: Who, colleague: Who) -> None:
    browser = browser_of(worker)
    page = browser.get("/desk/leave/add/").content.decode()
    assert cast.person_of(colleague).label in page or cast.person_of(colleague).name in page
    url = entered(browser, worker, colleague)
    assert url.startswith("/desk/leave/")
    assert (
        cast.person_of(colleague).name
        in browser.get(url, headers={"accept-language": "zh-hans"}).content.decode()
    )
    for who in (worker, colleague):
        assert url in browser_of(who).get("/desk/leave/").content.decode()
    deputy = Post.objects.get(deputy_for=post_of(worker))
    assert (deputy.user, deputy.to_at) == (cast.person_of(colleague), Leave.objects.get().to_at)


def test_bad_days_are_said_at_their_field(worker: Who) -> None:
    browser = browser_of(worker)
    for days, field in (
        ({"from_day": "2026-03-25", "last_day": "2026-03-20"}, "last_day"),
        ({"from_day": "2026-03-01"}, "from_day"),
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2028-01-01"}, "last_day"),
        ({"last_day": "30th"}, "last_day"),
        ({"last_day": "9999-12-31"}, "last_day"),
    ):
        page = entered(browser, worker, None, **days)
        assert f'href="#id_{field}"' in page or "error" in page, (days, page[:200])
        if days.get("from_day"):
            assert f'value="{days["from_day"]}"' in page
    assert not Leave.objects.exists()


def test_a_deputy_is_offered_no_deputy(worker: Who, colleague: Who) -> None:
    entered(browser_of(worker), worker, colleague)
    page = browser_of(colleague).get("/desk/leave/add/", headers={"accept-language": "en"}).content.decode()
    stands_in = Post.objects.get(deputy_for=post_of(worker))
    assert f"deputy_{post_of(colleague).pk.hex}" in page
    assert f"deputy_{stands_in.pk.hex}" not in page
    assert "A deputy has no deputy" in page


def test_somebody_else_stands_in_and_back_early(worker: Who, colleague: Who) -> None:
    head, browser = cast.as_grid_head(), browser_of(worker)
    url = entered(browser, worker, colleague)
    third = cast.as_grid_worker("990402005001003")
    name = f"deputy_{post_of(worker).pk.hex}"
    assert browser_of(head).post(url, {name: str(cast.person_of(third).pk)}).status_code == 303
    assert [post.user for post in Post.objects.exclude(deputy_for=None).filter(to_at__gt=NOW)] == [
        cast.person_of(third)
    ]
    assert browser_of(colleague).post(url + "end/").status_code == 403  # once the deputy, still shown
    assert browser_of(head).post(url + "end/").status_code == 303
    assert Leave.objects.get().to_at == NOW
    assert browser_of(head).post(url + "end/").status_code == 409


def test_the_head_enters_it_for_somebody_who_is_ill(worker: Who, colleague: Who) -> None:
    browser = browser_of(cast.as_grid_head())
    person = cast.person_of(worker)
    assert f"/desk/people/{person.pk}/leave/" in browser.get(f"/desk/people/{person.pk}/").content.decode()
    url = entered(browser, worker, colleague, f"people/{person.pk}/leave/")
    assert url.startswith("/desk/leave/")
    assert url in browser.get(f"/desk/people/{person.pk}/").content.decode()


def test_the_month_says_how_many_are_away(worker: Who, colleague: Who) -> None:
    entered(browser_of(worker), worker, colleague)
    browser = browser_of(cast.as_grid_head())
    browser.cookies["language"] = "en"
    page = browser.get("/desk/leave/").content.decode()
    assert len(re.findall(r"1 away", page)) == 5
    for month, count in (("2026-04", 0), ("2026-03", 5), ("nonsense", 5), ("9999-12", 5)):
        page = browser.get(f"/desk/leave/?month={month}").content.decode()
        assert len(re.findall(r"1 away", page)) == count, month


def test_the_list_costs_few_statements_however_many_are_away(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        who = cast.as_grid_worker(f"99040200500100{number % 8 + 1}")
        Leave.objects.create(
            user=cast.person_of(who), from_at=NOW, to_at=NOW + timedelta(days=3), created_at=NOW
        )
    browser = browser_of(cast.as_grid_head())
    browser.get("/desk/people/")
    with django_assert_max_num_queries(7):
        assert browser.get("/desk/leave/").content.decode().count("data-row") == 12
    assert date(2026, 3, 18) == DAY
    assert GRID
