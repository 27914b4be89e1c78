"""The matter list in memory, read anew only where an entry, a limit or a rung has changed. These rows stay so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mulin.kernel.stamps import KINDS, Kept
from mulin.matters.models import MatterType


@dataclass(frozen=True)
class Kinds:
    by_id: dict[UUID, MatterType]
    by_code: dict[str, MatterType]

    @classmethod
    def read(cls) -> Kinds:
        rows = list(MatterType.objects.all())
        return cls({row.pk: row for row in rows}, {row.code: row for row in rows})


_kept = Kept(Kinds.read, KINDS)


def kinds() -> Kinds:
    """Every entry, closed ones too."""
    return _kept.now()
