"""Where it is, and what it looks like: the way down to the spot, the pin, the photos."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.look.shapes import Photo as PhotoShape
from mulin.matters.models import Matter, Photo
from mulin.matters.views.names import Names
from mulin.places.face import Level, parents


def paths_of(matter: Matter) -> tuple[str, ...]:
    """The areas on the way to the place, from the county down."""
    return tuple(
        path for path in reversed((matter.place, *parents(matter.place))) if len(path) >= Level.COUNTY
    )


def way_to(matter: Matter, names: Names) -> list[str]:
    return [names.areas[path] for path in paths_of(matter) if path in names.areas]


def point_of(matter: Matter) -> str:
    """The pin as the map wants it; empty without one."""
    return "" if matter.lon is None or matter.lat is None else f"{matter.lon:.6f},{matter.lat:.6f}"


def photos_of(matter: Matter, photos: Sequence[Photo], when: str) -> list[PhotoShape]:
    chosen = [photo for photo in photos if photo.when == when]
    return [_photo(matter, photo, number) for number, photo in enumerate(chosen, start=1)]


def _photo(matter: Matter, photo: Photo, number: int) -> PhotoShape:
    kinds = {"before": _("Photo %(n)d of before"), "recheck": _("Photo %(n)d of the second look")}
    words = kinds.get(photo.when, _("Photo %(n)d of after"))
    return {
        "url": reverse("matter-photo", args=[matter.number, photo.pk]),
        "thumb": reverse("matter-thumb", args=[matter.number, photo.pk]),
        "alt": words % {"n": number},
    }
