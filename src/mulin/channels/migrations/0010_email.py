import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0001_messages"),
        ("posts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Relay",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", mulin.kernel.fields.ShortText(limit=10, unique=True)),
                ("down_since", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("why", mulin.kernel.fields.ShortText(default="", limit=20)),
                ("status", mulin.kernel.fields.ShortText(default="", limit=20)),
                ("well_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", mulin.kernel.fields.ShortText(limit=10)),
                ("address", mulin.kernel.fields.EncryptedText(context="mail.address", default="")),
                ("address_index", mulin.kernel.fields.BlindIndex(db_index=True, default="", limit=80)),
                ("subject", mulin.kernel.fields.EncryptedText(context="mail.subject", default="")),
                ("body", mulin.kernel.fields.EncryptedText(context="mail.body", default="")),
                (
                    "language",
                    mulin.kernel.fields.ShortText(choices=[("zh-hans", "zh-hans"), ("en", "en")], limit=10),
                ),
                ("priority", models.SmallIntegerField(default=2)),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("waiting", "Waiting"),
                            ("claimed", "Claimed"),
                            ("handing", "Handing"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("unsure", "Unsure"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        limit=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why", mulin.kernel.fields.ShortText(default="", limit=20)),
                ("status", mulin.kernel.fields.ShortText(default="", limit=20)),
                ("bounced_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage__in", ("waiting", "claimed", "handing"))),
                        fields=["priority", "due_at"],
                        name="mail_open",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="mail_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("why", mulin.kernel.fields.ShortText(default="", limit=20)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="channels.message",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="channels.mail",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("mail__isnull", True), ("why", "")),
                        fields=["due_at"],
                        name="letter_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", mulin.kernel.fields.EncryptedText(context="mail.address", default="")),
                ("asked", mulin.kernel.fields.EncryptedText(context="mail.address", default="")),
                ("code_hash", mulin.kernel.fields.ShortText(default="", limit=64)),
                ("code_until", models.DateTimeField(null=True)),
                ("wrong", models.SmallIntegerField(default=0)),
                (
                    "pace",
                    mulin.kernel.fields.ShortText(
                        choices=[("each", "each"), ("daily", "daily"), ("urgent", "urgent"), ("off", "off")],
                        default="each",
                        limit=10,
                    ),
                ),
                ("quiet_from", models.SmallIntegerField(null=True)),
                ("quiet_to", models.SmallIntegerField(null=True)),
                ("bounced", mulin.kernel.fields.BlindIndex(db_index=True, default="", limit=80)),
                ("bounces", models.SmallIntegerField(default=0)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailbox",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_to__isnull", True)),
                            models.Q(("quiet_from__range", (0, 1439)), ("quiet_to__range", (0, 1439))),
                            _connector="OR",
                        ),
                        name="mailbox_quiet_hours",
                    )
                ],
            },
        ),
    ]
