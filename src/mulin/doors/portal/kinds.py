"""The matter list as residents choose from it: areas of life, and under each its entries."""

from __future__ import annotations

from dataclasses import dataclass, field

from mulin.matters.face import MatterType


@dataclass
class Group:
    """One area of life, with the entries one may choose."""

    top: MatterType
    kinds: list[MatterType] = field(default_factory=list)


def groups() -> list[Group]:
    """The whole list on two levels: one statement."""
    found: dict[str, Group] = {}
    for each in MatterType.objects.tree():
        if each.level == 1:
            found[each.code] = Group(each)
        elif each.level == 3 and each.code[:2] in found:
            found[each.code[:2]].kinds.append(each)
    return [group for group in found.values() if group.kinds]
