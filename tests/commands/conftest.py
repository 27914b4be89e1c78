"""Towns to run commands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands import town as towns
from tests.commands.town import Town
from tests.support import environment
from tests.support.databases import Home

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

MakePlace = Callable[..., Town]


@pytest.fixture
def town(copied_db: Home, settings: Any) -> Town:
    """The test's own town: what the test writes in this process and what commands see is the same."""
    settings.MULIN_DATA = copied_db.folder / "data"
    settings.MULIN_KEYS = copied_db.folder / "keys"
    return Town(copied_db)


@pytest.fixture
def place(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[MakePlace]:
    """Makes places without a town: `place("other")`; `keys=False` for one without a key ring."""
    made: list[Town] = []

    def make(name: str, engine: str = environment.ENGINE, *, keys: bool = True) -> Town:
        made.append(towns.empty(tmp_path / name, engine, keys=keys))
        return made[-1]

    with django_db_blocker.unblock():
        yield make
    for each in made:
        towns.give_up(each)
