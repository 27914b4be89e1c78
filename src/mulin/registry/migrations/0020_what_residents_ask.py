"""What residents and heads ask of the registry: links of accounts to records, requests about data, proposals."""

import django.db.models.deletion
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0060_public_numbers"),
        ("registry", "0010_glass"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                (
                    "subject_kind",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("resident", "resident"),
                            ("dwelling", "dwelling"),
                            ("merchant", "merchant"),
                        ],
                        limit=10,
                    ),
                ),
                ("subject", models.UUIDField()),
                ("seen_version", models.PositiveIntegerField()),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("change", "Something else is right"),
                            ("left", "Does not live here any more"),
                        ],
                        limit=10,
                        verbose_name="what is proposed",
                    ),
                ),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("open", "Not decided yet"),
                            ("accepted", "Accepted"),
                            ("refused", "Not accepted"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        limit=10,
                        verbose_name="how far",
                    ),
                ),
                (
                    "source",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("door", "at the door"),
                            ("window", "at the window, with the document"),
                            ("phone", "by phone"),
                            ("resident", "from the resident's own page"),
                            ("head", "from a building or unit head"),
                            ("list", "from a list that was taken in"),
                        ],
                        limit=10,
                    ),
                ),
                ("by", models.UUIDField()),
                ("seat", models.UUIDField(blank=True, null=True)),
                (
                    "before",
                    mulin.kernel.fields.EncryptedText(blank=True, context="proposal.before", default=""),
                ),
                (
                    "after",
                    mulin.kernel.fields.EncryptedText(blank=True, context="proposal.after", default=""),
                ),
                (
                    "note",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="proposal.note", default="", verbose_name="what they say"
                    ),
                ),
                (
                    "reason",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="proposal.reason", default="", verbose_name="why"
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("decided_by", models.UUIDField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage", "open")),
                        fields=["place", "proposed_at"],
                        name="proposal_place_open",
                    ),
                    models.Index(fields=["subject", "-proposed_at"], name="proposal_subject"),
                    models.Index(fields=["by", "-proposed_at"], name="proposal_by"),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["decided_at"],
                        name="proposal_decided",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("stage", "open")),
                            models.Q(
                                models.Q(("stage", "open"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="proposal_over_has_its_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField()),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("correct", "Correct something that is wrong"),
                            ("copy", "Give me a copy of what you keep"),
                            ("erase", "Erase what you keep"),
                        ],
                        limit=10,
                        verbose_name="what is asked for",
                    ),
                ),
                (
                    "source",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("portal", "from the resident's own page"),
                            ("window", "at the window, with the document"),
                        ],
                        limit=10,
                    ),
                ),
                (
                    "stage",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("asked", "Asked"),
                            ("in_hand", "Being looked into"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="asked",
                        limit=10,
                        verbose_name="how far",
                    ),
                ),
                (
                    "text",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="request.text", default="", verbose_name="in their words"
                    ),
                ),
                (
                    "answer",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="request.answer", default="", verbose_name="answer"
                    ),
                ),
                (
                    "ground",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("right", "It was looked into, and what is kept is right"),
                            ("law", "A law asks us to keep it"),
                            ("needed", "It is needed as long as you live here"),
                            ("others", "It would show what belongs to somebody else"),
                            ("unclear", "It could not be made out what is meant"),
                        ],
                        default="",
                        limit=10,
                        verbose_name="ground",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("first_due_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="to be answered by")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("taken_by", models.UUIDField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("answered_by", models.UUIDField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="posts.residentaccount",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
                        to="registry.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "request about one's data",
                "verbose_name_plural": "requests about one's data",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["place", "due_at"],
                        name="request_place_open",
                    ),
                    models.Index(
                        condition=models.Q(("answered_at", None)), fields=["due_at", "id"], name="request_due"
                    ),
                    models.Index(fields=["place", "-asked_at", "-id"], name="request_place_asked"),
                    models.Index(fields=["account", "-asked_at"], name="request_of_account"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ["asked", "in_hand"])),
                        fields=("resident", "kind"),
                        name="request_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gte", models.F("asked_at"))),
                        name="request_due_after_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("stage__in", ["asked", "in_hand"])),
                            models.Q(
                                models.Q(("stage__in", ["asked", "in_hand"]), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="request_over_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "proof",
                    mulin.kernel.fields.ShortText(
                        choices=[("number", "document number"), ("birth", "date of birth")], limit=10
                    ),
                ),
                ("linked_at", models.DateTimeField()),
                ("linked_by", models.UUIDField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.UUIDField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="posts.residentaccount",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="registry.resident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("account",), name="link_account_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("resident",), name="link_record_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("linked_at")), _connector="OR"
                        ),
                        name="link_ends_after_start",
                    ),
                ],
            },
        ),
    ]
