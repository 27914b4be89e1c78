"""Slips for the first sign-in, staff lists between dry run and yes, and a phone for residents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0001_people_and_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="public_phone",
            field=mulin.kernel.fields.ShortText(
                blank=True, default="", limit=40, verbose_name="phone for residents"
            ),
        ),
        migrations.CreateModel(
            name="StaffDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file", mulin.kernel.fields.ShortText(limit=120)),
                ("rows", mulin.kernel.fields.EncryptedText(context="staff_draft.rows")),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", mulin.kernel.fields.BlindIndex(db_index=True, limit=80)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-in slip",
                "verbose_name_plural": "sign-in slips",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("used_at", None), ("withdrawn_at", None)),
                        fields=("user",),
                        name="slip_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="slip_expires_later",
                    ),
                ],
            },
        ),
    ]
