"""The harness keeps its promises."""

from __future__ import annotations

import socket
from datetime import datetime

import pytest
import time_machine

from tests.support import clock as clocks
from tests.support.network import OutsideWorld, is_here


def test_the_clock_stands_still(clock: time_machine.Traveller) -> None:
    assert datetime.now(clocks.NOW.tzinfo) == clocks.NOW
    clock.shift(60)
    assert (datetime.now(clocks.NOW.tzinfo) - clocks.NOW).total_seconds() == 60


def test_nobody_outside_this_machine_is_reached() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line, pytest.raises(OutsideWorld):
        line.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", None])
def test_this_machine_is_reached(host: str | None) -> None:
    assert is_here(host)
