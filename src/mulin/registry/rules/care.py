"""Care needs: for how long one may be kept at most, and who may be named to read it. Pure."""

from __future__ import annotations

from datetime import date, timedelta

LONGEST = timedelta(days=366)  # then it is asked for again, or it goes; a sample
MOST_READERS = 12

# Roles whose seats may be named: who helps on the spot or decides on help. Administrators and auditors never.
READERS = frozenset(
    {
        "unit_head", "building_head", "volunteer", "grid_worker", "grid_head", "committee_member",
        "grid_instructor", "cadre", "centre_operator", "centre_director", "window_clerk", "department_handler",
        "specialist",
    }
)  # fmt: skip


def latest(from_on: date) -> date:
    """The last day that a need may be kept that begins on this one."""
    return from_on + LONGEST
