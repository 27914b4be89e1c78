"""What other rooms work out from borders follows in the transaction in which those are redrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mulin.places.models import Area

Follow = Callable[[Sequence[Area]], None]

_FOLLOWERS: dict[str, Follow] = {}


def on_redrawn(name: str, follow: Follow) -> None:
    """A room above says at start what it does when these areas were opened, redrawn, moved on the map or closed."""
    _FOLLOWERS[name] = follow


def follow(areas: Sequence[Area]) -> None:
    """Tell them all; the areas are stored as they are now."""
    for each in _FOLLOWERS.values():
        each(areas)
