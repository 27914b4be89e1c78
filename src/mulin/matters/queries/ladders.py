"""Which ladder counts for an entry of the list: its own, else the one for all, else the sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, Q

from mulin.matters.models import MatterRung, MatterType
from mulin.matters.rules.case import TypeFacts
from mulin.matters.rules.ladder import SAMPLE_LADDER, URGENT_LADDER, Rung
from mulin.matters.rules.limits import Clock

Rungs = tuple[Rung, ...]


@dataclass(frozen=True)
class House:
    """The two ladders that everything follows which has none of its own."""

    ordinary: Rungs = SAMPLE_LADDER
    urgent: Rungs = URGENT_LADDER

    @classmethod
    def of(cls, rows: Iterable[MatterRung]) -> House:
        """From running rows without a type. What nobody has laid yet is the sample."""
        found: dict[bool, list[Rung]] = {True: [], False: []}
        for row in rows:
            found[row.urgent].append(row.rung)
        return cls(tuple(found[False]) or SAMPLE_LADDER, tuple(found[True]) or URGENT_LADDER)

    @classmethod
    def read(cls) -> House:
        """One statement."""
        return cls.of(MatterRung.objects.filter(type=None, to_at=None))

    def rungs(self, *, urgent: bool) -> Rungs:
        return self.urgent if urgent else self.ordinary


def own_rungs(kind: MatterType) -> Rungs:
    """The running rungs of an entry; none where it follows the ladder of all."""
    return tuple(row.rung for row in MatterRung.objects.filter(type=kind, to_at=None))


def rungs_of(kind: MatterType, house: House | None = None) -> Rungs:
    """The rungs that count for an entry: one statement, none where they are prefetched and `house` is given."""
    if house is not None:
        own = [row.rung for row in kind.rungs.all() if row.to_at is None]
        return tuple(own) or house.rungs(urgent=kind.urgent)
    rows = list(MatterRung.objects.filter(Q(type=kind) | Q(type=None), to_at=None))
    own = [row.rung for row in rows if row.type_id]
    return tuple(own) or House.of(row for row in rows if not row.type_id).rungs(urgent=kind.urgent)


def facts_of(kind: MatterType, house: House | None = None) -> TypeFacts:
    """What the rules need of an entry: two statements, none where all is read before."""
    limits = {Clock(row.clock): row.limit for row in kind.limits.all() if row.to_at is None}
    return TypeFacts(kind.code, kind.urgent, kind.to_grids, limits, rungs_of(kind, house))


@dataclass(frozen=True)
class Kinds:
    """The facts of many entries, read at once."""

    facts: Mapping[UUID, TypeFacts] = field(default_factory=dict)

    @classmethod
    def read(cls, ids: Iterable[UUID]) -> Kinds:
        """Four statements, however many there are."""
        house = House.read()
        kinds = MatterType.objects.filter(pk__in=set(ids)).prefetch_related(
            Prefetch("limits"), Prefetch("rungs")
        )
        return cls({kind.pk: facts_of(kind, house) for kind in kinds})
