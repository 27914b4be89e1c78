"""The sign-in log with its sessions, and what the single sign-on is bound to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0040_residents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bond",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", mulin.kernel.fields.EncryptedText(context="bond.subject")),
                ("subject_index", mulin.kernel.fields.BlindIndex(db_index=True, limit=80)),
                ("bound_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bond",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "single sign-on",
                "verbose_name_plural": "single sign-on",
                "constraints": [models.UniqueConstraint(fields=("subject_index",), name="bond_subject_once")],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("way", mulin.kernel.fields.ShortText(limit=10)),
                ("second", mulin.kernel.fields.ShortText(blank=True, default="", limit=10)),
                ("outcome", mulin.kernel.fields.ShortText(limit=10)),
                ("device", mulin.kernel.fields.ShortText(blank=True, default="", limit=80)),
                (
                    "address",
                    mulin.kernel.fields.EncryptedText(blank=True, context="sign_in.address", default=""),
                ),
                ("session", mulin.kernel.fields.ShortText(blank=True, default="", limit=40)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", mulin.kernel.fields.ShortText(blank=True, default="", limit=10)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-in",
                "verbose_name_plural": "sign-ins",
                "indexes": [
                    models.Index(fields=["at", "id"], name="sign_in_order"),
                    models.Index(fields=["user", "at"], name="sign_in_of_user"),
                ],
            },
        ),
    ]
