"""Keeps a matter findable: its words as bigrams, with the areas and organisations that may see it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from mulin.kernel import search
from mulin.matters.models import Matter, Part, Reporter

TABLE = search.declare("matters_search")


def index(matter: Matter) -> None:
    """Rewrite the search row of a matter, in the transaction of its row."""
    search.write_many(TABLE, [search_row(matter, _bodies(matter), _people(matter))])


def index_known(matter: Matter, bodies: Iterable[UUID], first: Reporter | None) -> None:
    """The same where it is known who has a part in it and who raised it."""
    people = [first.user_id] if first and first.user_id else []
    search.write_many(TABLE, [search_row(matter, bodies, people)])


def search_row(matter: Matter, bodies: Iterable[UUID], people: Iterable[UUID]) -> search.Row:
    """What is found of a matter, by whom: `bodies` have a part in it, `people` raised it."""
    return search.Row(matter.pk, matter.reported_at, words(matter), tokens(matter, bodies, people))


def words(matter: Matter) -> str:
    kind = matter.type
    return " ".join((matter.number, matter.title, matter.text, matter.address, kind.name, kind.name_en))


def tokens(matter: Matter, bodies: Iterable[UUID], people: Iterable[UUID]) -> set[str]:
    """Who may find it: each area above its place, the taking grid and the holder, each body with a part, its own."""
    found = set[str]()
    for path in {matter.place, matter.taken_by.path, matter.held_at.path}:
        found |= search.area_tokens(path)
    found |= {search.organisation_token(pk) for pk in bodies}
    return found | {search.own_token(pk) for pk in people}


def _bodies(matter: Matter) -> list[UUID]:
    parts = Part.objects.filter(matter=matter, seat__organisation__isnull=False)
    return [pk for pk in parts.values_list("seat__organisation", flat=True) if pk]


def _people(matter: Matter) -> list[UUID]:
    own = Reporter.objects.filter(matter=matter, user__isnull=False, first=True)
    return [pk for pk in own.values_list("user", flat=True) if pk]
