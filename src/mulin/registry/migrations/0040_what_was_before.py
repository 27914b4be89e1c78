import django.db.models.deletion
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("registry", "0030_imports")]

    operations = [
        migrations.CreateModel(
            name="HomeImportBefore",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("record", models.UUIDField(db_index=True)),
                ("place", mulin.kernel.fields.PathField()),
                ("entries", models.PositiveIntegerField()),
                ("content", mulin.kernel.fields.EncryptedText(context="registry.import_before")),
                ("kept_at", models.DateTimeField(db_index=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="before",
                        to="registry.homeimport",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "row"], name="home_import_before")],
            },
        ),
    ]
