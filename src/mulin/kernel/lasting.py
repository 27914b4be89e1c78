"""What stays although the act was refused: that somebody tried, and what it cost them.

Allowances and readings are taken before the transaction of the act, so that a refusal does not give them back. A door
that holds one transaction around the whole request (the API, to keep the first answer to a key) would undo them all
the same: it gathers them here, and has them done once more after what it rolled back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from mulin.kernel.log import where
from mulin.kernel.refusals import Refusal

log = logging.getLogger("mulin.kernel")
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
    """After the rollback, each by itself: one that fails takes no other with it, nor the answer."""
    for act in acts:
        try:
            with transaction.atomic():
                act()
        except Refusal:
            continue
        except Exception as error:
            log.error("something that was to last is lost\n%s", where(error))
