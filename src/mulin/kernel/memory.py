"""How Python looks after its memory while very much is made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def much_at_once() -> Iterator[None]:
    """Don't look for cycles among what is made meanwhile: of a town's homes it took a fifth of the time.

    What nobody holds goes at once as always; only what holds itself waits until the end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
