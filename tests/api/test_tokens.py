"""A token opens what its owner may do now, and nothing from the moment at which that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from time_machine import Traveller

from mulin.doors.api.models import FirstAnswer
from mulin.doors.api.tokens import WRONG_TRIES
from mulin.matters.face import ReporterGiven
from mulin.posts.face import Post, User, deactivate, end_post, revoke_token
from tests.api.client import Program, said
from tests.matters.world import LATER, NOW, a_matter, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
CONTACT = ReporterGiven.with_contact("王女士", "15400001234")


def a_program_that_saw_a_contact() -> tuple[Program, str]:
    """The worker's, which asked for a contact with a key, and may ask for the same again."""
    program, path = Program("worker"), f"/matters/{a_matter(reporter=CONTACT).matter.number}/contact"
    for _ in range(2):
        assert said(program.post(path, {"purpose": "contact"}, key="k"))["phone"] == "15400001234"
    return program, path


def test_a_revoked_token_opens_nothing_not_even_what_it_was_told_before() -> None:
    program, path = a_program_that_saw_a_contact()
    assert program.token
    revoke_token(program.token, by=the("worker"), now=NOW)
    assert program.get("/me").status_code == 401
    again = program.post(path, {"purpose": "contact"}, key="k")
    assert again.status_code == 401
    assert b"15400001234" not in again.content


def test_an_expired_token_opens_nothing(clock: Traveller) -> None:
    program, path = a_program_that_saw_a_contact()
    clock.shift(timedelta(days=90))
    assert program.get("/me").status_code == 401
    assert program.post(path, {"purpose": "contact"}, key="k").status_code == 401


def test_the_token_of_a_closed_account_opens_nothing() -> None:
    program, path = a_program_that_saw_a_contact()
    deactivate(User.objects.get(username="worker"), by=the("sysadmin"), now=NOW)
    assert program.get("/me").status_code == 401
    assert program.post(path, {"purpose": "contact"}, key="k").status_code == 401


def test_a_post_that_ended_takes_its_rights_with_it_also_over_answers_of_before(clock: Traveller) -> None:
    program, path = a_program_that_saw_a_contact()
    number = path.split("/")[2]
    for post in Post.objects.filter(user__username="worker").with_all():
        end_post(post, at=None, by=the("sysadmin"), now=NOW)
    clock.shift(LATER)
    assert program.get("/me").status_code == 200  # still somebody, with nothing but what is their own
    assert program.get(f"/matters/{number}").status_code == 404
    again = program.post(path, {"purpose": "contact"}, key="k")
    assert again.status_code == 403
    assert b"15400001234" not in again.content


def test_a_first_password_must_be_changed_first() -> None:
    program = Program("worker")
    User.objects.filter(username="worker").update(must_change_password=True)
    assert said(program.get("/matters"))["code"] == "change_password"


def test_wrong_tokens_are_throttled_and_right_ones_are_not() -> None:
    wrong, right = Program(), Program("worker")
    wrong.headers["Authorization"] = "Bearer mulin_nonsense"
    for _ in range(WRONG_TRIES):
        assert wrong.post("/matters", {}, key="k").status_code == 401  # a key does not undo the counting
    late = wrong.get("/me")
    assert late.status_code == 429
    assert int(late["Retry-After"]) > 0
    assert right.get("/me").status_code == 200


def test_a_wrong_token_leaves_no_trace() -> None:
    wrong = Program()
    wrong.headers["Authorization"] = "Bearer mulin_nonsense"
    wrong.post("/matters", {}, key="k")
    assert not FirstAnswer.objects.exists()


@pytest.mark.parametrize(
    "said", ["", "mulin_x", "Basic eDp5", "Bearer", "Bearer ", "bearer\tmulin_x", "Bearer é"]
)
def test_what_is_no_token(said: str) -> None:
    program = Program()
    program.headers["Authorization"] = said
    answer = program.get("/me")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
