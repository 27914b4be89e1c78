"""The panel beside the form of a new matter: what is personal in it, what is known, how all will see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mulin.kernel.refusals import Refusal
from mulin.matters.actions.about import Options, about_choices
from mulin.matters.actions.report import Whereabouts
from mulin.matters.actions.where import whereabouts
from mulin.matters.models import MatterType
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.queries.before import FieldFind, PublicView, finds_in, public_view
from mulin.matters.queries.similar import Similar, Spot, similar
from mulin.matters.views.grounds import find_area
from mulin.posts.face import Who

SEARCHED = ("text", "address")


@dataclass(frozen=True)
class Before:
    """What one looks at before sending."""

    finds: list[tuple[FieldFind, bool]]  # with whether it is ticked
    similar: list[Similar]
    view: PublicView | None
    about_groups: list[tuple[str, Options]]
    unseen: bool  # a number that nobody was shown yet

    @property
    def seen(self) -> str:
        """The finds on the page: a new one starts as its kind does, one that was seen stays as it was left."""
        return " ".join(each.key for each, _ticked in self.finds)


def texts_of(data: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(data.get(name) or "")[:TEXT_LIMIT] for name in SEARCHED}


def look(who: Who, data: Mapping[str, Any], kind: MatterType | None, ticked: list[str]) -> Before:
    """What is known of it so far is enough; nothing of it needs to be right yet."""
    seen = set(str(data.get("seen", ""))[:TEXT_LIMIT].split())
    finds = finds_in(texts_of(data))
    where = _where(data, kind)
    spot = Spot(where.place.path, where.lon, where.lat) if where else Spot()
    about = bool(data.get("about"))
    return Before(
        finds=[(each, each.key in ticked if each.key in seen else each.certain) for each in finds],
        similar=similar(kind, spot, who=who) if kind and where else [],
        view=public_view(kind, spot, secret=bool(data.get("secret")), about=about) if kind else None,
        about_groups=about_choices(where.place, who.now) if where else [],
        unseen=any(each.certain and each.key not in seen for each in finds),
    )


def _where(data: Mapping[str, Any], kind: MatterType | None) -> Whereabouts | None:
    area = find_area(*(str(data.get(name) or "") for name in ("village", "grid", "building")))
    lon, lat = _number(data.get("lon")), _number(data.get("lat"))
    try:
        return whereabouts(kind, lon=lon, lat=lat, area=area) if kind else None
    except Refusal:
        return None


def _number(value: Any) -> float | None:
    try:
        return float(value) if value not in (None, "") else None
    except (TypeError, ValueError):
        return None
