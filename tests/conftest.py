"""The harness that every test stands on. docs/testing.md says how to use it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import time_machine

from tests.support import environment

environment.prepare()  # before pytest-django reads the settings, which happens after this file is loaded

from tests.support import clock as clocks  # noqa: E402  (what follows may look at the settings)
from tests.support import databases, network, passwords, switch  # noqa: E402
from tests.support.shapes import Shape  # noqa: E402

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.support.databases import Home

# A browser and a whole town take their time: their clock runs.
_REAL_TIME = ("browser", "slow", "real_clock")
_DATABASES = {"db", "copied_db", "other_db", "django_db_setup"}


def pytest_configure() -> None:
    network.block()
    passwords.use_cheap_passwords()
    # The same examples in every run, however slow the machine: a red run can be run again.
    hypothesis.settings.register_profile("mulin", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("mulin")


def pytest_sessionstart() -> None:
    """Whoever a test puts in front of a browser (`force_login`) has just shown who they are; it costs little."""
    from django.contrib.auth.signals import user_logged_in

    from tests.support import clients

    clients.share_middleware()
    user_logged_in.connect(_just_came, dispatch_uid="tests")


def _just_came(request: Any, **_more: Any) -> None:
    request.session["proved_at"] = datetime.now(UTC).timestamp()


def pytest_report_header() -> str:
    return f"database: {environment.ENGINE}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a database: what needs none runs once. Leave out what is about the other engine."""
    others = [item for item in items if _is_about_another_engine(item)]
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=others)
    for item in items:
        if item.get_closest_marker("browser") and "browser" not in item.path.parts:
            raise pytest.UsageError(f"{item.nodeid}: the browser's lane looks for its tests in tests/browser")
        if item.get_closest_marker("django_db") or _DATABASES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


def pytest_collection_finish() -> None:
    gc.freeze()  # what is loaded by now stays: nobody need look through it again and again
    gc.set_threshold(50_000, 20, 50)  # and a test's things are few


def _is_about_another_engine(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("only_on")
    return marker is not None and environment.ENGINE not in marker.args


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """The clock stands still at `tests.support.clock.NOW`; `clock.shift(…)`, `clock.move_to(…)` move it."""
    if any(request.node.get_closest_marker(name) for name in _REAL_TIME):
        yield None
        return
    with time_machine.travel(clocks.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of pytest-django's: this process works on a copy of the template, made at first need."""
    home = databases.copy(environment.ENGINE, environment.SCRATCH)
    with django_db_blocker.unblock(), switch.connected_to(home):
        yield
    databases.drop(home)


@pytest.fixture(scope="session")
def town_home() -> Iterator[Home]:
    """This process's copy of the tiny town."""
    home = databases.copy(environment.ENGINE, shape=Shape.TOWN)
    yield home
    switch.leave(home)
    databases.drop(home)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A browser of an earlier test leaves its language behind in the thread; real requests begin with their own."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _start_from(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test marked `tiny_town` finds people and places in the database, all others find it empty."""
    if not request.node.get_closest_marker("tiny_town") or "copied_db" in request.fixturenames:
        yield
        return
    home = request.getfixturevalue("town_home")
    request.getfixturevalue("django_db_setup")
    blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), switch.returned_to(home):
        yield


@pytest.fixture
def _django_db_helper(_start_from: None, _django_db_helper: None) -> None:
    """pytest-django's own opens the transaction: it must come after the database was chosen."""


@pytest.fixture
def copied_db(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[Home]:
    """A database of this test's own, where commits are real: for races and for other processes."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("A test has either the shared database that rolls back (db) or its own (copied_db).")
    marked = {"tiny_town": Shape.TOWN, "full_town": Shape.FULL}
    shapes = [shape for name, shape in marked.items() if request.node.get_closest_marker(name)]
    home = databases.copy(environment.ENGINE, shape=shapes[0] if shapes else Shape.BARE)
    with django_db_blocker.unblock(), switch.connected_to(home):
        yield home
    databases.drop(home)


@pytest.fixture
def other_db(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The alias of a second database, a copy of the template on the engine that this run does not use."""
    home = databases.copy("sqlite" if environment.ENGINE == "postgres" else "postgres")
    with django_db_blocker.unblock(), switch.second_alias(home) as alias:
        yield alias
    databases.drop(home)


@pytest.fixture
def transactional_db() -> None:
    """Flushing would undo the append-only log and the tiny town with it."""
    pytest.fail("Nothing is ever flushed: take the fixture copied_db.")


def pytest_runtest_setup(item: pytest.Item) -> None:
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        pytest.fail("Nothing is ever flushed: take the fixture copied_db.")
