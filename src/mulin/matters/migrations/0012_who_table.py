import django.db.models.deletion
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0011_rechecks"),
        ("places", "0003_calendars"),
    ]

    operations = [
        migrations.CreateModel(
            name="WhoRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "circulation",
                    mulin.kernel.fields.ShortText(
                        choices=[("micro", "micro"), ("small", "small"), ("large", "large")], limit=8
                    ),
                ),
                (
                    "function",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("files", "files"),
                            ("dispatches", "dispatches"),
                            ("handles", "handles"),
                            ("checks", "checks"),
                            ("decides", "decides"),
                        ],
                        limit=12,
                    ),
                ),
                ("roles", models.JSONField()),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="whorow",
            name="town",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="who_rows", to="places.area"
            ),
        ),
        migrations.AddConstraint(
            model_name="whorow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_at", None)),
                fields=("town", "circulation", "function"),
                name="who_one_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="whorow",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_at", None), ("to_at__gt", models.F("from_at")), _connector="OR"),
                name="who_ends_after_start",
            ),
        ),
    ]
