"""Keeps a matter findable: its words as bigrams, with the areas and organisations that may see it."""

from __future__ import annotations

from mulin.kernel import search
from mulin.matters.models import Matter, Part
from mulin.places.face import parents

TABLE = "matters_search"


def index(matter: Matter) -> None:
    """Rewrite the search row of a matter, in the transaction of its row."""
    search.write(TABLE, matter.pk, at=matter.reported_at, text=words(matter), tokens=tokens(matter))


def words(matter: Matter) -> str:
    kind = matter.type
    return " ".join((matter.number, matter.title, matter.text, matter.address, kind.name, kind.name_en))


def tokens(matter: Matter) -> set[str]:
    """Who may find it: each area above its place, the taking grid and the holder, and each body with a part."""
    paths = {matter.place, matter.taken_by.path, matter.held_at.path}
    areas = {up for path in paths for up in (path, *parents(path))}
    bodies = Part.objects.filter(matter=matter, seat__organisation__isnull=False)
    found = {search.area_token(path) for path in areas}
    return found | {
        search.organisation_token(pk) for pk in bodies.values_list("seat__organisation", flat=True)
    }
