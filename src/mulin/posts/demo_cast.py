"""Whom the sign-in page of a demo offers at one click. The demo says who; a town's own installation never asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from mulin.posts.models import User


@dataclass(frozen=True)
class DemoPerson:
    """One of the cast: an account, what they are, and a sentence about what they do here."""

    username: str
    title: str
    about: str = ""


Provider = Callable[[], Sequence[DemoPerson]]
_providers: list[Provider] = []


def offer_demo_cast(provider: Provider) -> None:
    """Say who the cast is; called when the demo's application starts."""
    _providers[:] = [provider]


def demo_cast() -> list[DemoPerson]:
    """The cast, if this is a demo: in any other installation nobody is ever offered."""
    if not settings.MULIN_DEMO or not _providers:
        return []
    people = list(_providers[0]())
    known = User.objects.active().filter(username__in=[person.username for person in people])
    there = set(known.values_list("username", flat=True))
    return [person for person in people if person.username in there]


def demo_person(username: str) -> User | None:
    """The account of one of the cast; nobody else, and nobody at all where this is no demo."""
    if username not in {person.username for person in demo_cast()}:
        return None
    return User.objects.active().filter(username=username).first()
