"""Houses and open ground of the exclusive grids, from a table of rectangles a kind: `data/sites.csv`."""

from ..specs import Feature, Kind
from ..words import Words, rows
from .drafts import Built, Draft
from .plan import Plan, Site
from .plots import Box, Plot
from .shapes import outline


def build_sites(plan: Plan, plots: list[Plot]) -> Built:
    """All exclusive grids."""
    built = Built()
    for key, site in plan.sites.items():
        own = [plot for plot in plots if plot.key == key]
        for number, plot in enumerate(own, 1):
            built.add(_build(site, plot, number if len(own) > 1 else 0))
    return built


def _build(site: Site, plot: Plot, number: int) -> Built:
    """One plot of a site; the plots of a large site are numbered."""
    built = Built()
    for row in rows("sites.csv"):
        if row["site"] != site.kind:
            continue
        footprint = plot.place(outline(row["shape"], _box(plot, row)))
        name = _name(site, row, number)
        if row["feature"]:
            built.features.append(Feature(row["feature"], *name, footprint))
        else:
            kind, floors, shops = Kind(row["building"]), int(row["floors"]), int(row["shops"])
            built.drafts.append(Draft(plot.key, kind, footprint, floors, shops, name))
    return built


def _box(plot: Plot, row: dict[str, str]) -> Box:
    """The row's share of the plot, in metres."""
    x, y, width, height = (float(row[column]) for column in ("x", "y", "w", "h"))
    return Box(x * plot.width, y * plot.height, (x + width) * plot.width, (y + height) * plot.height)


def _name(site: Site, row: dict[str, str], number: int) -> Words:
    zh = f"{number}号{row['name_zh']}" if number else row["name_zh"]
    en = f"{row['name_en']} {number}" if number else row["name_en"]
    return Words(f"{site.name.zh}{zh}", f"{en}, {site.name.en}")
