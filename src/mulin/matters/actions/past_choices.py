"""Which bodies may be given a matter, from memory: for histories of the past."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from mulin.matters.actions.options import ORGANISATION_ROLES
from mulin.matters.rules.who import SeatKey
from mulin.places.face import parents
from mulin.posts.face import Organisation


@dataclass(frozen=True)
class PastChoice:
    """A seat that may handle the matter; it fits where its body takes care of such things."""

    key: SeatKey
    fits: bool
    functions: frozenset[str] = frozenset()


@dataclass
class _Body:
    id: UUID
    seats: list[SeatKey]
    paths: frozenset[str]
    functions: frozenset[str] = field(default_factory=frozenset)


class Bodies:
    """Every organisation, what it takes care of and where, read once."""

    def __init__(self, seats: Iterable[SeatKey]) -> None:
        by_body: dict[UUID, list[SeatKey]] = {}
        for key in seats:
            if key.organisation and key.role in ORGANISATION_ROLES:
                by_body.setdefault(key.organisation, []).append(key)
        self._all = [_body(row, by_body[row.id]) for row in _open_bodies() if row.id in by_body]
        self._serving = lru_cache(maxsize=4096)(self._find_serving)

    def choices(self, place: str, handlers: Collection[str]) -> list[PastChoice]:
        """The seats of those that serve the place or an area around it."""
        return [
            PastChoice(key, bool(body.functions & set(handlers)), body.functions)
            for body in self._serving(place)
            for key in body.seats
        ]

    def _find_serving(self, place: str) -> list[_Body]:
        around = {place, *parents(place)}
        return [body for body in self._all if body.paths & around]


def _open_bodies() -> Iterable[Organisation]:
    rows = Organisation.objects.filter(closed_at=None).select_related("home").defer("home__border")
    return rows.prefetch_related("function_rows", "services__area").order_by("created_at", "id")


def _body(row: Organisation, seats: list[SeatKey]) -> _Body:
    served = {service.area.path for service in row.services.all() if service.to_at is None}
    return _Body(row.id, seats, frozenset(served | {row.home.path}), frozenset(row.functions))
