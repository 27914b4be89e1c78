"""The local plane in which the town is drawn: metres east and north of its centre; degrees on the way out."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

LON, LAT = 117.5600, 34.8600  # the middle of Zaozhuang's Shizhong district
METRES_A_DEGREE_LON = 91_443.0  # at this latitude, on the WGS 84 ellipsoid
METRES_A_DEGREE_LAT = 110_938.0
DECIMALS = 7  # of a degree: about a centimetre

Shape = TypeVar("Shape", bound=BaseGeometry)
Coordinates = npt.NDArray[np.float64]


def to_degrees(shape: Shape) -> Shape:
    """Metres to degrees on a grid of 1e-7. Equal points stay equal, so shared borders stay shared."""
    degrees: Shape = shapely.transform(shape, _degrees)
    return degrees


def to_metres(shape: Shape) -> Shape:
    """Degrees to metres, for measuring."""
    metres: Shape = shapely.transform(shape, _metres)
    return metres


def _degrees(metres: Coordinates) -> Coordinates:
    return np.round(metres / [METRES_A_DEGREE_LON, METRES_A_DEGREE_LAT] + [LON, LAT], DECIMALS)


def _metres(degrees: Coordinates) -> Coordinates:
    return (degrees - [LON, LAT]) * [METRES_A_DEGREE_LON, METRES_A_DEGREE_LAT]
