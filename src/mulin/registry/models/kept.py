"""What every record of the registry has: where it lies, and when and by whom it was last confirmed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import PathField, ShortText
from mulin.kernel.models import Record
from mulin.posts.face import Scope
from mulin.registry.codes import Source
from mulin.registry.rules.facts import Seen, last_seen


class Kept(Record):
    """`place` is the path of the building or unit (of a merchant also a grid), moved with redrawn borders.

    `confirmed_at`, `confirmed_by` (bare UUID of a member of staff) and `source` are of the record as a whole;
    `facts_confirmed` holds what was confirmed by itself since, by the codes of `rules.facts.FACTS`.
    """

    place = PathField(_("where"))
    entered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(_("confirmed"))
    confirmed_by = models.UUIDField(null=True, blank=True)
    source = ShortText(limit=10, choices=Source)
    facts_confirmed = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)  # counts the changes: who changes says what they saw

    class Meta:
        abstract = True

    def scope(self) -> Scope:
        """Where it lies."""
        return Scope(paths=(self.place,))

    def seen(self, fact: str) -> Seen:
        """When and by whom this fact was last confirmed."""
        whole = Seen(self.confirmed_at, self.confirmed_by, self.source)
        return last_seen(whole, self.facts_confirmed, fact)

    def is_stale(self, before: datetime) -> bool:
        """Whether nobody has confirmed it as a whole since."""
        return self.confirmed_at < before
