"""Public places and panoramas as the map draws them, in the language of the screen."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson
from django.utils.translation import get_language

from mulin.kernel.maptiles import point
from mulin.places.landmark_models import Landmark, Panorama
from mulin.places.landmark_rules import LandmarkKind
from mulin.places.locating import Layer, map_version

MOST = 5000


def landmark_layer() -> Layer:
    """All public places: one statement a version of the map and language."""
    return _layer("landmarks", map_version(), get_language() or "")


def panorama_layer() -> Layer:
    """All panoramas, by their points."""
    return _layer("panoramas", map_version(), get_language() or "")


def _layer(name: str, version: str, language: str) -> Layer:
    made = _made if version else _made.__wrapped__
    return Layer(made(name, version, language), f'"{version}-{name}-{language}"')


@lru_cache(maxsize=16)
def _made(name: str, version: str, language: str) -> bytes:  # noqa: ARG001 - what it is kept under
    features = _landmarks() if name == "landmarks" else _panoramas()
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _landmarks() -> list[dict[str, Any]]:
    rows = Landmark.objects.there().order_by("id")[:MOST]
    return [
        point(row.lon, row.lat, {
            "id": str(row.pk), "name": row.label, "kind": row.kind, "words": str(LandmarkKind(row.kind).label),
        })
        for row in rows
    ]  # fmt: skip


def _panoramas() -> list[dict[str, Any]]:
    rows = Panorama.objects.there().order_by("id")[:MOST]
    return [point(row.lon, row.lat, {"id": str(row.pk), "name": row.label}) for row in rows]
