"""A file of a matter that is no photo: a recording, a video, a PDF, a document of an office."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from mulin.kernel.fields import ShortText
from mulin.kernel.filekinds import KINDS, NAME_LIMIT, Kind
from mulin.kernel.models import Record


class Attachment(Record):
    """`file` and `preview` are names in the store; what was removed lies there for seven days more."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("name", "file", "preview")
    RETENTION: ClassVar[str] = "file"

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="files")
    kind = ShortText(limit=8, choices=[(str(kind), str(kind)) for kind in Kind])
    name = ShortText(limit=NAME_LIMIT)  # as whoever sent it called it; words for people only
    media = ShortText(limit=100)
    file = ShortText(limit=120)
    preview = ShortText(limit=120, default="")
    size = models.BigIntegerField()
    sha256 = ShortText(limit=64)
    scanned = models.BooleanField()  # for viruses
    by_reporter = models.BooleanField()
    for_reporter = models.BooleanField()  # whoever raised it may have it, too
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="files")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")

    @property
    def kind_label(self) -> str:
        return str(KINDS[Kind(self.kind)])

    @property
    def plays(self) -> bool:
        """Whether a browser plays it in the page."""
        return self.kind in (Kind.AUDIO, Kind.VIDEO) and self.media != "audio/amr"
