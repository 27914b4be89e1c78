"""Pages about what was closed: whom to ask, how it went, the second look, the figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from mulin.journal.face import DisclosureOf
from mulin.matters.face import Matter
from mulin.matters.models import Recheck
from tests.matters.pages.desk import CONTACT, at_desk, open_page, send
from tests.matters.world import NOW, a_matter, do

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def everything_is_checked(settings: object) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings


def handled() -> Matter:
    return do(do(a_matter(reporter=CONTACT).matter, "file", "worker"), "hand_in", "worker")


@pytest.fixture
def matter() -> Matter:
    """Closed, and nobody has asked how it went since."""
    closed = do(handled(), "confirm", "head")
    Matter.objects.filter(pk=closed.pk).update(follow_up_at=NOW - timedelta(days=1))
    return closed


@pytest.fixture
def drawn(settings: object) -> Recheck:
    settings.MULIN_RECHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings
    return Recheck.objects.get(matter=do(handled(), "confirm", "head"))


def test_not_ours_asks_whose_it_is() -> None:
    page = send(at_desk("head"), handled(), "confirm", outcome="not_ours")
    assert page.status_code == 422
    assert "Whose is it?" in page.content.decode()


def test_it_says_that_it_came_again(matter: Matter) -> None:
    a_matter()
    page = at_desk("head").get(reverse("queue"), {"show": "open"}).content.decode()
    assert "Again: second time" in page
    again = Matter.objects.get(follows=matter)
    page = open_page("head", again).content.decode()
    assert page.count("Again: second time") >= 2
    assert matter.number in page
    assert "再次出现：第二次" in open_page("head", again, "zh-hans").content.decode()


def test_the_queue_of_whom_to_ask_leads_to_the_form(matter: Matter) -> None:
    client = at_desk("operator")
    page = client.get(reverse("queue"), {"show": "follow_up"}).content.decode()
    assert reverse("matter-follow-up", args=[matter.number]) in page
    assert "show=follow_up" in client.get(reverse("queue")).content.decode()
    assert "show=follow_up" not in at_desk("building").get(reverse("queue")).content.decode()


def test_asking_how_it_went(matter: Matter) -> None:
    client, address = at_desk("operator"), reverse("matter-follow-up", args=[matter.number])
    page = client.get(address).content.decode()
    assert "13812342211" not in page
    assert "王秀英" not in page
    shown = client.post(reverse("matter-follow-up-contact", args=[matter.number]), {"purpose": "contact"})
    assert "13812342211" in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    assert DisclosureOf.objects.count() == 1
    answered = client.post(
        address, {"version": matter.version, "solved": "no", "rating": "1", "note": "还在滴水"}
    )
    assert (answered.status_code, answered["Location"]) == (303, reverse("queue") + "?show=follow_up")
    matter.refresh_from_db()
    assert (matter.state, matter.solved, matter.rating, matter.follow_up_at) == ("assessed", False, 1, None)
    assert matter.number in at_desk("head").get(reverse("queue")).content.decode()
    assert "Have it done again" in open_page("head", matter).content.decode()


def test_an_answer_without_words_comes_back(matter: Matter) -> None:
    page = at_desk("operator").post(
        reverse("matter-follow-up", args=[matter.number]), {"version": matter.version}
    )
    assert page.status_code == 422


def test_nobody_answered(matter: Matter) -> None:
    client = at_desk("operator")
    done = client.post(reverse("matter-not-reached", args=[matter.number]), {"note": ""})
    assert done.status_code == 303
    matter.refresh_from_db()
    assert (matter.follow_tries, matter.state) == (1, "closed")
    refused = at_desk("worker").post(reverse("matter-not-reached", args=[matter.number]), {"note": ""})
    assert refused.status_code == 403


def test_nothing_happens_on_get(matter: Matter) -> None:
    for name in ("matter-follow-up-contact", "matter-not-reached"):
        assert at_desk("operator").get(reverse(name, args=[matter.number])).status_code == 303


def test_a_second_look_shows_what_and_where_but_not_who(drawn: Recheck) -> None:
    client = at_desk("checker")
    assert reverse("recheck", args=[drawn.pk]) in client.get(reverse("rechecks")).content.decode()
    led = open_page("checker", drawn.matter)
    assert (led.status_code, led["Location"]) == (302, reverse("recheck", args=[drawn.pk]))
    page = client.get(reverse("recheck", args=[drawn.pk])).content.decode()
    assert drawn.matter.text in page
    for name in ("worker", "head"):
        from tests.matters.world import the

        user = the(name).user
        assert user
        assert user.name not in page.split("<main")[1]
    done = client.post(reverse("recheck", args=[drawn.pk]), {"answer": "not_solved", "note": "还是不亮"})
    assert done.status_code == 303
    assert open_page("checker", drawn.matter).status_code == 200
    assert "A second look found that it is not solved" in open_page("head", drawn.matter).content.decode()


def test_a_second_look_of_somebody_else_is_not_there(drawn: Recheck) -> None:
    assert at_desk("committee").get(reverse("recheck", args=[drawn.pk])).status_code == 404
    page = at_desk("checker").post(reverse("recheck", args=[drawn.pk]), {"answer": "cannot_tell", "note": ""})
    assert page.status_code == 422


def test_the_figures_say_nothing_of_too_few(drawn: Recheck) -> None:
    at_desk("checker").post(reverse("recheck", args=[drawn.pk]), {"answer": "solved"})
    page = at_desk("operator").get(reverse("figures")).content.decode()
    assert "too few to say" in page
    assert "1 of 1 looked at again" in page
    assert at_desk("operator").get(reverse("figures"), {"area": "110101001"}).status_code == 404
    assert at_desk("handler").get(reverse("figures")).status_code == 200


def test_few_statements(matter: Matter, django_assert_max_num_queries: object) -> None:
    client = at_desk("operator")
    client.get(reverse("figures"))
    for address in (
        reverse("queue") + "?show=follow_up",
        reverse("matter-follow-up", args=[matter.number]),
        reverse("rechecks"),
        reverse("figures"),
    ):
        with django_assert_max_num_queries(30):  # type: ignore[operator]  # pytest-django's fixture
            assert client.get(address).status_code == 200
