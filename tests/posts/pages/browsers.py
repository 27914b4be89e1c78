"""Browsers of the people of the cast."""

from __future__ import annotations

from django.test import Client

from mulin.posts.face import User, Who
from tests.posts import cast


def browser_of(who: Who | User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    user = who if isinstance(who, User) else cast.person_of(who)
    client.force_login(user)
    return client


def one_of_each() -> dict[str, Client]:
    """One of each kind of person, signed in."""
    return {
        "anonymous": Client(),
        "resident": browser_of(cast.as_resident()),
        "stranger": browser_of(cast.as_grid_worker(cast.FAR_GRID)),
        "grid worker": browser_of(cast.as_grid_worker()),
        "grid head": browser_of(cast.as_grid_head()),
        "operator": browser_of(cast.as_operator()),
        "other handler": browser_of(cast.as_handler(cast.a_body())),
        "auditor": browser_of(cast.as_auditor()),
        "system administrator": browser_of(cast.as_system_administrator()),
        "security administrator": browser_of(cast.as_security_administrator()),
    }
