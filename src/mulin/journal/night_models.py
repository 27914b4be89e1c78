"""What the house does for itself at night, and what it gives away as proof: nights, seals, archives, keeping."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from mulin.journal import rules
from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record

SEAL_LIMIT = 2_000_000  # characters: a link for each reader of personal data


class Night(Record):
    """One piece of nightly work: done once a night, however many workers there are."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    work = ShortText(limit=20)
    night = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    problem = ShortText(limit=40, blank=True, default="")
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [UniqueConstraint(fields=["work", "night"], name="journal_one_night")]
        indexes = [Index(fields=["work", "started_at"], name="journal_night_started")]


class Keeping(Record):
    """How many years a class of record is kept, and whether it then goes by itself. The decision is an entry."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    MACHINERY: ClassVar[bool] = True

    rule = ShortText(limit=20, unique=True)
    years = models.FloatField()
    by_itself = models.BooleanField(default=False)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(years__gt=0, years__lte=200), name="journal_keeping_years")
        ]


class Seal(Record):
    """The root over all entries between two positions of the feed, bound to the seal before. `text` was hashed."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "journal"

    number = models.IntegerField(unique=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    at = models.DateTimeField()
    root = ShortText(limit=rules.HASH_LIMIT)
    prev = ShortText(limit=rules.HASH_LIMIT)
    hash = ShortText(limit=rules.HASH_LIMIT)
    text = ShortText(limit=SEAL_LIMIT)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(number__gte=1), name="journal_seal_from_one"),
            CheckConstraint(condition=Q(last__gte=models.F("first") - 1), name="journal_seal_range"),
        ]


class Archive(Record):
    """A file into which old, sealed entries were moved."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "journal"

    name = ShortText(limit=120, unique=True)
    at = models.DateTimeField()
    before = models.DateField()
    entries = models.IntegerField()
    chains = models.IntegerField()
    sha256 = ShortText(limit=64)


class ArchivedChain(Record):
    """Where a chain goes on whose beginning lies in an archive: behind the highest of its rows."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "journal"

    subject = models.UUIDField()
    seq = models.IntegerField()
    hash = ShortText(limit=rules.HASH_LIMIT)
    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="of", db_index=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["subject", "seq"], name="journal_archived_once")]


class ArchivedEntry(Record):
    """What stays of an entry that lies in an archive: its place in the feed and its hash, for the seals."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "journal"

    position = models.BigIntegerField(unique=True)
    hash = ShortText(limit=rules.HASH_LIMIT)
