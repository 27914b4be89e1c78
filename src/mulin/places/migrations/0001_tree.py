"""The tree of areas, its history, and the codes that are used up."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Family",
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
                ("code", mulin.kernel.fields.ShortText(limit=20)),
                ("cover", mulin.kernel.fields.ShortText(limit=20)),
            ],
            options={
                "verbose_name": "grid family",
                "verbose_name_plural": "grid families",
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="family_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("cover__in", ["partition", "overlap"])), name="family_cover_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Area",
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
                ("path", mulin.kernel.fields.PathField(verbose_name="path")),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                ("code", mulin.kernel.fields.ShortText(limit=24, verbose_name="code")),
                ("grid_kind", mulin.kernel.fields.ShortText(blank=True, default="", limit=20)),
                ("border", models.BinaryField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("kind", mulin.kernel.fields.ShortText(blank=True, default="", limit=40)),
                ("floors", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "compound",
                    mulin.kernel.fields.ShortText(blank=True, default="", limit=100, verbose_name="compound"),
                ),
                (
                    "compound_en",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="English name of the compound"
                    ),
                ),
                (
                    "address",
                    mulin.kernel.fields.ShortText(blank=True, default="", limit=200, verbose_name="address"),
                ),
                (
                    "address_en",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=200, verbose_name="English address"
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="places.area",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grids",
                        to="places.family",
                    ),
                ),
            ],
            options={
                "verbose_name": "area",
                "verbose_name_plural": "areas",
                "indexes": [
                    models.Index(fields=["level", "path"], name="area_level_path"),
                    models.Index(
                        condition=models.Q(("border__isnull", False)), fields=["path"], name="area_drawn"
                    ),
                    models.Index(
                        condition=models.Q(("family__isnull", False)),
                        fields=["family", "path"],
                        name="area_family_path",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("path",), name="area_path_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("level__gte", 22)), fields=("code",), name="building_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level", django.db.models.functions.text.Length("path"))),
                        name="area_level_is_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", [2, 4, 6, 9, 12, 15, 17, 22, 24])),
                        name="area_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 2), ("parent__isnull", True)),
                            models.Q(("level__gt", 2), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="area_has_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("family__isnull", False),
                                ("grid_kind__in", ["basic", "exclusive", "overlay"]),
                                ("level", 15),
                            ),
                            models.Q(
                                models.Q(("level", 15), _negated=True),
                                ("family__isnull", True),
                                ("grid_kind", ""),
                            ),
                            _connector="OR",
                        ),
                        name="area_family_of_grids",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lat__isnull", True), ("lon__isnull", True)),
                            models.Q(
                                ("lat__gte", -90), ("lat__lte", 90), ("lon__gte", -180), ("lon__lte", 180)
                            ),
                            _connector="OR",
                        ),
                        name="area_label_on_earth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="area_closed_after_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetiredPath",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("path", mulin.kernel.fields.PastPath()),
                ("retired_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retired_paths",
                        to="places.area",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("path",), name="retired_path_once")],
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("only", models.BooleanField(default=True)),
                ("mark", models.UUIDField(default=mulin.kernel.ids.new_id)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("only",), name="stamp_once"),
                    models.CheckConstraint(condition=models.Q(("only", True)), name="stamp_is_the_only"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("path", mulin.kernel.fields.PastPath()),
                ("name", mulin.kernel.fields.ShortText(limit=100)),
                ("name_en", mulin.kernel.fields.ShortText(blank=True, default="", limit=100)),
                ("border", models.BinaryField(blank=True, null=True)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="places.area"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["path", "from_at"], name="version_path_from")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "from_at"), name="version_area_from_once"),
                    models.CheckConstraint(
                        condition=models.Q(("to_at__gt", models.F("from_at"))),
                        name="version_ends_after_start",
                    ),
                ],
            },
        ),
    ]
