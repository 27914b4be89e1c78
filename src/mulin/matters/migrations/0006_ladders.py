import django.db.models.deletion
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_clocks_of_running_turns")]

    operations = [
        migrations.CreateModel(
            name="MatterRung",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("urgent", models.BooleanField(default=False)),
                ("clock", mulin.kernel.fields.ShortText(default="", limit=12)),
                ("percent", models.PositiveSmallIntegerField()),
                ("tells", models.JSONField(default=list)),
                ("hand_up", models.BooleanField(default=False)),
                ("sample", models.BooleanField(default=False)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                (
                    "type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rungs",
                        to="matters.mattertype",
                    ),
                ),
            ],
            options={"ordering": ("percent", "clock")},
        ),
        migrations.AddConstraint(
            model_name="matterrung",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__range", (1, 1000))), name="rung_within_the_ladder"
            ),
        ),
        migrations.AddConstraint(
            model_name="matterrung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_at", None), ("type__isnull", False)),
                fields=("type", "clock", "percent"),
                name="rung_one_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="matterrung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_at", None), ("type__isnull", True)),
                fields=("urgent", "clock", "percent"),
                name="rung_one_running_of_all",
            ),
        ),
    ]
