"""Is a plan to move codes inside one village sound? Pure: no database, no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.places.rules import (
    GridKind,
    Level,
    contains,
    level_of,
    parent_in,
    path_problem,
    with_descendants,
)

FAULTS: Mapping[str, Promise] = {
    "unknown": _("%(path)s is no area of this village."),
    "outside": _("%(path)s lies outside this village."),
    "malformed": _("%(path)s is no path."),
    "level": _("%(path)s is of another level than what is to move there."),
    "clash": _("Two areas would get the code %(path)s."),
    "used": _("The code %(path)s is or was another area's."),
    "number": _("A building keeps its number: %(path)s has another."),
    "parent": _("There is no area in which %(path)s could lie."),
    "overlay": _("%(path)s would lie in an overlay grid; buildings and micro-grids lie in base grids."),
    "closed": _("%(path)s would lie in an area that has been closed."),
}


@dataclass(frozen=True, slots=True)
class Node:
    """What the plan needs to know of one area of the village."""

    id: UUID
    path: str
    grid_kind: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a plan, and at which path."""

    code: str
    path: str

    @property
    def message(self) -> str:
        """The fault in words."""
        return str(FAULTS[self.code]) % {"path": self.path}


def complete(
    village: str, moves: Mapping[str, str], nodes: Collection[Node], owners: Mapping[str, UUID]
) -> tuple[dict[str, str], dict[str, str], list[Fault]]:
    """Return (all moves, the path of each moved area's parent, what is wrong).

    `nodes` are all areas of the village but itself, closed ones too; `owners` says whose a path was once.
    """
    here = {node.path: node for node in nodes}
    faults = [Fault("unknown", old) for old in moves if old not in here]
    full = {old: new for old, new in with_descendants(moves, here).items() if old in here}
    faults += [fault for old, new in full.items() for fault in _faults_of_path(village, old, new)]
    if faults:
        return full, {}, faults
    faults += _reused(full, here, owners)
    after = {full.get(path, path): node for path, node in here.items()}
    parents = {path: parent_in(path, {village, *after}.__contains__) for path in after}
    faults += [fault for path, node in after.items() for fault in _faults_of_tree(path, node, parents, after)]
    return full, {new: parents[new] or "" for new in full.values()}, faults


def _faults_of_path(village: str, old: str, new: str) -> list[Fault]:
    if path_problem(new):
        return [Fault("malformed", new)]
    if level_of(new) != level_of(old):
        return [Fault("level", new)]
    if not contains(village, new):
        return [Fault("outside", new)]
    if level_of(new) >= Level.BUILDING and new[Level.MICRO_GRID :] != old[Level.MICRO_GRID :]:
        return [Fault("number", new)]
    return []


def _reused(full: Mapping[str, str], here: Mapping[str, Node], owners: Mapping[str, UUID]) -> list[Fault]:
    """A code is used once. Only the area whose it was may come back to it."""
    seen: set[str] = set()
    faults = []
    for old, new in full.items():
        if new in seen:
            faults.append(Fault("clash", new))
        elif new in here or owners.get(new, here[old].id) != here[old].id:
            faults.append(Fault("used", new))
        seen.add(new)
    return faults


def _faults_of_tree(
    path: str, node: Node, parents: Mapping[str, str | None], after: Mapping[str, Node]
) -> list[Fault]:
    above = parents[path]
    if above is None:
        return [Fault("parent", path)]
    parent = after.get(above)
    if parent is None:  # the village itself
        return []
    if parent.grid_kind == GridKind.OVERLAY:
        return [Fault("overlay", path)]
    return [Fault("closed", path)] if node.is_open and not parent.is_open else []
