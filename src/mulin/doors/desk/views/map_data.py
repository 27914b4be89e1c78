"""What else the one map draws: public places, panoramas, people on duty, and numbers for the buildings' colours."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from mulin.doors.desk.map_scales import SCALES, ColourBy
from mulin.kernel.maptiles import point
from mulin.kernel.refusals import NotAllowed, NotYours
from mulin.matters.face import Filters, Show, matters_by_building
from mulin.places.face import Layer, landmark_layer, panorama_layer
from mulin.posts.face import OnDuty, Permission, Who, needs, on_duty, who_asks
from mulin.registry.face import households_by_building, stale_by_building

TYPE = "application/geo+json"


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def landmarks(request: HttpRequest) -> HttpResponse:
    """Public places."""
    return _tagged(request, landmark_layer())


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def panoramas(request: HttpRequest) -> HttpResponse:
    """Panoramas, by their points."""
    return _tagged(request, panorama_layer())


def _tagged(request: HttpRequest, layer: Layer) -> HttpResponse:
    headers = {"ETag": layer.etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == layer.etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(layer.body, content_type=TYPE, headers=headers)


@needs(Permission.DESK_OPEN, Permission.POST_READ)
def people(request: HttpRequest) -> HttpResponse:
    """Who is on duty where, without a number: those stand on the card."""
    features = [_person(each) for each in on_duty(who_asks(request))]
    return _fresh({"type": "FeatureCollection", "features": features}, TYPE)


def _person(here: OnDuty) -> dict[str, Any]:
    names = "、".join(user.label for user, _role in here.people)
    area = here.area
    return point(area.lon or 0.0, area.lat or 0.0, {"id": area.path, "name": names, "level": area.level})


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def numbers(request: HttpRequest, by: str) -> HttpResponse:
    """A number for each building, by its path, and the classes that colours stand for."""
    if by not in set(ColourBy):
        raise NotYours
    who, scale = who_asks(request), SCALES[ColourBy(by)]
    classes = [{"from": begins, "words": str(words)} for begins, words in scale.classes]
    values = building_numbers(who, ColourBy(by), Filters.read(request.GET.dict(), Show.OPEN))
    found = {
        "by": by,
        "label": str(scale.label),
        "unit": str(scale.unit),
        "classes": classes,
        "values": values,
    }
    return _fresh(found, "application/json")


def building_numbers(who: Who, by: ColourBy, filters: Filters) -> dict[str, int]:
    """Of the buildings of one's area; whoever may not read what is counted is told so."""
    needed = Permission.MATTER_READ if by is ColourBy.MATTERS else Permission.REGISTRY_READ
    if not who.has(needed):
        raise NotAllowed
    if by is ColourBy.MATTERS:
        return matters_by_building(who, filters)
    return stale_by_building(who) if by is ColourBy.STALE else households_by_building(who)


def _fresh(found: dict[str, Any], kind: str) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(found), content_type=kind, headers={"Cache-Control": "private, no-store"}
    )
