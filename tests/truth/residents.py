"""Residents of the table: a paper that somebody issued, and a browser that is signed in by one."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from mulin.posts.face import ResidentCode, User, issue_paper_code
from tests.matters.world import NOW, the

SEEN = {"name": "王秀英", "document": "identity_card", "seen": "on", "language": "zh-hans"}


def a_paper_of(user: User) -> ResidentCode:
    """One that they issued, whether they may or not."""
    return ResidentCode.objects.create(
        way="paper", code="x", by=user, name="王秀英", document="other", created_at=NOW,
        expires_at=NOW + timedelta(days=7), language="en",
    )  # fmt: skip


def a_code() -> str:
    """What stands on a paper from the worker."""
    return issue_paper_code(name="王秀英", document="other", seen=True, by=the("worker"), now=NOW)[1]


def sign_in(browser: Client) -> None:
    browser.post("/mine/paper/", {"code": a_code()})
