"""Visits, days in the grid, campaigns and their tasks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0040_imports"),
        ("places", "0003_calendars"),
        ("posts", "0050_resident_account"),
        ("posts", "__first__"),
        ("registry", "0001_homes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                (
                    "network",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("party", "Party building"),
                            ("livelihood", "People's livelihood"),
                            ("epidemic", "Epidemic prevention"),
                            ("peace", "Peace and safety"),
                            ("civility", "Civility"),
                            ("street", "The street as a whole"),
                        ],
                        limit=12,
                        verbose_name="network",
                    ),
                ),
                ("title", mulin.kernel.fields.ShortText(limit=100, verbose_name="what it is about")),
                (
                    "text",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=2000, verbose_name="what is to be done"
                    ),
                ),
                (
                    "whom",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("grids", "each grid"),
                            ("households", "each household"),
                            ("merchants", "each merchant"),
                        ],
                        limit=12,
                        verbose_name="one task for",
                    ),
                ),
                (
                    "done_by",
                    mulin.kernel.fields.ShortText(
                        choices=[("tick", "by a tick"), ("visit", "by a visit")],
                        default="tick",
                        limit=10,
                        verbose_name="settled",
                    ),
                ),
                ("chosen", models.JSONField(blank=True, default=dict)),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(verbose_name="until")),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[("running", "under way"), ("closed", "closed")], default="running", limit=10
                    ),
                ),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField(blank=True, null=True)),
                ("seat", models.UUIDField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                        verbose_name="where",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "indexes": [models.Index(fields=["place", "stage"], name="campaign_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="campaign_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place", "day"], name="check_in_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "day", "area"), name="check_in_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField(verbose_name="where")),
                ("overlay_place", mulin.kernel.fields.PathField(blank=True, default="")),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("planned", "planned"),
                            ("done", "visited"),
                            ("missed", "nobody home"),
                            ("cancelled", "called off"),
                        ],
                        limit=10,
                    ),
                ),
                (
                    "why",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("round", "regular round"),
                            ("stale", "not confirmed for long"),
                            ("follow_up", "as agreed last time"),
                            ("asked", "they asked for it"),
                            ("campaign", "a campaign"),
                            ("new", "newly moved in"),
                        ],
                        default="round",
                        limit=10,
                        verbose_name="why",
                    ),
                ),
                (
                    "way",
                    mulin.kernel.fields.ShortText(
                        choices=[("door", "at the door"), ("phone", "by phone"), ("office", "at the office")],
                        default="door",
                        limit=10,
                        verbose_name="how",
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("visited_at", models.DateTimeField(blank=True, null=True, verbose_name="when")),
                (
                    "said",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="visit.said", default="", verbose_name="what was said"
                    ),
                ),
                (
                    "agreed",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="visit.agreed", default="", verbose_name="what was agreed"
                    ),
                ),
                ("confirmed", models.JSONField(blank=True, default=list)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="visits.visit",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="registry.household",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="registry.merchant",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who goes",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="posts.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "indexes": [
                    models.Index(fields=["household", "visited_at"], name="visit_household"),
                    models.Index(
                        condition=models.Q(("merchant__isnull", False)),
                        fields=["merchant", "visited_at"],
                        name="visit_merchant",
                    ),
                    models.Index(fields=["place", "visited_at"], name="visit_place"),
                    models.Index(fields=["person", "visited_at"], name="visit_person"),
                    models.Index(
                        condition=models.Q(("stage", "planned")),
                        fields=["seat", "planned_on"],
                        name="visit_planned",
                    ),
                    models.Index(
                        condition=models.Q(("overlay_place", ""), _negated=True),
                        fields=["overlay_place", "visited_at"],
                        name="visit_overlay",
                    ),
                    models.Index(
                        condition=models.Q(("erased_at", None)), fields=["recorded_at"], name="visit_keeping"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("household__isnull", False), ("merchant__isnull", True)),
                            models.Q(("household__isnull", True), ("merchant__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_at_exactly_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("planned_on__isnull", False), ("stage", "planned"), ("visited_at", None)
                            ),
                            models.Q(("stage__in", ["done", "missed"]), ("visited_at__isnull", False)),
                            models.Q(("stage", "cancelled"), ("visited_at", None)),
                            _connector="OR",
                        ),
                        name="visit_dates_fit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("household__isnull", False), ("stage", "planned")),
                        fields=("household", "seat"),
                        name="visit_planned_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("merchant__isnull", False), ("stage", "planned")),
                        fields=("merchant", "seat"),
                        name="visit_merchant_planned_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignTask",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[("open", "to do"), ("done", "done"), ("spared", "not needed here")],
                        default="open",
                        limit=10,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.UUIDField(blank=True, null=True)),
                (
                    "note",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="campaign_task.note", default="", verbose_name="note"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="visits.campaign",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="registry.household",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="registry.merchant",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tasks",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "indexes": [
                    models.Index(fields=["campaign", "place", "id"], name="task_list"),
                    models.Index(fields=["place", "stage"], name="task_place"),
                    models.Index(
                        condition=models.Q(("merchant__isnull", False)),
                        fields=["merchant"],
                        name="task_merchant",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", False)),
                        fields=["done_at"],
                        name="task_keeping",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("area__isnull", False),
                                ("household__isnull", True),
                                ("merchant__isnull", True),
                            ),
                            models.Q(
                                ("area__isnull", True),
                                ("household__isnull", False),
                                ("merchant__isnull", True),
                            ),
                            models.Q(
                                ("area__isnull", True),
                                ("household__isnull", True),
                                ("merchant__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="task_of_exactly_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("household__isnull", False)),
                        fields=("campaign", "household"),
                        name="task_household_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("merchant__isnull", False)),
                        fields=("campaign", "merchant"),
                        name="task_merchant_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", False)),
                        fields=("campaign", "area"),
                        name="task_grid_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitMatter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("raised", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matters",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "matter"), name="visit_matter_once")
                ],
            },
        ),
    ]
