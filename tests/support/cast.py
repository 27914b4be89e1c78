"""Who and what is there in the tiny town, for tests marked `tiny_town`."""

from __future__ import annotations

from datetime import datetime

from mulin.posts.face import User, Who
from tests.support.clock import NOW

COUNTY, TOWN, VILLAGE = "370402", "370402005", "370402005010"
GRID, OTHER_GRID, SCHOOL_GRID, SHOPS_GRID = (f"{VILLAGE}{number:03d}" for number in (1, 2, 3, 4))
BUILDING, UNIT = f"{GRID}0000001", f"{GRID}000000101"  # the building of "building"

# The cast by user name: where each sits. `worker` works both GRID and the overlay SHOPS_GRID.
SITS_AT = {
    "worker": GRID, "building": BUILDING, "head": VILLAGE, "committee": VILLAGE, "instructor": TOWN,
    "operator": TOWN, "director": TOWN, "checker": TOWN, "clerk": TOWN, "mediator": TOWN, "publisher": TOWN,
    "sysadmin": TOWN, "secadmin": TOWN, "auditor": TOWN, "county": COUNTY,
    "handler": "law_enforcement", "police": "police",
}  # fmt: skip


def the(username: str, now: datetime = NOW) -> Who:
    """One of the cast, asking."""
    return Who.of(User.objects.get(username=username), now)
