"""Chance that is the same every time: one generator of random numbers a purpose, all from the town's seed."""

from random import Random


def chance(seed: int, purpose: str) -> Random:
    """A generator of its own for each purpose, so that drawing more for one changes no other."""
    return Random(f"mulin {seed} {purpose}")  # noqa: S311 - a seeded demo needs no secrecy
