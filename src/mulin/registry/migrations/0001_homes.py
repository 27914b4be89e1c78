"""Dwellings, households, residents, residences, merchants and care needs; names to be searched."""

import django.db.models.deletion
from django.db import migrations, models

import mulin.kernel.fields
import mulin.kernel.ids
import mulin.kernel.search.operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0003_calendars"),
        ("posts", "0050_resident_account"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dwelling",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField(verbose_name="where")),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed")),
                ("confirmed_by", models.UUIDField(blank=True, null=True)),
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
                ("facts_confirmed", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("floor", models.SmallIntegerField(verbose_name="floor")),
                ("number", mulin.kernel.fields.ShortText(limit=20, verbose_name="door number")),
                (
                    "use",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("owner", "lived in by its owner"),
                            ("rented", "rented out"),
                            ("shared", "rented out by the room"),
                            ("empty", "empty"),
                            ("shop", "shop"),
                            ("office", "office"),
                            ("store", "store or workshop"),
                            ("other", "other use"),
                            ("unknown", "not known"),
                        ],
                        default="unknown",
                        limit=10,
                        verbose_name="use",
                    ),
                ),
                (
                    "square_metres",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="square metres"
                    ),
                ),
                (
                    "hazard",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("fire", "fire: exits, wiring, stored goods"),
                            ("gas", "gas"),
                            ("structure", "the building itself"),
                            ("living_in", "living, storing and selling in one room"),
                            ("chemicals", "dangerous chemicals"),
                        ],
                        default="",
                        limit=12,
                        verbose_name="danger",
                    ),
                ),
                (
                    "owner_name",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="owner's name"
                    ),
                ),
                (
                    "owner_phone",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="dwelling.owner_phone", default="", verbose_name="owner's phone"
                    ),
                ),
                (
                    "owner_phone_index",
                    mulin.kernel.fields.BlindIndex(blank=True, db_index=True, default="", limit=80),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwellings",
                        to="places.area",
                        verbose_name="building or unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "dwelling",
                "verbose_name_plural": "dwellings",
                "indexes": [
                    models.Index(fields=["place", "floor", "number"], name="dwelling_place"),
                    models.Index(fields=["place", "confirmed_at"], name="dwelling_stale"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("area", "number"),
                        name="dwelling_door_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("floor__gte", -9), ("floor__lte", 200)), name="dwelling_floor"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField(verbose_name="where")),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed")),
                ("confirmed_by", models.UUIDField(blank=True, null=True)),
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
                ("facts_confirmed", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[("family", "family household"), ("collective", "collective household")],
                        default="family",
                        limit=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=30, verbose_name="household number"
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="dissolved")),
                ("members", models.PositiveSmallIntegerField(default=0)),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="registry.dwelling",
                    ),
                ),
            ],
            options={
                "verbose_name": "household",
                "verbose_name_plural": "households",
                "indexes": [
                    models.Index(fields=["place", "id"], name="household_place"),
                    models.Index(fields=["place", "confirmed_at"], name="household_stale"),
                    models.Index(
                        condition=models.Q(("to_on", None)), fields=["confirmed_at"], name="household_stalest"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("number", ""), _negated=True), ("to_on", None)),
                        fields=("number",),
                        name="household_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None),
                            ("from_on", None),
                            ("to_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="household_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merchant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField(verbose_name="where")),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed")),
                ("confirmed_by", models.UUIDField(blank=True, null=True)),
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
                ("facts_confirmed", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("overlay_place", mulin.kernel.fields.PathField(blank=True, default="")),
                ("name", mulin.kernel.fields.ShortText(limit=100, verbose_name="name")),
                (
                    "kind",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("shop", "street shop"),
                            ("enterprise", "enterprise"),
                            ("social", "social organisation"),
                            ("parcels", "parcel service"),
                            ("institution", "public institution"),
                        ],
                        default="shop",
                        limit=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "trade",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("food", "restaurant or snacks"),
                            ("grocery", "food shop"),
                            ("retail", "other shop"),
                            ("beauty", "hair and beauty"),
                            ("repair", "repair"),
                            ("lodging", "lodging"),
                            ("health", "pharmacy or clinic"),
                            ("care", "childcare, eldercare, tuition"),
                            ("leisure", "leisure and net café"),
                            ("logistics", "parcels and transport"),
                            ("craft", "workshop or factory"),
                            ("office", "offices and services"),
                            ("other", "other trade"),
                        ],
                        default="other",
                        limit=10,
                        verbose_name="trade",
                    ),
                ),
                (
                    "credit_code",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=18, verbose_name="unified social credit code"
                    ),
                ),
                (
                    "licence",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=40, verbose_name="licence number"
                    ),
                ),
                (
                    "address",
                    mulin.kernel.fields.ShortText(blank=True, default="", limit=200, verbose_name="address"),
                ),
                (
                    "operator_name",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="who runs it"
                    ),
                ),
                (
                    "operator_phone",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="merchant.phone", default="", verbose_name="phone"
                    ),
                ),
                (
                    "operator_phone_index",
                    mulin.kernel.fields.BlindIndex(blank=True, db_index=True, default="", limit=80),
                ),
                (
                    "safety_name",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="who looks after safety"
                    ),
                ),
                (
                    "safety_phone",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="merchant.safety_phone", default="", verbose_name="their phone"
                    ),
                ),
                (
                    "staff_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people who work there"),
                ),
                (
                    "lives_in",
                    models.BooleanField(blank=True, null=True, verbose_name="somebody sleeps there"),
                ),
                (
                    "extinguishers",
                    models.BooleanField(blank=True, null=True, verbose_name="extinguishers in order"),
                ),
                (
                    "hazard",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("fire", "fire: exits, wiring, stored goods"),
                            ("gas", "gas"),
                            ("structure", "the building itself"),
                            ("living_in", "living, storing and selling in one room"),
                            ("chemicals", "dangerous chemicals"),
                        ],
                        default="",
                        limit=12,
                        verbose_name="danger",
                    ),
                ),
                ("lon", models.FloatField(blank=True, null=True)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("morton", models.BigIntegerField(blank=True, null=True)),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merchants",
                        to="places.area",
                        verbose_name="where",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merchants",
                        to="registry.dwelling",
                    ),
                ),
            ],
            options={
                "verbose_name": "merchant",
                "verbose_name_plural": "merchants",
                "indexes": [
                    models.Index(fields=["place", "id"], name="merchant_place"),
                    models.Index(fields=["place", "confirmed_at"], name="merchant_stale"),
                    models.Index(
                        condition=models.Q(("overlay_place", ""), _negated=True),
                        fields=["overlay_place"],
                        name="merchant_overlay",
                    ),
                    models.Index(
                        condition=models.Q(("closed_on", None)), fields=["morton"], name="merchant_on_map"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("credit_code", ""), _negated=True), ("closed_on", None)),
                        fields=("credit_code", "area"),
                        name="merchant_code_once_there",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Resident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", mulin.kernel.fields.PathField(verbose_name="where")),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed")),
                ("confirmed_by", models.UUIDField(blank=True, null=True)),
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
                ("facts_confirmed", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", mulin.kernel.fields.ShortText(limit=100, verbose_name="name")),
                (
                    "former_name",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="former name"
                    ),
                ),
                (
                    "latin_name",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="name in Latin letters"
                    ),
                ),
                (
                    "sex",
                    mulin.kernel.fields.ShortText(
                        choices=[("0", "unknown"), ("1", "male"), ("2", "female"), ("9", "not stated")],
                        default="0",
                        limit=1,
                        verbose_name="sex",
                    ),
                ),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="date of death")),
                (
                    "nationality",
                    mulin.kernel.fields.ShortText(default="CHN", limit=3, verbose_name="nationality"),
                ),
                (
                    "document_kind",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("111", "resident identity card"),
                            ("112", "temporary identity card"),
                            ("113", "household register"),
                            ("414", "passport"),
                            ("516", "permit of Hong Kong and Macao residents"),
                            ("511", "permit of Taiwan residents"),
                            ("553", "permanent residence card of foreigners"),
                            ("990", "other document"),
                        ],
                        default="",
                        limit=3,
                        verbose_name="document",
                    ),
                ),
                (
                    "document",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="registry.document", default="", verbose_name="document number"
                    ),
                ),
                (
                    "document_index",
                    mulin.kernel.fields.BlindIndex(blank=True, db_index=True, default="", limit=80),
                ),
                (
                    "document_until",
                    models.DateField(blank=True, null=True, verbose_name="document valid until"),
                ),
                (
                    "phone",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="registry.phone", default="", verbose_name="phone"
                    ),
                ),
                (
                    "phone_index",
                    mulin.kernel.fields.BlindIndex(blank=True, db_index=True, default="", limit=80),
                ),
                (
                    "native_division",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=12, verbose_name="native place"
                    ),
                ),
                (
                    "registered_division",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=12, verbose_name="place of registration"
                    ),
                ),
                (
                    "registered_address",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=200, verbose_name="registered address"
                    ),
                ),
                (
                    "marital",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("10", "unmarried"),
                            ("20", "married"),
                            ("30", "widowed"),
                            ("40", "divorced"),
                            ("90", "not stated"),
                        ],
                        default="",
                        limit=2,
                        verbose_name="marital status",
                    ),
                ),
                (
                    "education",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("10", "postgraduate"),
                            ("20", "bachelor"),
                            ("30", "college"),
                            ("40", "secondary vocational"),
                            ("60", "senior high school"),
                            ("70", "junior high school"),
                            ("80", "primary school"),
                            ("90", "other education"),
                        ],
                        default="",
                        limit=2,
                        verbose_name="education",
                    ),
                ),
                (
                    "occupation",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=60, verbose_name="occupation"
                    ),
                ),
                (
                    "workplace",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=100, verbose_name="place of work or school"
                    ),
                ),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="arrived in China")),
                (
                    "leaves_on",
                    models.DateField(blank=True, null=True, verbose_name="expected to leave China"),
                ),
                (
                    "stay_purpose",
                    mulin.kernel.fields.ShortText(
                        blank=True, default="", limit=60, verbose_name="purpose of the stay"
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="moved away")),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="registry.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "resident",
                "verbose_name_plural": "residents",
                "indexes": [
                    models.Index(fields=["place", "id"], name="resident_place"),
                    models.Index(fields=["place", "confirmed_at"], name="resident_stale"),
                    models.Index(fields=["name", "born_on"], name="resident_name_born"),
                    models.Index(
                        condition=models.Q(("left_on__isnull", False)),
                        fields=["left_on"],
                        name="resident_left",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("document_index", ""), _negated=True), ("merged_into", None)
                        ),
                        fields=("document_index",),
                        name="resident_document_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("died_on", None),
                            ("born_on", None),
                            ("died_on__gte", models.F("born_on")),
                            _connector="OR",
                        ),
                        name="resident_dies_after_birth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Residence",
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
                            ("01", "own home"),
                            ("02", "rented"),
                            ("03", "lodging with a family"),
                            ("04", "borrowed"),
                            ("05", "dormitory"),
                            ("06", "building site"),
                            ("08", "place of work"),
                            ("99", "other right"),
                        ],
                        default="01",
                        limit=2,
                        verbose_name="right to live there",
                    ),
                ),
                (
                    "relation",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("0", "householder"),
                            ("1", "spouse"),
                            ("2", "son"),
                            ("3", "daughter"),
                            ("4", "grandchild"),
                            ("5", "parent"),
                            ("6", "grandparent"),
                            ("7", "brother or sister"),
                            ("8", "other relation, or none"),
                        ],
                        default="",
                        limit=1,
                        verbose_name="relation to the householder",
                    ),
                ),
                (
                    "reason",
                    mulin.kernel.fields.ShortText(
                        blank=True,
                        choices=[
                            ("02", "study or training"),
                            ("04", "marriage"),
                            ("05", "came with family"),
                            ("09", "treatment or recovery"),
                            ("10", "to live with family or friends"),
                            ("11", "work"),
                            ("12", "farming"),
                            ("13", "trade"),
                            ("14", "transferred"),
                            ("99", "other reason"),
                        ],
                        default="",
                        limit=2,
                        verbose_name="reason for living here",
                    ),
                ),
                (
                    "permit",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="residence.permit", default="", verbose_name="residence permit"
                    ),
                ),
                ("permit_until", models.DateField(blank=True, null=True, verbose_name="permit valid until")),
                ("main", models.BooleanField(default=True)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residences",
                        to="registry.dwelling",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residences",
                        to="registry.household",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residences",
                        to="registry.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "residence",
                "verbose_name_plural": "residences",
                "indexes": [
                    models.Index(
                        condition=models.Q(("to_on", None)), fields=["place"], name="residence_place_open"
                    ),
                    models.Index(
                        condition=models.Q(("to_on", None)), fields=["permit_until"], name="residence_permit"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("resident", "dwelling"),
                        name="residence_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("main", True), ("to_on", None)),
                        fields=("resident",),
                        name="residence_one_main",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("relation", "0"), ("to_on", None)),
                        fields=("household",),
                        name="residence_one_householder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None),
                            ("from_on", None),
                            ("to_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="residence_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareNeed",
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
                            ("lives_alone", "old and living alone"),
                            ("disabled", "disabled"),
                            ("low_income", "low income"),
                            ("left_elder", "elder left behind"),
                            ("left_woman", "woman left behind"),
                            ("left_child", "child left behind"),
                            ("bereaved", "lost their only child"),
                            ("other", "other need"),
                        ],
                        limit=12,
                        verbose_name="need",
                    ),
                ),
                (
                    "purpose",
                    mulin.kernel.fields.EncryptedText(context="care.purpose", verbose_name="what for"),
                ),
                (
                    "note",
                    mulin.kernel.fields.EncryptedText(
                        blank=True, context="care.note", default="", verbose_name="what helps"
                    ),
                ),
                (
                    "basis",
                    mulin.kernel.fields.ShortText(
                        choices=[
                            ("application", "their own application"),
                            ("consent", "their consent, separately given"),
                            ("statute", "a duty by law"),
                        ],
                        limit=12,
                        verbose_name="legal basis",
                    ),
                ),
                (
                    "basis_text",
                    mulin.kernel.fields.ShortText(
                        limit=200, verbose_name="which application, consent or law"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(verbose_name="expires")),
                ("granted_by", models.UUIDField()),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_needs",
                        to="registry.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "care need",
                "verbose_name_plural": "care needs",
                "indexes": [
                    models.Index(
                        condition=models.Q(("erased_at", None)), fields=["until_on"], name="care_expiring"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="care_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("resident", "kind"),
                        name="care_once_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareReader",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readers",
                        to="registry.careneed",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="posts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("need", "seat"), name="care_reader_once")],
            },
        ),
        mulin.kernel.search.operations.CreateSearchTable(
            name="registry_resident_search",
        ),
        mulin.kernel.search.operations.CreateSearchTable(
            name="registry_merchant_search",
        ),
    ]
