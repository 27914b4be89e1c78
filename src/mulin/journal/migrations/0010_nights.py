import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Archive",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", mulin.kernel.fields.ShortText(limit=120, unique=True)),
                ("at", models.DateTimeField()),
                ("before", models.DateField()),
                ("entries", models.IntegerField()),
                ("chains", models.IntegerField()),
                ("sha256", mulin.kernel.fields.ShortText(limit=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArchivedEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.BigIntegerField(unique=True)),
                ("hash", mulin.kernel.fields.ShortText(limit=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Keeping",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule", mulin.kernel.fields.ShortText(limit=20, unique=True)),
                ("years", models.FloatField()),
                ("by_itself", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("years__gt", 0), ("years__lte", 200)),
                        name="journal_keeping_years",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Night",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("work", mulin.kernel.fields.ShortText(limit=20)),
                ("night", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("problem", mulin.kernel.fields.ShortText(blank=True, default="", limit=40)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["work", "started_at"], name="journal_night_started")],
                "constraints": [models.UniqueConstraint(fields=("work", "night"), name="journal_one_night")],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField(unique=True)),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("root", mulin.kernel.fields.ShortText(limit=64)),
                ("prev", mulin.kernel.fields.ShortText(limit=64)),
                ("hash", mulin.kernel.fields.ShortText(limit=64)),
                ("text", mulin.kernel.fields.ShortText(limit=2000000)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="journal_seal_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "last__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("first"), "-", models.Value(1)
                                ),
                            )
                        ),
                        name="journal_seal_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArchivedChain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("hash", mulin.kernel.fields.ShortText(limit=64)),
                (
                    "archive",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="of",
                        to="journal.archive",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "seq"), name="journal_archived_once")
                ],
            },
        ),
    ]
