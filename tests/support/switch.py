"""Points Django's connections at another copy of the template."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from mulin.config import environment as env
from tests.support.databases import Home

OTHER = "other"
_waiting: dict[Home, BaseDatabaseWrapper] = {}


@contextmanager
def connected_to(home: Home) -> Iterator[None]:
    """Every thread's new connections go there: they all read the one dictionary that changes here."""
    shared: dict[str, Any] = connections.settings["default"]
    before = dict(shared)
    connections["default"].close()
    shared.update(_settings(home))
    try:
        yield
    finally:
        connections["default"].close()
        shared.update(before)


@contextmanager
def returned_to(home: Home) -> Iterator[None]:
    """As above, for a home to which many tests come: its connection waits open, since a new one has to learn anew."""
    shared: dict[str, Any] = connections.settings["default"]
    before, outer = dict(shared), connections["default"]
    shared.update(_settings(home))
    connections["default"] = _waiting.get(home) or _opened(home)
    try:
        yield
    finally:
        connections["default"] = outer
        shared.update(before)


def _opened(home: Home) -> BaseDatabaseWrapper:
    connection = _waiting[home] = connections.create_connection("default")
    # Its own, since the shared ones change: closed by those of before, it would look for a pool that it never had.
    connection.settings_dict = dict(connection.settings_dict)
    return connection


def leave(home: Home) -> None:
    """Close the connection that waits."""
    if connection := _waiting.pop(home, None):
        connection.close()


@contextmanager
def second_alias(home: Home) -> Iterator[str]:
    connections.settings[OTHER] = {**connections.settings["default"], **_settings(home)}
    try:
        yield OTHER
    finally:
        connections[OTHER].close()
        del connections[OTHER]
        del connections.settings[OTHER]


def _settings(home: Home) -> dict[str, Any]:
    settings = env.database(home.url, home.folder / "data")
    # A pool would keep connections to a database that is about to be dropped.
    settings["OPTIONS"].pop("pool", None)
    return settings
