"""The matter list as a select: what the text sounds like first, then two levels of groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mulin.matters.models import MatterType
from mulin.matters.queries.danger import call_first
from mulin.matters.queries.suggest import kind_matches, suggest_kinds

Groups = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Kinds:
    """What the select offers, and what is proposed where nothing is chosen yet."""

    groups: Groups
    proposed: str
    listed: dict[str, MatterType]
    call_first: tuple[str, ...]  # the emergency numbers that come before any report


def kinds_for(text: str, words: str = "", chosen: str = "") -> Kinds:
    """One statement. `words` narrows the list down; what is chosen stays in it."""
    tree = list(MatterType.objects.tree())
    names = {kind.pk: kind.label for kind in tree}
    parents = {kind.pk: kind.parent_id for kind in tree}
    listed = [kind for kind in tree if kind.level == 3]
    suggested = suggest_kinds(text, listed)
    shown = [kind for kind in listed if kind.code == chosen or kind_matches(kind, words)]
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in shown:
        above = kind.parent_id and parents.get(kind.parent_id)
        name = " › ".join(names[key] for key in (above, kind.parent_id) if key)
        groups.setdefault(name, []).append((kind.code, kind.label))
    first: Groups = [(_("Sounds like"), [(kind.code, kind.label) for kind in suggested])] if suggested else []
    return Kinds(
        [*first, *groups.items()],
        suggested[0].code if suggested else "",
        {kind.code: kind for kind in listed},
        call_first(text, next((kind for kind in listed if kind.code == chosen), None)),
    )
