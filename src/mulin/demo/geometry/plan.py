"""The plan drawn by hand: which cell of the lattice belongs to which grid, and what each line is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..specs import Size
from ..words import Words, both, table

OUTSIDE = ".."
WIDTHS = {"avenue": 32.0, "street": 20.0, "lane": 10.0, "railway": 34.0, "river": 44.0}  # m
Cell = tuple[int, int]  # row from the north, column from the west


@dataclass(frozen=True)
class Line:
    """A line of the lattice: "r2" or "c3"."""

    kind: str
    name: Words | None  # a lane takes its name later

    @property
    def width(self) -> float:
        return WIDTHS[self.kind]


@dataclass(frozen=True)
class Site:
    """What an exclusive grid is for."""

    kind: str
    name: Words


@dataclass(frozen=True)
class Park:
    kind: str
    name: Words
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """A production grid: whole cells."""

    name: Words
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Strip:
    """A commercial grid: the ground within `depth` metres of a stretch of a line."""

    name: Words
    line: str
    steps: range
    depth: float


LANE = Line("lane", None)


@dataclass(frozen=True)
class Plan:
    """One plan file, read."""

    buildings: int
    units: int
    columns: tuple[float, ...]  # m
    rows: tuple[float, ...]  # m
    cells: tuple[tuple[str, ...], ...]
    committees: dict[str, str]  # key in the cells → 12-digit code
    sites: dict[str, Site]  # by grid key
    lines: dict[str, Line]
    parks: tuple[Park, ...]
    blocks: tuple[Block, ...]
    strips: tuple[Strip, ...]

    def grid_at(self, row: int, column: int) -> str:
        """The key of the grid at a cell; OUTSIDE beyond the town."""
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.columns)
        return self.cells[row][column] if inside else OUTSIDE

    def inside(self) -> Iterator[Cell]:
        """All cells of the town, as one reads."""
        for row, keys in enumerate(self.cells):
            yield from ((row, column) for column, key in enumerate(keys) if key != OUTSIDE)

    def grids(self) -> dict[str, tuple[Cell, ...]]:
        """Every grid's cells; in the order in which a reader of the map meets them."""
        found: dict[str, list[Cell]] = {}
        for row, column in self.inside():
            found.setdefault(self.cells[row][column], []).append((row, column))
        return {key: tuple(cells) for key, cells in found.items()}

    def has_homes(self, row: int, column: int) -> bool:
        """Whether people live on a cell: neither outside, nor a site, nor a park."""
        key = self.grid_at(row, column)
        in_park = any((row, column) in park.cells for park in self.parks)
        return key != OUTSIDE and key not in self.sites and not in_park

    def line(self, name: str) -> Line:
        return self.lines.get(name, LANE)


def read_plan(size: Size) -> Plan:
    """The plan of a size, from its data file."""
    raw = table(f"{size}.toml")
    plan = Plan(
        buildings=raw["buildings"],
        units=raw["units"],
        columns=tuple(map(float, raw["columns"])),
        rows=tuple(map(float, raw["rows"])),
        cells=tuple(tuple(line.split()) for line in raw["cells"].strip().splitlines()),
        committees=raw["committees"],
        sites={key: Site(site["site"], both(site["name"])) for key, site in raw["exclusive"].items()},
        lines={key: Line(line["kind"], both(line["name"])) for key, line in raw["lines"].items()},
        parks=tuple(_park(each) for each in raw.get("features", ())),
        blocks=(),
        strips=tuple(_strip(each) for each in raw.get("strips", ())),
    )
    return _with_blocks(plan, raw.get("blocks", ()))


def _park(raw: dict[str, Any]) -> Park:
    return Park(raw["kind"], both(raw["name"]), tuple((row, column) for row, column in raw["cells"]))


def _strip(raw: dict[str, Any]) -> Strip:
    return Strip(both(raw["name"]), raw["line"], range(*raw["steps"]), float(raw["depth"]))


def _with_blocks(plan: Plan, raws: list[dict[str, Any]]) -> Plan:
    return replace(plan, blocks=tuple(_block(plan, raw) for raw in raws))


def _block(plan: Plan, raw: dict[str, Any]) -> Block:
    rows, columns = range(*raw["rows"]), range(*raw["columns"])
    cells = tuple(cell for cell in plan.inside() if cell[0] in rows and cell[1] in columns)
    return Block(both(raw["name"]), cells)
