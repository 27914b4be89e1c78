"""Records opened outside one's area, for a while, and what was made of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0050_resident_account"),
        ("registry", "0001_homes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seat", models.UUIDField(blank=True, null=True)),
                ("subject_kind", mulin.kernel.fields.ShortText(limit=12)),
                ("subject", models.UUIDField()),
                ("place", mulin.kernel.fields.PathField(verbose_name="where")),
                ("reason", mulin.kernel.fields.EncryptedText(context="glass.reason", verbose_name="reason")),
                ("opened_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                (
                    "judged",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("right", "There was good reason"),
                            ("talked", "It was talked over"),
                            ("wrong", "There was no reason"),
                        ],
                        default="",
                        limit=10,
                    ),
                ),
                (
                    "note",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="glass.note", default="", verbose_name="note"
                    ),
                ),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opened outside one's area",
                "verbose_name_plural": "opened outside one's area",
                "indexes": [
                    models.Index(fields=["user", "until_at"], name="glass_of_user"),
                    models.Index(fields=["subject", "opened_at"], name="glass_of_subject"),
                    models.Index(fields=["opened_at", "id"], name="glass_newest"),
                    models.Index(
                        condition=models.Q(("judged", "")), fields=["opened_at"], name="glass_to_review"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("opened_at"))),
                        name="glass_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged", ""), ("judged_at", None), ("judged_by", None)),
                            models.Q(
                                models.Q(("judged", ""), _negated=True),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="glass_judged_by_somebody",
                    ),
                ],
            },
        ),
    ]
