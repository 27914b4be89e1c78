"""The tiny town that tests start from: one committee, three grids, 60 matters."""

from __future__ import annotations


def build() -> None:
    """Fill the template database, as of the moment that the clock shows. The demo's own generator does it."""
