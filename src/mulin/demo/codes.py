"""Codes of the tree: fixed width; no area's number ends in "00", which stands for a missing level."""

NO_MICRO_GRID = "00"
_ROUND = 100


def nth(position: int) -> int:
    """The number of the thing at this position (from 1), leaving out every hundredth: 99, then 101."""
    return position + (position - 1) // (_ROUND - 1)


def grid_code(village: str, position: int) -> str:
    return f"{village}{nth(position):03d}"


def building_code(village: str, position: int) -> str:
    """The code that a building keeps for life."""
    return f"{village}{nth(position):05d}"


def building_path(grid: str, code: str) -> str:
    return f"{grid}{NO_MICRO_GRID}{code[-5:]}"


def unit_path(building: str, number: int) -> str:
    return f"{building}{number:02d}"
