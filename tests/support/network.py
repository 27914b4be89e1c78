"""No test reaches out of this machine."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

_WATCHED = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}


class OutsideWorld(RuntimeError):
    """A test tried to reach another machine."""


def block() -> None:
    """An audit hook sees every socket of this process, whichever library opens it, and cannot be undone."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _WATCHED:
        return
    address = arguments[_WATCHED[event]]
    host = address[0] if isinstance(address, tuple) else address
    if event != "socket.getaddrinfo" and not isinstance(address, tuple):
        return  # a Unix socket
    if not is_here(host):
        raise OutsideWorld(f"{event} to {host!r}: tests talk to this machine only")


def is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
