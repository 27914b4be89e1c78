from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mulin.places.face import Area


@pytest.fixture
def tree(db: None) -> dict[str, Area]:
    """The village of `ground`, by path."""
    from tests.places import ground  # this file is read before Django is set up

    return ground.settle()
