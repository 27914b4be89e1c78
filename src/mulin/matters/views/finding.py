"""Fetching what an address names: through what the person may see, else 404."""

from __future__ import annotations

from mulin.kernel import numbers
from mulin.kernel.refusals import NotYours
from mulin.matters.models import Matter
from mulin.posts.face import Who


def find_matter(who: Who, number: str) -> Matter:
    """The matter of that number, if this person may read it. Takes the number as people write it."""
    canonical = numbers.parse(number)
    found: Matter | None = (
        Matter.objects.visible_to(who)
        .with_labels()
        .select_related("about_area", "about_organisation")
        .defer("about_area__border")
        .filter(number=canonical or "")
        .first()
    )
    if found is None:
        raise NotYours
    return found
