"""Long work that goes on while its page is left."""

from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0002_stamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", mulin.kernel.fields.ShortText(limit=60)),
                ("owner", models.UUIDField(blank=True, null=True)),
                ("facts", mulin.kernel.fields.EncryptedText(context="job.facts")),
                ("language", mulin.kernel.fields.ShortText(limit=10)),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("waiting", "waiting for its turn"),
                            ("running", "under way"),
                            ("done", "done"),
                            ("failed", "went wrong"),
                            ("stopped", "stopped"),
                        ],
                        limit=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("alive_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("cursor", mulin.kernel.fields.ShortText(blank=True, limit=200)),
                ("said", mulin.kernel.fields.EncryptedText(blank=True, context="job.said")),
                ("file", mulin.kernel.fields.ShortText(blank=True, limit=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["stage", "created_at"], name="kernel_job_stage"),
                    models.Index(fields=["owner", "created_at"], name="kernel_job_owner"),
                ],
            },
        ),
    ]
