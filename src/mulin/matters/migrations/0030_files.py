import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0020_recompute"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("photo", "photo"),
                            ("audio", "audio"),
                            ("video", "video"),
                            ("pdf", "pdf"),
                            ("office", "office"),
                            ("text", "text"),
                        ],
                        limit=8,
                    ),
                ),
                ("name", mulin.kernel.fields.ShortText(limit=120)),
                ("media", mulin.kernel.fields.ShortText(limit=100)),
                ("file", mulin.kernel.fields.ShortText(limit=120)),
                ("preview", mulin.kernel.fields.ShortText(default="", limit=120)),
                ("size", models.BigIntegerField()),
                ("sha256", mulin.kernel.fields.ShortText(limit=64)),
                ("scanned", models.BooleanField()),
                ("by_reporter", models.BooleanField()),
                ("for_reporter", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="matters.matter"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
    ]
