"""What each seat takes (责任清单): made from the matter list and the town's table of who does what, never typed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mulin.matters.labels import CIRCULATIONS, FUNCTIONS
from mulin.matters.listwords import NETWORKS, limit_words
from mulin.matters.models import MatterType
from mulin.matters.queries.who_tables import table_at
from mulin.matters.rules.limits import Clock, limit_for
from mulin.matters.rules.states import Circulation, circulation
from mulin.matters.rules.who import Function, WhoTable
from mulin.places.face import Area, Level
from mulin.posts.face import ROLES, BodyFunction, Organisation, Role, Who

CLOCK_OF = {
    Function.FILES: Clock.FILE,
    Function.DISPATCHES: Clock.DISPATCH,
    Function.HANDLES: Clock.HANDLE,
    Function.CHECKS: Clock.CHECK,
}
BODY = "body-"
MOST_BODIES = 500


@dataclass(frozen=True)
class Take:
    """A kind of matter, what the seat does with it, and by when."""

    kind: MatterType
    does: tuple[Function, ...]
    limits: tuple[str, ...]

    @property
    def network(self) -> str:
        return str(NETWORKS.get(self.kind.network, ""))

    @property
    def says(self) -> list[tuple[str, str]]:
        """ "Verifies and files", "4 working hours"."""
        return [(str(FUNCTIONS[each]), words) for each, words in zip(self.does, self.limits, strict=True)]


@dataclass(frozen=True)
class DutySheet:
    """Everything that comes to a role, or to whoever takes care of something."""

    key: str
    title: str
    sits: str
    does: list[tuple[str, list[str]]] = field(default_factory=list)
    takes: list[Take] = field(default_factory=list)


def duty_sheets(town: Area, who: Who) -> list[DutySheet]:
    """For every role of the town's table and every function that the matter list names; five statements."""
    table = table_at(town.path, who.now)
    kinds = list(MatterType.objects.listed().prefetch_related("limits").order_by("code"))
    names = {code for roles in table.values() for code in roles}
    roles = [line for line in ROLES.values() if line.code in names and not line.at_organisation]
    sheets = [_of_role(line, table, kinds) for line in roles]
    return sheets + list(_of_bodies(table, kinds, _bodies(who)))


def starts_in(kind: MatterType) -> Circulation:
    """Where a matter of this kind begins: what may not be given to grids begins with the community."""
    level = kind.start_level if kind.to_grids else min(kind.start_level, Level.VILLAGE)
    return circulation(level)


def _of_role(line: Role, table: WhoTable, kinds: Iterable[MatterType]) -> DutySheet:
    mine = {circle: [each for each in Function if line.code in table[circle, each]] for circle in Circulation}
    takes = [_take(kind, tuple(mine[starts_in(kind)])) for kind in kinds if mine[starts_in(kind)]]
    does = [
        (str(CIRCULATIONS[circle]), [str(FUNCTIONS[f]) for f in mine[circle]])
        for circle in mine
        if mine[circle]
    ]
    sits = ", ".join(str(Level(level).label) for level in sorted(line.levels))
    return DutySheet(line.code, str(line.label), sits, does, takes)


def _of_bodies(
    table: WhoTable, kinds: Sequence[MatterType], names: dict[str, list[str]]
) -> Iterator[DutySheet]:
    """What the matter list gives to bodies: they handle it where it is held by a level that dispatches to them."""
    handled = [
        c for c in Circulation if any(ROLES[code].at_organisation for code in table[c, Function.HANDLES])
    ]
    does = [(str(CIRCULATIONS[circle]), [str(FUNCTIONS[Function.HANDLES])]) for circle in handled]
    for function in BodyFunction:
        takes = [_take(kind, (Function.HANDLES,)) for kind in kinds if function.value in kind.handlers]
        if takes:
            sits = _(", ").join(names.get(function.value, [])) or _(
                "nobody in this town takes care of it yet"
            )
            yield DutySheet(f"{BODY}{function.value}", str(function.label), sits, does, takes)


def _take(kind: MatterType, does: tuple[Function, ...]) -> Take:
    own = {Clock(row.clock): row.limit for row in kind.limits.all() if row.to_at is None}
    limits = tuple(
        limit_words(limit_for(CLOCK_OF[each], own, urgent=kind.urgent)) if each in CLOCK_OF else ""
        for each in does
    )
    return Take(kind, does, limits)


def _bodies(who: Who) -> dict[str, list[str]]:
    """Organisations that one may see, by what they take care of."""
    found: dict[str, list[str]] = {}
    for body in Organisation.objects.visible_to(who).open().with_functions().order_by("name")[:MOST_BODIES]:
        for function in body.functions:
            found.setdefault(function.value, []).append(body.label)
    return found
