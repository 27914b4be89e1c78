"""Residents: their accounts, the codes they sign in with, the devices they are signed in on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0010_staff_slips"),
    ]

    operations = [
        migrations.CreateModel(
            name="Resident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", mulin.kernel.fields.ShortText(limit=12)),
                ("email", mulin.kernel.fields.EncryptedText(context="resident.email", default="")),
                ("email_index", mulin.kernel.fields.BlindIndex(db_index=True, default="", limit=80)),
                ("name", mulin.kernel.fields.EncryptedText(context="resident.name", default="")),
                (
                    "document",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("identity_card", "identity_card"),
                            ("household_book", "household_book"),
                            ("permit", "permit"),
                            ("other", "other"),
                        ],
                        default="",
                        limit=20,
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resident",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="resident_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("email_index", ""), _negated=True),
                        fields=("email_index",),
                        name="resident_email_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidentCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "way",
                    mulin.kernel.fields.ShortText(choices=[("email", "email"), ("paper", "paper")], limit=10),
                ),
                ("changes_email", models.BooleanField(default=False)),
                ("code", mulin.kernel.fields.BlindIndex(db_index=True, limit=80)),
                ("wrong", models.SmallIntegerField(default=0)),
                ("seat", models.UUIDField(null=True)),
                ("name", mulin.kernel.fields.EncryptedText(context="resident.name", default="")),
                (
                    "document",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("identity_card", "identity_card"),
                            ("household_book", "household_book"),
                            ("permit", "permit"),
                            ("other", "other"),
                        ],
                        default="",
                        limit=20,
                    ),
                ),
                ("language", mulin.kernel.fields.ShortText(default="", limit=10)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resident_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="posts.resident",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("by__isnull", False)),
                        fields=["by", "-created_at"],
                        name="resident_code_by",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="resident_code_expires_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "paper"), _negated=True), ("by__isnull", False), _connector="OR"
                        ),
                        name="resident_paper_has_issuer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidentSession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("hash", mulin.kernel.fields.ShortText(limit=64)),
                (
                    "way",
                    mulin.kernel.fields.ShortText(choices=[("email", "email"), ("paper", "paper")], limit=10),
                ),
                ("device", mulin.kernel.fields.ShortText(default="", limit=20)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="posts.resident",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["resident", "-created_at"], name="resident_session_newest")],
                "constraints": [models.UniqueConstraint(fields=("hash",), name="resident_session_once")],
            },
        ),
    ]
