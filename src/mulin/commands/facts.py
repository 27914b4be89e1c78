"""`mulin facts`: what there is, counted."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from mulin.commands import start


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin facts`."""
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: Namespace) -> int:
    start.django()
    start.there()
    found = facts(start.now())
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True))
        return 0
    for name, value in found.items():
        print(f"{name:<28} {value}")
    return 0


def facts(now: Any) -> dict[str, Any]:
    """Counts by name, straight from the tables."""
    from django.db.models import Count

    from mulin.journal.face import Entry
    from mulin.matters.face import Matter
    from mulin.places.face import Area, Level
    from mulin.posts.face import Duty, Organisation, Post, User
    from mulin.registry.face import Dwelling, Household, Merchant, Resident
    from mulin.visits.face import Visit

    areas = Area.objects.open()
    found: dict[str, Any] = {
        f"areas.{level.name.lower()}": areas.filter(level=int(level)).count() for level in Level
    }
    kinds = areas.at_level(Level.GRID).values_list("grid_kind").annotate(n=Count("id"))
    found |= {f"areas.grid.{kind}": 0 for kind in ("basic", "exclusive", "overlay")}
    found |= {f"areas.grid.{kind}": count for kind, count in kinds}
    found["people"] = User.objects.count()
    found["organisations"] = Organisation.objects.count()
    found["posts"] = Post.objects.open_at(now).count()
    found["duties"] = Duty.objects.filter(to_at=None).count()
    found["dwellings"] = Dwelling.objects.there().count()
    found["households"] = Household.objects.there().count()
    found["residents"] = Resident.objects.here().count()
    found["merchants"] = Merchant.objects.there().count()
    found["visits"] = Visit.objects.exclude(visited_at=None).count()
    found["matters.total"] = Matter.objects.count()
    states = Matter.objects.values_list("state").annotate(n=Count("id")).order_by("state")
    found["matters.by_state"] = dict(states)
    found["entries"] = Entry.objects.count()
    return found
