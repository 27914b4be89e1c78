"""A town's own texts: those in force, and those of before."""

from __future__ import annotations

from collections.abc import Iterable

from mulin.channels.models import Template
from mulin.channels.texts import Texts
from mulin.places.face import Area


def texts_of(towns: Iterable[str]) -> Texts:
    """The texts in force of these towns (by path); one statement."""
    rows = Template.objects.filter(to_at=None, town__path__in=set(towns))
    return Texts({(path, kind, language): text for path, kind, language, text in rows.values_list(
        "town__path", "kind", "language", "text"
    )})  # fmt: skip


def history_of(town: Area, kind: str) -> list[Template]:
    """Every text that the town has had for this kind, the newest first."""
    rows = Template.objects.filter(town=town, kind=kind).select_related("by")
    return list(rows.order_by("-from_at", "language", "-id")[:100])
