import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids
import mulin.matters.models.part
import mulin.matters.rules.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0002_families"),
        ("posts", "0001_people_and_posts"),
        ("posts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", mulin.kernel.fields.EncryptedText(context="contact.name", default="")),
                ("phone", mulin.kernel.fields.EncryptedText(context="contact.phone", default="")),
                ("phone_index", mulin.kernel.fields.BlindIndex(db_index=True, default="", limit=80)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MatterType",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", mulin.kernel.fields.ShortText(limit=12, unique=True)),
                ("level", models.PositiveSmallIntegerField()),
                ("name", mulin.kernel.fields.ShortText(limit=60)),
                ("name_en", mulin.kernel.fields.ShortText(limit=120)),
                ("hint", mulin.kernel.fields.ShortText(default="", limit=400)),
                ("hint_en", mulin.kernel.fields.ShortText(default="", limit=400)),
                ("words", models.JSONField(default=list)),
                ("family", mulin.kernel.fields.ShortText(default="base", limit=20)),
                ("start_level", models.PositiveSmallIntegerField(default=15)),
                ("network", mulin.kernel.fields.ShortText(default="", limit=20)),
                ("urgent", models.BooleanField(default=False)),
                ("danger", mulin.kernel.fields.ShortText(default="", limit=3)),
                ("public", models.BooleanField(default=False)),
                ("to_grids", models.BooleanField(default=True)),
                ("handlers", models.JSONField(default=list)),
                ("filing", mulin.kernel.fields.ShortText(default="", limit=400)),
                ("filing_en", mulin.kernel.fields.ShortText(default="", limit=400)),
                ("closing", mulin.kernel.fields.ShortText(default="", limit=400)),
                ("closing_en", mulin.kernel.fields.ShortText(default="", limit=400)),
                ("recurrence_days", models.PositiveSmallIntegerField(default=30)),
                ("sample", models.BooleanField(default=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="matters.mattertype",
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", mulin.kernel.fields.ShortText(limit=16, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("reported", "reported"),
                            ("filed", "filed"),
                            ("dispatched", "dispatched"),
                            ("handling", "handling"),
                            ("handled", "handled"),
                            ("on_hold", "on_hold"),
                            ("waiting", "waiting"),
                            ("referred", "referred"),
                            ("closed", "closed"),
                            ("assessed", "assessed"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("joined", "joined"),
                        ],
                        limit=12,
                    ),
                ),
                ("title", mulin.kernel.fields.ShortText(limit=120)),
                ("text", mulin.kernel.fields.ShortText(limit=4000)),
                ("channel", mulin.kernel.fields.ShortText(limit=12)),
                ("urgent", models.BooleanField(default=False)),
                ("public", models.BooleanField(default=False)),
                ("secret", models.BooleanField(default=False)),
                ("address", mulin.kernel.fields.ShortText(default="", limit=200)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("spot", models.BigIntegerField(null=True)),
                ("place", mulin.kernel.fields.PathField()),
                ("filed_place", mulin.kernel.fields.PastPath()),
                ("held_level", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField(null=True)),
                ("promise_at", models.DateTimeField()),
                ("first_promise_at", models.DateTimeField()),
                ("next_rung_at", models.DateTimeField(null=True)),
                ("resume_to", mulin.kernel.fields.ShortText(default="", limit=12)),
                ("reported_at", models.DateTimeField()),
                ("state_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("solved", "solved"),
                            ("not_ours", "not_ours"),
                            ("not_feasible", "not_feasible"),
                            ("settled_by_itself", "settled_by_itself"),
                            ("duplicate", "duplicate"),
                        ],
                        default="",
                        limit=20,
                    ),
                ),
                ("rating", models.PositiveSmallIntegerField(null=True)),
                ("solved", models.BooleanField(null=True)),
                ("passed_count", models.PositiveSmallIntegerField(default=0)),
                ("return_count", models.PositiveSmallIntegerField(default=0)),
                ("rework_count", models.PositiveSmallIntegerField(default=0)),
                ("reopen_count", models.PositiveSmallIntegerField(default=0)),
                ("referral", mulin.kernel.fields.ShortText(default="", limit=40)),
                (
                    "about_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters_about",
                        to="places.area",
                    ),
                ),
                (
                    "about_organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters_about",
                        to="posts.organisation",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="matters.matter",
                    ),
                ),
                (
                    "held_at",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters_held",
                        to="places.area",
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="matters.matter",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters_taken",
                        to="places.area",
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="posts.seat",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="matters.mattertype",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["turn", "due_at", "id"], name="matter_queue"),
                    models.Index(fields=["place"], name="matter_place"),
                    models.Index(fields=["taken_by", "state"], name="matter_taken"),
                    models.Index(fields=["held_at", "state"], name="matter_held"),
                    models.Index(fields=["-reported_at", "-id"], name="matter_newest"),
                    models.Index(fields=["state", "due_at"], name="matter_due"),
                    models.Index(fields=["type", "-reported_at"], name="matter_type"),
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    mulin.matters.rules.states.State["REPORTED"],
                                    mulin.matters.rules.states.State["FILED"],
                                    mulin.matters.rules.states.State["DISPATCHED"],
                                    mulin.matters.rules.states.State["HANDLING"],
                                    mulin.matters.rules.states.State["HANDLED"],
                                    mulin.matters.rules.states.State["ON_HOLD"],
                                    mulin.matters.rules.states.State["WAITING"],
                                    mulin.matters.rules.states.State["REFERRED"],
                                ),
                            )
                        ),
                        fields=["spot"],
                        name="matter_open_spot",
                    ),
                    models.Index(
                        condition=models.Q(("next_rung_at__isnull", False)),
                        fields=["next_rung_at"],
                        name="matter_rung",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "state__in",
                                    (
                                        mulin.matters.rules.states.State["CLOSED"],
                                        mulin.matters.rules.states.State["ASSESSED"],
                                    ),
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        (
                                            mulin.matters.rules.states.State["CLOSED"],
                                            mulin.matters.rules.states.State["ASSESSED"],
                                        ),
                                    ),
                                    _negated=True,
                                ),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="matter_closed_at_with_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating__isnull", True), ("rating__range", (1, 5)), _connector="OR"
                        ),
                        name="matter_rating_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[("lead", "lead"), ("assist", "assist"), ("decide", "decide")], limit=8
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts_given",
                        to="posts.seat",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="matters.matter"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="posts.seat",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["seat", "matter"], name="part_sight"),
                    models.Index(
                        condition=models.Q(("to_at", None)),
                        fields=["seat", "kind", "due_at"],
                        name="part_queue",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", mulin.matters.models.part.PartKind["LEAD"]), ("to_at", None)
                        ),
                        fields=("matter",),
                        name="part_one_lead",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_at", None), ("to_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="part_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "when",
                    mulin.kernel.fields.ShortText(
                        choices=[("before", "before"), ("after", "after")], limit=8
                    ),
                ),
                ("file", mulin.kernel.fields.ShortText(limit=120)),
                ("thumb", mulin.kernel.fields.ShortText(limit=120)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", mulin.kernel.fields.ShortText(limit=64)),
                ("by_reporter", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("anonymous", "anonymous"),
                            ("contact", "contact"),
                            ("staff", "staff"),
                            ("resident", "resident"),
                        ],
                        limit=12,
                    ),
                ),
                ("code_hash", mulin.kernel.fields.BlindIndex(db_index=True, default="", limit=80)),
                ("first", models.BooleanField(default=True)),
                ("from_at", models.DateTimeField()),
                (
                    "contact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporter",
                        to="matters.contact",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporters",
                        to="matters.matter",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("first", True)), fields=("matter",), name="reporter_one_first"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterLimit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "clock",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("promise", "promise"),
                            ("file", "file"),
                            ("dispatch", "dispatch"),
                            ("accept", "accept"),
                            ("handle", "handle"),
                            ("check", "check"),
                        ],
                        limit=12,
                    ),
                ),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    mulin.kernel.fields.ShortText(
                        choices=[("workday", "workday"), ("workhour", "workhour"), ("hour", "hour")], limit=12
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limits",
                        to="matters.mattertype",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_at", None)),
                        fields=("type", "clock"),
                        name="limit_one_running",
                    )
                ],
            },
        ),
    ]
