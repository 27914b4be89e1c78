"""Who does what in a town at a time: the house's table with the town's own rows over it, from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mulin.kernel.stamps import KINDS, PLACES, Kept
from mulin.matters.models import WhoRow
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import WHO, Function, WhoTable
from mulin.places.face import Level


@dataclass(frozen=True)
class OwnRow:
    """A row of a town, from one instant to another."""

    key: tuple[Circulation, Function]
    roles: tuple[str, ...]
    from_at: datetime
    to_at: datetime | None

    def counts(self, at: datetime) -> bool:
        return self.from_at <= at and (self.to_at is None or at < self.to_at)


def _read() -> dict[str, list[OwnRow]]:
    rows = WhoRow.objects.order_by("from_at").values_list(
        "town__path", "circulation", "function", "roles", "from_at", "to_at"
    )
    found: dict[str, list[OwnRow]] = {}
    for path, circle, function, roles, from_at, to_at in rows:
        key = Circulation(circle), Function(function)
        found.setdefault(path, []).append(OwnRow(key, tuple(roles), from_at, to_at))
    return found


_kept = Kept(_read, KINDS, PLACES)


def own_rows(place: str) -> list[OwnRow]:
    """Every row that the town of this place ever set, by its beginning."""
    return _kept.now().get(place[: Level.TOWN], [])


def table_at(place: str, at: datetime) -> WhoTable:
    """The table by which the town of this place goes at that time; the house's where it has set none."""
    own = {row.key: row.roles for row in own_rows(place) if row.counts(at)}
    return {**WHO, **own} if own else WHO
