"""Fetching what an address names: through what the person may see, else 404."""

from __future__ import annotations

from mulin.matters.models import Matter
from mulin.matters.queries.seeing import see
from mulin.posts.face import Who


def find_matter(who: Who, number: str) -> Matter:
    """The matter of that number, if this person may read it. Takes the number as people write it."""
    return see(who, number).matter
