"""What every stored thing has in common, and the kernel's own machinery tables."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, ShortText
from mulin.kernel.ids import new_id
from mulin.kernel.unreadable import Unreadable, tell


class JobState(models.TextChoices):
    """Where long work stands."""

    WAITING = "waiting", _("waiting for its turn")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("went wrong")
    STOPPED = "stopped", _("stopped")


class Record(models.Model):
    """A row with a UUID key made by us, and three declarations about its content.

    `PERSONAL` names its columns that hold data about a person; `RETENTION` is a code of
    `mulin.kernel.retention`, which says how long the row is kept; `MACHINERY` marks a table that only
    keeps the house running, whose changes write no journal entry. A test goes through all models and asks
    for all three.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = ""
    MACHINERY: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """As Django makes it; that a value of it does not open is told by the row's id."""
        row = super().from_db(db, field_names, values, **more)
        if Unreadable in map(type, values):
            tell(cls._meta.label, row.pk)
        return row


class Throttle(models.Model):
    """How much of an allowance is used up: `full_at` is when it would all be there again, in microseconds.

    The key is a keyed hash: an address that tries too often is not written down.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, editable=False)
    full_at = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["full_at"], name="kernel_throttle_full_at")]


class Counter(Record):
    """The last running number given out under a name in a year."""

    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    name = ShortText(limit=60)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="kernel_one_counter_a_year")]


class Stamp(models.Model):
    """A mark that moves with every change of a kind of thing (`kernel.stamps`)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    name = ShortText(limit=40, primary_key=True)
    mark = models.UUIDField(default=new_id)


class Job(Record):
    """Long work that goes on while its page is left (`kernel.jobs`). `tries` counts the claims, and is the claim."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("facts", "said")
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    code = ShortText(limit=60)
    owner = models.UUIDField(null=True, blank=True)
    facts = EncryptedText(context="job.facts")
    language = ShortText(limit=10)
    stage = ShortText(limit=10, choices=JobState)
    created_at = models.DateTimeField()
    alive_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    tries = models.SmallIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    cursor = ShortText(limit=200, blank=True)
    said = EncryptedText(context="job.said", blank=True)
    file = ShortText(limit=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["stage", "created_at"], name="kernel_job_stage"),
            models.Index(fields=["owner", "created_at"], name="kernel_job_owner"),
        ]

    @property
    def percent(self) -> int | None:
        """How far it has come, or nothing where nobody knows how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def lines(self) -> list[str]:
        """What it had to say to its owner, line by line."""
        return self.said.split("\n") if self.said else []

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class Beat(models.Model):
    """A sign of life of something that runs by itself (`kernel.beats`): when it last ran, and since when it fails."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    name = ShortText(limit=60, primary_key=True)
    at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)
