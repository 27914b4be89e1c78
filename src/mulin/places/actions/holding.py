"""Nobody redraws or moves codes meanwhile: for whoever stores a path, or works something out from borders."""

from __future__ import annotations

from django.db import connection

from mulin.kernel import stamps
from mulin.kernel.refusals import Conflict
from mulin.places.models import Area, Stamp


def hold_tree() -> None:
    """Keep the tree as it is until the caller's transaction ends. Call it before any other lock is taken.

    Any number hold it together; whoever writes places (`begin`) waits for all of them, and they for that one. What
    was read of places before may be past by then: read it anew. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT 1 FROM "{Stamp._meta.db_table}" FOR SHARE')  # noqa: S608 - the name of a table
    stamps.look_anew()


def held(area: Area) -> Area:
    """The area as it is now, and stays until the caller's transaction ends."""
    hold_tree()
    found = (
        Area.objects.plain()
        .select_related("parent")
        .defer("border", "parent__border")
        .filter(pk=area.pk)
        .first()
    )
    if found is None:
        raise Conflict
    return found
