"""Keys of our rows: UUIDs version 7, made by the application.

The application makes them, not the database, so that a row has its key before it is stored (offline phones,
one insert for a whole family of rows) and so that a county can be moved between servers without renumbering.
They sort roughly by time, which keeps indexes compact; they order nothing that must not miss a row.
"""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a new UUID version 7; within one process each is greater than the one before."""
    return uuid7()
