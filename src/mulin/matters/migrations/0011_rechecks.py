import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0010_closed_is_not_solved"),
        ("posts", "0001_people_and_posts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="photo",
            name="when",
            field=mulin.kernel.fields.ShortText(
                choices=[("before", "before"), ("after", "after"), ("recheck", "recheck")], limit=8
            ),
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PastPath()),
                ("in_time", models.BooleanField()),
                (
                    "answer",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("solved", "solved"),
                            ("not_solved", "not_solved"),
                            ("cannot_tell", "cannot_tell"),
                        ],
                        default="",
                        limit=12,
                    ),
                ),
                ("drawn_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to="matters.matter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to="posts.seat",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["seat", "due_at"],
                        name="recheck_queue",
                    ),
                    models.Index(fields=["drawn_at", "place"], name="recheck_figures"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="recheck_answered_with_answer",
                    )
                ],
            },
        ),
    ]
