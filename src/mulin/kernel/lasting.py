"""What stays although the act was refused: that somebody tried, and what it cost them.

Allowances and readings are taken before the transaction of the act, so that a refusal does not give them back. A door
that holds one transaction around the whole request (the API, to keep the first answer to a key) would undo them all
the same: it gathers them here, and has them done once more after what it rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from mulin.kernel.refusals import Refusal

Act = Callable[[], object]
_gathered: ContextVar[list[Act] | None] = ContextVar("lasting", default=None)


@contextmanager
def gathered() -> Iterator[list[Act]]:
    """What is done meanwhile that has to last."""
    acts: list[Act] = []
    token = _gathered.set(acts)
    try:
        yield acts
    finally:
        _gathered.reset(token)


def also(act: Act) -> None:
    """Have this done again, should what was done just now be rolled back with the request. Mostly nothing to do."""
    acts = _gathered.get()
    if acts is not None:
        acts.append(act)


def do_again(acts: list[Act]) -> None:
    """After the rollback; an allowance that somebody else used up meanwhile is used up."""
    for act in acts:
        with suppress(Refusal):
            act()
