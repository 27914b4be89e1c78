"""How far the building of the demo is: a bar a stage on a terminal, a plain line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Never, TextIO

from tqdm import tqdm

Step = Callable[[int], None]
Stages = Callable[[str, int], AbstractContextManager[Step]]
"""Opens a stage by its name and size; what it gives is told each time that some are done."""


@contextmanager
def silent(_name: str, _size: int) -> Iterator[Step]:
    """Tell nobody."""
    yield lambda _count: None


@contextmanager
def bars(name: str, size: int) -> Iterator[Step]:
    """On the standard error: a bar, or a line with the time it took."""
    if sys.stderr.isatty():
        with tqdm(total=size, desc=f"  {name:<28}", unit="", ncols=88) as bar:
            yield lambda count: _move(bar, count)
    else:
        with _line(name, size, sys.stderr):
            yield lambda _count: None


def _move(bar: tqdm[Never], count: int) -> None:
    bar.update(count)


@contextmanager
def _line(name: str, size: int, out: TextIO) -> Iterator[None]:
    begun = time.monotonic()
    yield
    print(f"  {name:<28} {size:>7,}  {time.monotonic() - begun:5.1f} s", file=out, flush=True)
