"""A resident at a browser without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # this file is read before Django is set up
    from django.conf import LazySettings

    from tests.portal.resident import Resident


@pytest.fixture
def resident() -> Resident:
    return _resident("en")


@pytest.fixture
def resident_zh() -> Resident:
    return _resident("zh-CN")


def _resident(language: str) -> Resident:
    from django.test import Client

    from tests.portal.resident import Resident

    return Resident(Client(headers={"accept-language": language}))


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What the map kept of another test's town is not this one's."""
    from mulin.doors.portal import layers

    layers.forget()


@pytest.fixture(autouse=True)
def _everything_is_checked(settings: LazySettings) -> None:
    """Also in the grid: so that a test knows who closes."""
    settings.MULIN_MICRO_CHECK_SHARE = 1.0
