"""Lists compared with the registry, and their rows."""

import django.db.models.deletion
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0010_landmarks_and_panoramas"),
        ("visits", "0001_visits"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComparedList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                ("title", mulin.kernel.fields.ShortText(limit=100, verbose_name="title")),
                (
                    "purpose",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("duty", "In the course of duty"),
                            ("contact", "To reach the person about their matter"),
                            ("verify", "To verify facts on the spot"),
                            ("emergency", "Danger to life or property"),
                            ("request", "The person asked for it"),
                            ("audit", "An audit"),
                        ],
                        limit=10,
                        verbose_name="purpose",
                    ),
                ),
                ("why", mulin.kernel.fields.ShortText(limit=200, verbose_name="what for")),
                (
                    "says",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("todo", "Whoever stands on it is still to be reached"),
                            (
                                "done",
                                "Whoever stands on it is done; everybody else who lives here is outstanding",
                            ),
                        ],
                        limit=6,
                        verbose_name="what it means to stand on it",
                    ),
                ),
                ("age_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("table", mulin.kernel.fields.EncryptedText(blank=True, context="list.table", default="")),
                ("columns", models.JSONField(blank=True, default=dict)),
                ("rows", models.PositiveIntegerField(default=0)),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("draft", "uploaded"),
                            ("running", "being compared"),
                            ("ready", "compared"),
                            ("erased", "erased"),
                        ],
                        default="draft",
                        limit=8,
                    ),
                ),
                ("job", models.UUIDField(blank=True, null=True)),
                ("until_on", models.DateField(verbose_name="erased after")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("compared_at", models.DateTimeField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                        verbose_name="compared with",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="lists",
                        to="visits.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "compared list",
                "verbose_name_plural": "compared lists",
            },
        ),
        migrations.CreateModel(
            name="ListRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("row", models.PositiveIntegerField(default=0)),
                ("name", mulin.kernel.fields.EncryptedText(blank=True, context="list_row.name", default="")),
                (
                    "outcome",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("done", "done"),
                            ("outstanding", "outstanding"),
                            ("unknown", "not in the registry"),
                            ("ambiguous", "not certain who it is"),
                            ("gone", "no longer lives here"),
                            ("twice", "stands there twice"),
                        ],
                        limit=12,
                    ),
                ),
                (
                    "how",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("document", "by the document number"),
                            ("phone", "by the phone"),
                            ("name", "by name and date of birth"),
                            ("registry", "from the registry: not on the list"),
                            ("differs", "the number belongs to another name"),
                            ("several", "several people fit"),
                            ("malformed", "the document number has a wrong check digit"),
                            ("empty", "nothing in the row says who it is"),
                            ("nobody", "nobody fits"),
                        ],
                        limit=10,
                    ),
                ),
                ("resident", models.UUIDField(blank=True, null=True)),
                ("household", models.UUIDField(blank=True, null=True)),
                ("place", mulin.kernel.fields.PathField(blank=True, default="")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.UUIDField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="found",
                        to="visits.comparedlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of a list",
                "verbose_name_plural": "rows of lists",
            },
        ),
        migrations.AddIndex(
            model_name="comparedlist",
            index=models.Index(fields=["place", "-made_at"], name="list_place"),
        ),
        migrations.AddIndex(
            model_name="comparedlist",
            index=models.Index(
                condition=models.Q(("erased_at", None)), fields=["until_on"], name="list_expiring"
            ),
        ),
        migrations.AddIndex(
            model_name="listrow",
            index=models.Index(fields=["source", "outcome", "place", "id"], name="list_row_list"),
        ),
        migrations.AddIndex(
            model_name="listrow",
            index=models.Index(fields=["source", "place", "id"], name="list_row_place"),
        ),
        migrations.AddIndex(
            model_name="listrow",
            index=models.Index(fields=["source", "household"], name="list_row_home"),
        ),
        migrations.AddIndex(
            model_name="listrow",
            index=models.Index(
                condition=models.Q(("resident__isnull", False)), fields=["resident"], name="list_row_resident"
            ),
        ),
        migrations.AddConstraint(
            model_name="listrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("row__gt", 0)), fields=("source", "row"), name="list_row_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="listrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resident__isnull", False)),
                fields=("source", "resident"),
                name="list_resident_once",
            ),
        ),
    ]
