"""Whom one may be in the demo, at one click: the cast of `data/cast.csv`, in the language of the screen."""

from __future__ import annotations

from django.utils.translation import get_language

from mulin.demo.models import DemoTown
from mulin.demo.words import rows
from mulin.posts.face import DemoPerson


def cast() -> list[DemoPerson]:
    """Nobody, where the town in the database is not the invented one: a real town's people stay their own."""
    if not DemoTown.objects.exists():
        return []
    tongue = "zh" if (get_language() or "").startswith("zh") else "en"
    return [
        DemoPerson(row["username"], row[f"title_{tongue}"], row[f"about_{tongue}"])
        for row in rows("cast.csv")
    ]
