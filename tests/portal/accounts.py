"""Residents who sign in, the mail that they are sent, and the desk that hands them a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

import pytest
from django.test import Client

from mulin.posts.face import User
from tests.portal.resident import Resident

MAIL = "anna@example.org"
SEEN = {"name": "王秀英", "document": "identity_card", "seen": "on", "language": "zh-hans"}


@dataclass
class Post:
    """What the mail server would be given: (address, code, language), the newest last."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.sent[-1][1]

    @classmethod
    def caught(cls, monkeypatch: pytest.MonkeyPatch) -> Post:
        post = cls()

        def send(address: str, code: str, language: str, **_more: object) -> bool:
            post.sent.append((address, code, language))
            return True

        monkeypatch.setattr("mulin.channels.face.send_code", send)
        monkeypatch.setattr("mulin.channels.face.codes_can_be_sent", lambda: True)
        return post


def another(language: str = "en") -> Resident:
    """Another browser."""
    return Resident(Client(headers={"accept-language": language}))


def by_mail(resident: Resident, post: Post, email: str = MAIL, **more: str) -> Resident:
    """Signed in by the code that came."""
    resident.sends("/mine/sign-in/", email=email, **more)
    assert resident.at == "/mine/code/", resident.page
    resident.sends("/mine/code/", code=post.code)
    assert resident.at == "/mine/", resident.page
    return resident


def desk_of(username: str = "worker") -> Client:
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(User.objects.get(username=username))
    return desk


def paper_from(desk: Client, **more: str) -> tuple[str, str]:
    """The address of the paper's page at the desk, and the code that stands on it."""
    answer = desk.post("/desk/residents/", {**SEEN, **more})
    assert answer.status_code == 303, unescape(answer.content.decode())
    address = answer["Location"]
    found = re.search(r'id="code">([^<]+)<', desk.get(address).content.decode())
    assert found
    return address, found[1]


def by_paper(resident: Resident, code: str, **more: str) -> Resident:
    resident.sends("/mine/paper/", code=code, **more)
    return resident
