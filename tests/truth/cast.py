"""The people of the table: a browser and a program for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from mulin.places.face import Area, Level
from mulin.posts.context import SEEN
from mulin.posts.face import Token, User, Who, appoint, make_token
from mulin.posts.rules.signing import BEGAN
from tests.matters.world import NOW, body_of, the, the_grid

NAMED = {
    "worker": "worker",
    "head": "head",
    "operator": "operator",
    "handler": "handler",
    "other": "police",
    "auditor": "auditor",
    "sysadmin": "sysadmin",
    "secadmin": "secadmin",
}
PASSWORD_NOW = "what-opened-it-until-now-3"
COLUMNS = ("anonymous", "resident", "stranger", *NAMED)


@dataclass
class Actor:
    """One of the columns: at a browser, and as a program; `token` is another one of theirs."""

    name: str
    browser: Client
    user: User | None = None
    token: Token | None = None
    bearer: str = ""
    program: Client = field(default_factory=Client)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}


class OfTheirOwn(Exception):
    """What is made depends on who asks."""


class Nobody(Actor):
    """Stands where it ought not to matter who asks."""

    def __init__(self) -> None:
        pass

    def __getattribute__(self, name: str) -> Any:
        raise OfTheirOwn(name)


def everybody() -> dict[str, Actor]:
    """One of each, signed in."""
    users: dict[str, User | None] = {"anonymous": None, "resident": a_resident(), "stranger": a_stranger()}
    users |= {column: the(username).user for column, username in NAMED.items()}
    assert body_of("handler") != body_of("police")
    return {name: _actor(name, user) for name, user in users.items()}


def _actor(name: str, user: User | None) -> Actor:
    actor = Actor(name, Client(), user)
    if user:
        user.set_password(PASSWORD_NOW)
        user.save(update_fields=["password"])
        actor.browser.force_login(user)
        _settle(actor.browser)
        who = Who.of(user, NOW)
        actor.bearer, actor.token = (
            make_token(name="truth", by=who, now=NOW)[1],
            make_token(name="x", by=who, now=NOW)[0],
        )
    return actor


def _settle(browser: Client) -> None:
    """They came a moment ago: what each of their requests would write into the session is there."""
    session = browser.session
    session[SEEN] = session[BEGAN] = NOW.timestamp()
    session.save()


def a_resident() -> User:
    """An account without a post."""
    return User.objects.create(username="a.resident", name="住户", created_at=NOW)


def a_stranger() -> User:
    """The same role as the worker's, in the next grid."""
    user = User.objects.create(username="a.stranger", name="邻格", home=another_grid(), created_at=NOW)
    appoint(user, role="grid_worker", area=another_grid(), by=the("sysadmin"), now=NOW)
    return user


def another_grid() -> Area:
    near = Area.objects.plain().under(the_grid().path[: Level.VILLAGE]).at_level(Level.GRID)
    return near.of_family("base").exclude(pk=the_grid().pk).order_by("path")[0]
