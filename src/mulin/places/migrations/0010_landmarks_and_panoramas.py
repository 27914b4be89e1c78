import django.db.models.expressions
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_calendars"),
    ]

    operations = [
        migrations.CreateModel(
            name="Landmark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", mulin.kernel.fields.ShortText(limit=100, verbose_name="name")),
                (
                    "name_en",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="English name"
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("morton", models.BigIntegerField()),
                ("added_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("police", "police station"),
                            ("fire", "fire station, hydrant or extinguishers"),
                            ("clinic", "hospital or clinic"),
                            ("aed", "defibrillator (AED)"),
                            ("shelter", "emergency shelter or meeting point"),
                            ("service", "service centre or committee office"),
                            ("school", "school or kindergarten"),
                            ("elders", "canteen or centre for the elderly"),
                            ("park", "park, square or playground"),
                            ("market", "market"),
                            ("toilet", "public toilet"),
                            ("transport", "bus stop or station"),
                            ("charging", "charging for electric bicycles"),
                            ("waste", "collection point for waste"),
                            ("other", "other public place"),
                        ],
                        limit=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "note",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=200, verbose_name="hours and what else to know"
                    ),
                ),
                (
                    "note_en",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=200, verbose_name="the same in English"
                    ),
                ),
            ],
            options={
                "verbose_name": "public place",
                "verbose_name_plural": "public places",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["place", "id"], name="landmark_place"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["morton"], name="landmark_spot"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("closed_at__gte", models.F("added_at")), _connector="OR"
                        ),
                        name="landmark_closed_after_added",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Panorama",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", mulin.kernel.fields.ShortText(limit=100, verbose_name="name")),
                (
                    "name_en",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="English name"
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("morton", models.BigIntegerField()),
                ("added_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "heading",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="direction of the picture's middle, in degrees"
                    ),
                ),
                ("taken_on", models.DateField(blank=True, null=True, verbose_name="taken on")),
                ("file", mulin.kernel.fields.ShortText(limit=120)),
                ("thumb", mulin.kernel.fields.ShortText(limit=120)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", mulin.kernel.fields.ShortText(limit=64)),
            ],
            options={
                "verbose_name": "panorama",
                "verbose_name_plural": "panoramas",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["place", "id"], name="panorama_place"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["morton"], name="panorama_spot"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("heading__lt", 360)), name="panorama_heading"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "width",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("height"), "*", models.Value(2)
                                ),
                            )
                        ),
                        name="panorama_all_around",
                    ),
                ],
            },
        ),
    ]
