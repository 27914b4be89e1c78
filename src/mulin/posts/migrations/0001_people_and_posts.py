import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_tree"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("password", mulin.kernel.fields.ShortText(limit=256, verbose_name="password")),
                ("username", mulin.kernel.fields.ShortText(limit=60, verbose_name="user name")),
                ("name", mulin.kernel.fields.ShortText(limit=60, verbose_name="name")),
                (
                    "name_en",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=60, verbose_name="name in Latin letters"
                    ),
                ),
                (
                    "phone",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="person.phone", null=True, verbose_name="phone"
                    ),
                ),
                (
                    "phone_index",
                    mulin.kernel.fields.BlindIndex(blank=True, db_index=True, default="", limit=80),
                ),
                (
                    "language",
                    mulin.kernel.fields.ShortText(
                        choices=[("en", "English"), ("zh-hans", "Chinese")],
                        default="zh-hans",
                        limit=10,
                        verbose_name="language",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("must_change_password", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="places.area",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "indexes": [models.Index(fields=["name", "id"], name="user_name_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("username",), name="user_username_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("username", django.db.models.functions.text.Lower("username")),
                            models.Q(("username", ""), _negated=True),
                        ),
                        name="user_username_in_small_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="user_has_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("household", models.UUIDField(blank=True, db_index=True, null=True)),
                ("from_at", models.DateTimeField(verbose_name="from")),
                ("to_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="places.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("household__isnull", False)),
                            models.Q(("area__isnull", False), ("household__isnull", True)),
                            _connector="OR",
                        ),
                        name="duty_for_exactly_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_at__isnull", True), ("to_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="duty_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", False), ("to_at__isnull", True)),
                        fields=("user", "area"),
                        name="duty_open_once_per_area",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("household__isnull", False), ("to_at__isnull", True)),
                        fields=("user", "household"),
                        name="duty_open_once_per_household",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", mulin.kernel.fields.ShortText(limit=20, verbose_name="kind")),
                ("name", mulin.kernel.fields.ShortText(limit=100, verbose_name="name")),
                (
                    "name_en",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="English name"
                    ),
                ),
                (
                    "phone",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=40, verbose_name="public phone"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="places.area",
                        verbose_name="home area",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "indexes": [models.Index(fields=["name", "id"], name="organisation_name_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["centre", "department", "committee", "social", "company", "team"])
                        ),
                        name="organisation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="organisation_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("created_at")),
                            _connector="OR",
                        ),
                        name="organisation_closed_after_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationFunction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("function", mulin.kernel.fields.ShortText(limit=30)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="function_rows",
                        to="posts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["function"], name="organisation_by_function")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "function"), name="organisation_function_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("role", mulin.kernel.fields.ShortText(limit=40, verbose_name="role")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="places.area",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="posts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("organisation__isnull", False)),
                            models.Q(("area__isnull", False), ("organisation__isnull", True)),
                            _connector="OR",
                        ),
                        name="seat_at_exactly_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", False)),
                        fields=("area", "role"),
                        name="seat_once_per_area",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("organisation", "role"),
                        name="seat_once_per_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_at", models.DateTimeField(verbose_name="from")),
                ("to_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "deputy_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to="posts.post",
                        verbose_name="deputy for",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="posts.seat",
                        verbose_name="seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "indexes": [
                    models.Index(fields=["user", "to_at"], name="post_by_user"),
                    models.Index(fields=["seat", "to_at"], name="post_by_seat"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_at__isnull", True), ("to_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="post_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_at__isnull", True)),
                        fields=("user", "seat"),
                        name="post_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="served_by",
                        to="places.area",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="posts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_at__isnull", True)),
                        fields=("organisation", "area"),
                        name="service_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_at__isnull", True), ("to_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="service_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", mulin.kernel.fields.ShortText(limit=60, verbose_name="name")),
                ("hash", mulin.kernel.fields.ShortText(limit=64)),
                ("prefix", mulin.kernel.fields.ShortText(limit=16)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "constraints": [
                    models.UniqueConstraint(fields=("hash",), name="token_hash_once"),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="token_expires_later",
                    ),
                ],
            },
        ),
    ]
