"""Marks that move with what everybody reads and hardly anybody writes."""

from typing import Any

from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids

NAMES = ("places", "posts", "kinds")


def first_marks(apps: Any, _editor: Any) -> None:
    """What was there before stamps has a mark from now on."""
    stamps = apps.get_model("kernel", "Stamp")
    stamps.objects.bulk_create([stamps(name=name, mark=mulin.kernel.ids.new_id()) for name in NAMES])


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_machinery")]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("name", mulin.kernel.fields.ShortText(limit=40, primary_key=True, serialize=False)),
                ("mark", models.UUIDField(default=mulin.kernel.ids.new_id)),
            ],
        ),
        migrations.RunPython(first_marks, migrations.RunPython.noop),
    ]
