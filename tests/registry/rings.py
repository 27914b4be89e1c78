"""A key ring of a test's own, to be turned as another process would."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mulin.kernel import keyring, keys, rotation


@pytest.fixture
def own_ring(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With the key that closed the town; nobody waits for stragglers, and batches are small."""
    folder = tmp_path / "keys"
    folder.mkdir()
    shutil.copy(keys.path(), folder)
    settings.MULIN_KEYS = folder
    monkeypatch.setattr(rotation, "GRACE", 0)
    monkeypatch.setattr(rotation, "BATCH", 5)
    yield
    keys.forget()


def new_key() -> None:
    """As another process makes it: this one is told nothing."""
    keyring.save(keys.ring().rotated(), keys.path())


def rotate(pause: Callable[[float], None] = lambda _seconds: None) -> rotation.Outcome:
    outcome = rotation.run(lambda _table, _done: None, pause=pause)
    keys.mark_rotated()
    return outcome
