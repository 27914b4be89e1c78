"""Give the turns and promises that run already the clocks behind their dates."""

from typing import Any

from django.db import migrations
from django.db.models import F

RUNS = {
    "reported": "file",
    "filed": "dispatch",
    "dispatched": "accept",
    "handling": "handle",
    "handled": "check",
}


def start(apps: Any, _editor: Any) -> None:
    matters = apps.get_model("matters", "Matter").objects
    for state, clock in RUNS.items():
        matters.filter(state=state, due_from=None).update(
            due_clock=clock, due_from=F("state_at"), promise_from=F("reported_at")
        )
    apps.get_model("matters", "Part").objects.filter(to_at=None, clock_from=None).update(
        clock_from=F("from_at")
    )


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_clocks_parts_and_links")]

    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
