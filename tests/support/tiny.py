"""The tiny town that tests may start from: one committee, three grids, 60 matters."""

from __future__ import annotations


def build() -> None:
    """Fill the template database, as of the moment that the clock shows. The demo's own generator does it."""
    from mulin.demo.build import build_bases
    from mulin.demo.specs import Size
    from mulin.kernel.clock import now

    build_bases(Size.TINY, now=now())
