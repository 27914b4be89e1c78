"""The tiny town that tests start from: one committee, three grids, 60 matters."""

from __future__ import annotations


def build() -> None:
    """Fill the template database, at the moment that the clock shows. The demo's own generator does it."""
    from mulin.demo.build import build_demo
    from mulin.demo.specs import Size
    from mulin.kernel import clock

    build_demo(Size.TINY, now=clock.now().replace(microsecond=0), language="zh-hans")
