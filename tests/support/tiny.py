"""The tiny town that tests start from: one committee, three grids, 60 matters."""

from __future__ import annotations


def build() -> None:
    """Fill the template database, at the frozen moment `clock.NOW`. The demo's own generator does it."""
    from mulin.demo.build import build_bases
    from mulin.demo.specs import Size
    from tests.support.clock import NOW

    build_bases(Size.TINY, now=NOW)
