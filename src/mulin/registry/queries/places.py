"""Where a record lies, in words: from the community down."""

from __future__ import annotations

from collections.abc import Iterable

from mulin.places.face import Area, Level, lineages


def places_named(paths: Iterable[str]) -> dict[str, str]:
    """The words for each of these paths of today, in two statements."""
    areas = list(Area.objects.plain().filter(path__in=set(paths)))
    return {
        path: " · ".join(area.label for area in way if area.level >= Level.VILLAGE)
        for path, way in lineages(areas).items()
    }
