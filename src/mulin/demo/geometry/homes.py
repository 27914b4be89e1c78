"""Where people live: rows of slabs facing south, some towers, shops along the larger streets."""

from dataclasses import dataclass, replace
from random import Random

from ..chance import chance
from ..specs import Feature, Kind
from .drafts import Built, Draft
from .plan import Plan
from .plots import Box, Plot
from .shapes import outline, with_wing

DEPTH = 13.0  # of a slab, m
SHORTEST, LONGEST, USUAL = 26.0, 74.0, 54.0  # slab, m
CLOSEST_ROWS, USUAL_ROWS, WIDEST_ROWS = 27.0, 38.0, 52.0  # m from one row's front to the next
SHOP_DEPTH, SHOP_FRONT, YARD = 10.0, 8.0, 13.0  # m; the yard lies behind the shops
SHOP_CHANCE = {"avenue": 0.6, "street": 0.4}
FLOORS = (4, 5, 5, 5, 6, 6, 6, 6, 6, 7)
NEAR_A_ROAD, SHOPS_AT_AN_END = 30.0, 2  # m from the edge of the plot; shops
WING_CHANCE = 0.09
TOWER_PLOTS = 0.1  # share of the plots
TOWER_SIZE, TOWER_FLOORS = (30.0, 17.0), (11, 12, 15, 18)


@dataclass(frozen=True)
class Rows:
    """How slabs stand in a box: so many rows of at most so many, each so long, so far apart."""

    count: int
    places: int
    length: float
    gap: float
    pitch: float


def build_homes(plan: Plan, plots: list[Plot], count: int, seed: int) -> Built:
    """So many buildings on the plots of the basic grids, shared out by size."""
    own = [plot for plot in plots if plot.key not in plan.sites]
    built = Built()
    for index, (plot, share) in enumerate(zip(own, _shares(own, count), strict=True)):
        here = _build(plot, share, chance(seed, f"plot {index}"))
        built.add(Built([replace(draft, part=index) for draft in here.drafts], here.features))
    return built


def _shares(plots: list[Plot], count: int) -> list[int]:
    """`count` shared out by area; the largest remainders get what is left."""
    whole = sum(plot.area for plot in plots)
    exact = [count * plot.area / whole for plot in plots]
    shares = [int(share) for share in exact]
    by_rest = sorted(range(len(plots)), key=lambda index: shares[index] - exact[index])
    for index in by_rest[: count - sum(shares)]:
        shares[index] += 1
    return shares


def _build(plot: Plot, count: int, dice: Random) -> Built:
    """The shops of a plot, and slabs or towers on what they leave."""
    shops, free = _shops(plot, count, dice)
    towers = not shops and count >= 2 and dice.random() < TOWER_PLOTS
    homes = _towers(plot, count, dice) if towers else _slabs(plot, free, count - len(shops), dice)
    homes.drafts += shops
    return homes


def _shops(plot: Plot, count: int, dice: Random) -> tuple[list[Draft], Box]:
    """At most one row of shops, along a large street, and the box behind it."""
    for side, road in plot.roads.items():
        if count >= 3 and dice.random() < SHOP_CHANCE.get(road, 0):
            front, free = _split(plot.box, side)
            footprint = plot.place(outline("box", front))
            shops = int(max(front.width, front.height) / SHOP_FRONT)
            return [Draft(plot.key, Kind.SHOP, footprint, dice.choice((1, 2, 2)), shops)], free
    return [], plot.box


def _split(box: Box, side: str) -> tuple[Box, Box]:
    """A strip of shops along one side of a box, and the rest."""
    deep = SHOP_DEPTH + YARD
    if side == "south":
        return replace(box, y1=box.y0 + SHOP_DEPTH), replace(box, y0=box.y0 + deep)
    if side == "north":
        return replace(box, y0=box.y1 - SHOP_DEPTH), replace(box, y1=box.y1 - deep)
    if side == "west":
        return replace(box, x1=box.x0 + SHOP_DEPTH), replace(box, x0=box.x0 + deep)
    return replace(box, x0=box.x1 - SHOP_DEPTH), replace(box, x1=box.x1 - deep)


