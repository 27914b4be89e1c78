"""Keeps a matter findable: its words as bigrams, with the areas and organisations that may see it."""

from __future__ import annotations

from mulin.kernel import search
from mulin.matters.models import Matter, Part, Reporter

TABLE = search.declare("matters_search")


def index(matter: Matter) -> None:
    """Rewrite the search row of a matter, in the transaction of its row."""
    search.write(TABLE, matter.pk, matter.reported_at, words(matter), tokens(matter))


def words(matter: Matter) -> str:
    kind = matter.type
    return " ".join((matter.number, matter.title, matter.text, matter.address, kind.name, kind.name_en))


def tokens(matter: Matter) -> set[str]:
    """Who may find it: each area above its place, the taking grid and the holder, each body with a part, its own."""
    found = set[str]()
    for path in {matter.place, matter.taken_by.path, matter.held_at.path}:
        found |= search.area_tokens(path)
    bodies = Part.objects.filter(matter=matter, seat__organisation__isnull=False)
    found |= {search.organisation_token(pk) for pk in bodies.values_list("seat__organisation", flat=True)}
    own = Reporter.objects.filter(matter=matter, user__isnull=False).values_list("user", flat=True)
    return found | {search.own_token(person) for person in own if person}
