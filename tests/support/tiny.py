"""The tiny town that tests may start from: one committee, three grids, 60 matters. Or the whole demo."""

from __future__ import annotations

import time
from pathlib import Path

TOOK = "seconds-to-build"  # a file in the template's folder


def build(*, full: bool = False) -> None:
    """Fill the template database, at the moment that the clock shows. The demo's own generator does it."""
    from django.conf import settings

    from mulin.demo.build import build_demo
    from mulin.demo.specs import Size
    from mulin.kernel import clock

    begun = time.perf_counter()
    size = Size.FULL if full else Size.TINY
    now = clock.now().replace(microsecond=0)
    build_demo(size, now=now, language="zh-hans", homes=full)  # tests of the registry bring their own people
    (Path(settings.HOME) / TOOK).write_text(f"{time.perf_counter() - begun:.1f}", encoding="ascii")
