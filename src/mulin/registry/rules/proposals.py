"""Who may propose what, how two proposals disagree, and how far one is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mulin.registry.codes import Source
from mulin.registry.codes_asked import Subjects

# A resident speaks of themselves, a head of their neighbours: of them only what a neighbour sees.
MAY: Mapping[tuple[str, str], tuple[str, ...]] = {
    (Source.RESIDENT.value, Subjects.RESIDENT.value): (
        "name", "former_name", "latin_name", "phone", "born_on", "document_until", "marital", "education",
        "occupation", "workplace", "registered_address",
    ),
    (Source.HEAD.value, Subjects.RESIDENT.value): ("name", "phone"),
    (Source.HEAD.value, Subjects.DWELLING.value): ("use", "owner_name", "owner_phone", "hazard"),
    (Source.HEAD.value, Subjects.MERCHANT.value): (
        "name", "operator_name", "operator_phone", "safety_name", "safety_phone",
    ),
}  # fmt: skip


def may_propose(source: str, subject: str) -> tuple[str, ...]:
    """Which columns somebody may propose to change; none where they may propose nothing."""
    return MAY.get((source, subject), ())


@dataclass(frozen=True, slots=True)
class Column:
    """One column on the page where it is decided: what stands there now, and what each proposal says."""

    name: str
    now: str
    says: tuple[str | None, ...]  # in the order of the proposals; None: says nothing about it

    @property
    def is_contested(self) -> bool:
        """Whether two say different things."""
        return len({each for each in self.says if each is not None}) > 1


def side_by_side(now: Mapping[str, str], wanted: Iterable[Mapping[str, str]]) -> list[Column]:
    """Every column that any of these proposals touches, in the order of what stands there now."""
    wanted = list(wanted)
    touched = {name for each in wanted for name in each}
    return [
        Column(name, now[name], tuple(each.get(name) for each in wanted)) for name in now if name in touched
    ]


def disagree(wanted: Iterable[Mapping[str, str]]) -> bool:
    """Whether two of them say different things about one column."""
    seen: dict[str, str] = {}
    return any(seen.setdefault(name, value) != value for each in wanted for name, value in each.items())
