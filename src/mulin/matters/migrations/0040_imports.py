import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0030_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("draft", "draft"),
                            ("running", "running"),
                            ("done", "done"),
                            ("undoing", "undoing"),
                            ("undone", "undone"),
                            ("dropped", "dropped"),
                        ],
                        default="draft",
                        limit=8,
                    ),
                ),
                ("name", mulin.kernel.fields.ShortText(limit=120)),
                ("table", mulin.kernel.fields.EncryptedText(context="import.table", default="")),
                ("columns", models.JSONField(default=dict)),
                ("meanings", models.JSONField(default=dict)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("removed", models.PositiveIntegerField(default=0)),
                ("job", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Imported",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("matter", models.UUIDField()),
                ("row", models.PositiveIntegerField()),
                ("former", mulin.kernel.fields.ShortText(default="", limit=60)),
                ("undone", models.BooleanField(default=False)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="matters.import",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["by", "-made_at"], name="import_own"),
        ),
        migrations.AddIndex(
            model_name="imported",
            index=models.Index(
                condition=models.Q(("undone", False), models.Q(("former", ""), _negated=True)),
                fields=["former"],
                name="import_former",
            ),
        ),
        migrations.AddConstraint(
            model_name="imported",
            constraint=models.UniqueConstraint(fields=("source", "row"), name="import_row_once"),
        ),
        migrations.AddConstraint(
            model_name="imported",
            constraint=models.UniqueConstraint(fields=("matter",), name="import_matter_once"),
        ),
    ]
