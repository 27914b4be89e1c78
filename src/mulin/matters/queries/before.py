"""What is looked at before something is sent: what is personal in it, what is known already, what all will see.

Nothing here is stored, and nothing is taken out unless its author ticked it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from mulin.matters.labels import PERSONAL, state_label
from mulin.matters.models import MatterType
from mulin.matters.queries.public import rounded
from mulin.matters.queries.similar import Spot
from mulin.matters.rules.personal import Find, Personal, find_personal, redact
from mulin.matters.rules.states import State


@dataclass(frozen=True)
class FieldFind:
    """One find, and the field it stands in."""

    field: str
    find: Find
    nth: int = 1  # of the same words in that field

    @property
    def key(self) -> str:
        """What a tick sends: it stays the same while one types elsewhere, and fits nothing once the words are gone."""
        return f"{self.field}-{self.nth}-{sha256(self.find.words.encode()).hexdigest()[:12]}"

    @property
    def kind(self) -> Personal:
        return self.find.kind

    @property
    def label(self) -> str:
        return str(PERSONAL[self.find.kind])

    @property
    def words(self) -> str:
        return self.find.words

    @property
    def instead(self) -> str:
        return self.find.instead

    @property
    def certain(self) -> bool:
        return self.find.certain


def finds_in(texts: Mapping[str, str]) -> list[FieldFind]:
    """Everything personal in these fields, field by field."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for name, text in texts.items():
        for find in find_personal(text):
            seen[name, find.words] += 1
            found.append(FieldFind(name, find, seen[name, find.words]))
    return found


def without(texts: Mapping[str, str], ticked: Collection[str]) -> dict[str, str]:
    """The fields without what was ticked; a tick that fits nothing does nothing."""
    chosen = [each for each in finds_in(texts) if each.key in ticked]
    return {
        name: redact(text, [each.find for each in chosen if each.field == name])
        for name, text in texts.items()
    }


@dataclass(frozen=True)
class PublicView:
    """What everybody will see; `why_not` says why they will see nothing."""

    title: str = ""
    state_label: str = ""
    lon: float | None = None
    lat: float | None = None
    why_not: str = ""

    @property
    def on_map(self) -> bool:
        return self.lon is not None and self.lat is not None

    @property
    def point(self) -> str:
        """For the map: "117.55,34.81"."""
        return f"{self.lon},{self.lat}" if self.on_map else ""


def public_view(kind: MatterType, spot: Spot, *, secret: bool = False, about: bool = False) -> PublicView:
    """The matter as the public map and list will show it: its kind, its state, a rounded spot. Never a word of it."""
    why_not = _why_not(kind, secret, about)
    if why_not:
        return PublicView(why_not=why_not)
    placed = spot.lon is not None and spot.lat is not None
    return PublicView(
        title=kind.label,
        state_label=state_label(State.REPORTED, resident=True),
        lon=rounded(spot.lon) if placed and spot.lon is not None else None,
        lat=rounded(spot.lat) if placed and spot.lat is not None else None,
    )


def _why_not(kind: MatterType, secret: bool, about: bool) -> str:
    if about:
        return _("Nothing: what is about staff or an office is never shown publicly.")
    if secret:
        return _("Nothing: you asked that it be kept who raised it.")
    return "" if kind.public else _("Nothing: matters of this kind are not shown publicly.")
