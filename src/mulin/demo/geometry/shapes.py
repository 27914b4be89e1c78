"""Outlines of houses, drawn in a plot's own metres."""

from shapely.geometry import LineString, Polygon, box

from .plots import Box

WING = 0.38  # share of the outline's sides that a wing takes


def outline(shape: str, at: Box) -> Polygon:
    """A `box`, an `l`, a `u` open to the south, or an `oval` filling the rectangle."""
    if shape == "l":
        return _l(at)
    if shape == "u":
        return _u(at)
    if shape == "oval":
        return _oval(at)
    return box(at.x0, at.y0, at.x1, at.y1)


def with_wing(at: Box, width: float, reach: float, *, east: bool) -> Polygon:
    """A slab with a wing to the south at one end."""
    x0 = at.x1 - width if east else at.x0
    wing = box(x0, at.y0 - reach, x0 + width, at.y0)
    joined: Polygon = box(at.x0, at.y0, at.x1, at.y1).union(wing).normalize()  # type: ignore[assignment]  # touching boxes make one polygon
    return joined


def _l(at: Box) -> Polygon:
    x, y = at.x0 + at.width * WING, at.y1 - at.height * WING
    return Polygon([(at.x0, at.y0), (x, at.y0), (x, y), (at.x1, y), (at.x1, at.y1), (at.x0, at.y1)])


def _u(at: Box) -> Polygon:
    left, right = at.x0 + at.width * 0.22, at.x1 - at.width * 0.22
    y = at.y1 - at.height * 0.45
    west = [(at.x0, at.y0), (left, at.y0), (left, y)]
    east = [(right, y), (right, at.y0), (at.x1, at.y0)]
    return Polygon([*west, *east, (at.x1, at.y1), (at.x0, at.y1)])


def _oval(at: Box) -> Polygon:
    """A running track."""
    x, radius = (at.x0 + at.x1) / 2, min(at.width, at.height) / 2
    if at.height >= at.width:
        line = LineString([(x, at.y0 + radius), (x, at.y1 - radius)])
    else:
        y = (at.y0 + at.y1) / 2
        line = LineString([(at.x0 + radius, y), (at.x1 - radius, y)])
    return line.buffer(radius, quad_segs=6)
