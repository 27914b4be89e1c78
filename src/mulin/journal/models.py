"""What the journal keeps. Entries, their texts and disclosures are never changed: triggers see to it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from mulin.journal import rules
from mulin.journal.night_models import Archive, ArchivedChain, ArchivedEntry, Keeping, Night, Seal
from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record

__all__ = [
    "Archive",
    "ArchivedChain",
    "ArchivedEntry",
    "Disclosure",
    "DisclosureHead",
    "DisclosureOf",
    "Entry",
    "EntryText",
    "Feed",
    "FeedCursor",
    "Head",
    "Keeping",
    "Night",
    "Outbox",
    "Seal",
]


class Entry(Record):
    """One line of the journal: who did what to which thing, when.

    `text` is the exact text that was hashed; the columns repeat it for searching, and `verify` compares them.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("by",)
    RETENTION: ClassVar[str] = "journal"

    subject_kind = ShortText(limit=rules.KIND_LIMIT)
    subject = models.UUIDField()
    seq = models.IntegerField()
    at = models.DateTimeField()
    code = ShortText(limit=rules.CODE_LIMIT)
    by_kind = ShortText(limit=rules.KIND_LIMIT)
    by = models.UUIDField(null=True)
    seat = models.UUIDField(null=True)
    prev = ShortText(limit=rules.HASH_LIMIT)
    hash = ShortText(limit=rules.HASH_LIMIT)
    text = ShortText(limit=rules.TEXT_LIMIT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["subject", "seq"], name="journal_one_chain"),
            CheckConstraint(condition=Q(seq__gte=1), name="journal_seq_from_one"),
        ]


class EntryText(Record):
    """A text that belongs to an entry and can be erased without breaking the chain."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("text",)
    RETENTION: ClassVar[str] = "journal_text"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="texts", db_index=False)
    name = ShortText(limit=rules.NAME_LIMIT)
    salt = ShortText(limit=2 * rules.SALT_BYTES, blank=True)
    text = ShortText(limit=4 * rules.WORD_LIMIT, blank=True)
    sealed = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)
    erased_rule = ShortText(limit=rules.CODE_LIMIT, blank=True, default="")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["entry", "name"], name="journal_one_text_a_name"),
            CheckConstraint(
                condition=Q(erased_at=None, erased_rule="") | Q(erased_at__isnull=False, text="", salt=""),
                name="journal_erased_is_empty",
            ),
        ]


class Head(models.Model):
    """The end of a subject's chain: locked first by whoever adds to it."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "journal"
    MACHINERY: ClassVar[bool] = True

    subject = models.UUIDField(primary_key=True)
    kind = ShortText(limit=rules.KIND_LIMIT)
    seq = models.IntegerField()
    hash = ShortText(limit=rules.HASH_LIMIT)


class Feed(models.Model):
    """The place of an entry in the one order that programs read by; NULL until the worker numbers it."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "journal"
    MACHINERY: ClassVar[bool] = True

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="feed", primary_key=True)
    position = models.BigIntegerField(null=True, unique=True)
    entry_id: UUID

    class Meta:
        indexes = [Index(fields=["entry"], condition=Q(position=None), name="journal_feed_unnumbered")]


class FeedCursor(Record):
    """How far in the feed someone is. The one named "numbered" is the last position given out."""

    RETENTION: ClassVar[str] = "journal"
    MACHINERY: ClassVar[bool] = True

    name = ShortText(limit=rules.NAME_LIMIT, unique=True)
    position = models.BigIntegerField(default=0)


class Outbox(Record):
    """Something to tell somebody once an act is committed: ids only; the words are made when it is sent."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("to",)
    RETENTION: ClassVar[str] = "outbox"
    MACHINERY: ClassVar[bool] = True

    kind = ShortText(limit=rules.CODE_LIMIT)
    subject_kind = ShortText(limit=rules.KIND_LIMIT)
    subject = models.UUIDField()
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="outbox", null=True, db_index=False
    )
    to = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [Index(fields=["due_at"], condition=Q(done_at=None), name="journal_outbox_due")]


class Disclosure(Record):
    """One reading of someone's personal data, with its purpose, in the chain of its reader."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reader",)
    RETENTION: ClassVar[str] = "disclosure"

    reader = models.UUIDField()
    seq = models.IntegerField()
    at = models.DateTimeField()
    kind = ShortText(limit=rules.KIND_LIMIT)
    purpose = ShortText(limit=rules.KIND_LIMIT)
    seat = models.UUIDField(null=True)
    subject_kind = ShortText(limit=rules.KIND_LIMIT, blank=True, default="")
    subject = models.UUIDField(null=True)
    prev = ShortText(limit=rules.HASH_LIMIT)
    hash = ShortText(limit=rules.HASH_LIMIT)
    text = ShortText(limit=rules.TEXT_LIMIT)

    class Meta:
        constraints = [UniqueConstraint(fields=["reader", "seq"], name="journal_one_reader_chain")]
        indexes = [Index(fields=["reader", "at"], name="journal_reader_at")]


class DisclosureOf(Record):
    """Whose data a disclosure showed: the bare id of the record that was read."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("person",)
    RETENTION: ClassVar[str] = "disclosure"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="of")
    person = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [Index(fields=["person", "at"], name="journal_person_at")]


class DisclosureHead(models.Model):
    """The end of a reader's chain of disclosures."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reader",)
    RETENTION: ClassVar[str] = "disclosure"
    MACHINERY: ClassVar[bool] = True

    reader = models.UUIDField(primary_key=True)
    seq = models.IntegerField()
    hash = ShortText(limit=rules.HASH_LIMIT)
