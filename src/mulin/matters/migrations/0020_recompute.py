from django.db import migrations, models

import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0013_temporary_types"),
    ]

    operations = [
        migrations.CreateModel(
            name="MovedPromise",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("was", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recompute",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("only", models.BooleanField(default=True)),
                ("calendars", models.UUIDField(null=True)),
                ("wanted", models.PositiveIntegerField(default=0)),
                ("doing", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField(null=True)),
                ("cursor", models.UUIDField(null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("only",), name="recompute_once"),
                    models.CheckConstraint(condition=models.Q(("only", True)), name="recompute_is_the_only"),
                ],
            },
        ),
    ]
