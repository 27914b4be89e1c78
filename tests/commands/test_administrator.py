"""A new town lets its first administrators in from the command line; they appoint all others at the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from mulin.journal.face import verify
from mulin.posts.face import Post, User
from tests.commands.town import Town

TOWN = "370402005"
pytestmark = [pytest.mark.tiny_town, pytest.mark.real_clock]


def test_the_first_one_signs_in_and_chooses_a_password(town: Town) -> None:
    done = town.mulin("administrator", "system_administrator", "first", "王芳", TOWN)
    assert done.code == 0, done
    password = done.out.rsplit(": ", 1)[1].strip()
    assert Post.objects.get(user__username="first").seat.role == "system_administrator"
    client = Client()
    answer = client.post("/desk/sign-in/", {"username": "first", "password": password})
    assert answer["Location"] == "/desk/password/"
    assert verify().whole


@pytest.mark.parametrize(
    "arguments",
    [
        ("system_administrator", "operator", "王芳", TOWN),  # the user name is taken
        ("auditor", "newcomer", "王芳", "999999999"),
        ("auditor", "newcomer", "", TOWN),
    ],
)
def test_what_cannot_be_changes_nothing(town: Town, arguments: tuple[str, ...]) -> None:
    before = User.objects.count()
    assert town.mulin("administrator", *arguments).refusal
    assert User.objects.count() == before