def _towers(plot: Plot, count: int, dice: Random) -> Built:
    """Point blocks, two a row."""
    built = Built()
    width, depth = TOWER_SIZE
    lines = (count + 1) // 2
    floors = dice.choice(TOWER_FLOORS)
    for index in range(count):
        row, east = divmod(index, 2)
        x = plot.width * (0.72 if east else 0.28) - width / 2
        y = plot.height * (1 - (row + 0.5) / lines) - depth / 2
        at = Box(x, y, x + width, y + depth)
        built.drafts.append(Draft(plot.key, Kind.TOWER, plot.place(outline("box", at)), floors, length=width))
    return built


def _slabs(plot: Plot, box: Box, count: int, dice: Random) -> Built:
    """Rows from north to south; where a row has a place too many, a garden."""
    rows = _best_rows(box, count)
    floors = dice.choice(FLOORS)
    short = _short_rows(rows, count, dice)
    built = Built()
    for row in range(rows.count):
        empty = dice.choice((0, rows.places - 1)) if row in short else -1
        for place in range(rows.places):
            at = _spot(box, rows, row, place)
            if place == empty:
                built.features.append(Feature("garden", "", "", plot.place(outline("box", at))))
            else:
                built.drafts.append(_slab(plot, at, floors, rows if row + 1 < rows.count else None, dice))
    return built


def _best_rows(box: Box, count: int) -> Rows:
    """The arrangement nearest to how slabs usually stand."""
    choices = [rows for number in range(1, count + 1) if (rows := _rows(box, count, number))]
    if not choices:
        raise ValueError(f"{count} slabs do not fit {box.width:.0f} m x {box.height:.0f} m")
    return min(choices, key=_oddity)


def _rows(box: Box, count: int, number: int) -> Rows | None:
    """This number of rows, if slabs and the light between them fit."""
    places = -(-count // number)
    length = min(LONGEST, (box.width - 12.0 * (places - 1)) / places)
    gap = (box.width - places * length) / (places - 1) if places > 1 else 0.0
    pitch = (box.height - DEPTH) / (number - 1) if number > 1 else box.height
    if length < SHORTEST or (pitch < CLOSEST_ROWS and number > 1) or box.height < DEPTH:
        return None
    return Rows(number, places, length, min(gap, 24.0), min(pitch, WIDEST_ROWS))


def _oddity(rows: Rows) -> float:
    return abs(rows.length - USUAL) + 0.8 * abs(rows.pitch - USUAL_ROWS)


def _short_rows(rows: Rows, count: int, dice: Random) -> list[int]:
    """The rows with one slab less."""
    return dice.sample(range(rows.count), rows.count * rows.places - count)


def _spot(box: Box, rows: Rows, row: int, place: int) -> Box:
    """Where one slab stands, the whole arrangement in the middle of its box."""
    wide = rows.places * rows.length + (rows.places - 1) * rows.gap
    high = (rows.count - 1) * rows.pitch + DEPTH
    x = box.x0 + (box.width - wide) / 2 + place * (rows.length + rows.gap)
    y = box.y1 - (box.height - high) / 2 - row * rows.pitch - DEPTH
    return Box(x, y, x + rows.length, y + DEPTH)


def _slab(plot: Plot, at: Box, floors: int, rows: Rows | None, dice: Random) -> Draft:
    """One slab; with a row to its south (`rows`) far enough away, it may have a wing."""
    reach = min(12.0, rows.pitch - DEPTH - 13.0) if rows else 0.0
    winged = dice.random() < WING_CHANCE and reach >= 6
    shape = with_wing(at, 11.0, reach, east=dice.random() < 0.5) if winged else outline("box", at)
    shops = _shops_at_the_ends(plot, at)
    return Draft(plot.key, Kind.SLAB, plot.place(shape), floors, shops, length=at.width)


def _shops_at_the_ends(plot: Plot, at: Box) -> int:
    """Ground-floor flats turned into shops where the end of a slab looks on an avenue."""
    west = plot.roads["west"] == "avenue" and at.x0 < NEAR_A_ROAD
    east = plot.roads["east"] == "avenue" and plot.width - at.x1 < NEAR_A_ROAD
    return SHOPS_AT_AN_END * (west + east)
