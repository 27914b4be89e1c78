"""Leave with a deputy: who is away, and which posts are held for that time only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0030_sign_ins"),
    ]

    operations = [
        migrations.CreateModel(
            name="Leave",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_at", models.DateTimeField(verbose_name="from")),
                ("to_at", models.DateTimeField(verbose_name="until")),
                ("created_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "leave",
                "verbose_name_plural": "leaves",
                "indexes": [
                    models.Index(fields=["user", "to_at"], name="leave_by_user"),
                    models.Index(fields=["to_at", "id"], name="leave_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_at__gte", models.F("from_at"))), name="leave_ends_after_start"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="leave",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputy_posts",
                to="posts.leave",
                verbose_name="leave",
            ),
        ),
    ]
