"""What residents ask about their own data: a correction, a copy, erasure. The flow is the table in `rules.requests`."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record
from mulin.posts.face import ResidentAccount, Scope
from mulin.registry.codes_asked import Ground, RequestKind, RequestSource, RequestStage
from mulin.registry.models.resident import Resident
from mulin.registry.queries.asked import DataRequestQuerySet
from mulin.registry.rules.requests import OPEN


class DataRequest(Record):
    """`place` is where the person lives, also after a move (`actions.following`): who answers there decides.

    `taken_by` and `answered_by` are bare UUIDs of members of staff. What was asked and answered lies encrypted; erased,
    the row stays without it.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("account", "resident", "text", "answer")
    RETENTION: ClassVar[str] = "registry"

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="data_requests")
    account = models.ForeignKey(ResidentAccount, models.PROTECT, null=True, blank=True, related_name="+")
    place = PathField()
    kind = ShortText(_("what is asked for"), limit=10, choices=RequestKind)
    source = ShortText(limit=10, choices=RequestSource)
    stage = ShortText(_("how far"), limit=10, choices=RequestStage, default=RequestStage.ASKED)
    text = EncryptedText(_("in their words"), context="request.text", blank=True, default="")
    answer = EncryptedText(_("answer"), context="request.answer", blank=True, default="")
    ground = ShortText(_("ground"), limit=10, choices=Ground, blank=True, default="")
    asked_at = models.DateTimeField(_("asked"))
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField(_("to be answered by"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    resident_id: UUID
    account_id: UUID | None
    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about one's data")
        verbose_name_plural = _("requests about one's data")
        indexes = [
            models.Index(
                fields=["place", "due_at"], condition=Q(answered_at=None), name="request_place_open"
            ),
            models.Index(fields=["due_at", "id"], condition=Q(answered_at=None), name="request_due"),
            models.Index(fields=["place", "-asked_at", "-id"], name="request_place_asked"),
            models.Index(fields=["account", "-asked_at"], name="request_of_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(stage__in=[each.value for each in OPEN]),
                name="request_once_open",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("asked_at")), name="request_due_after_asked"),
            models.CheckConstraint(
                condition=Q(stage__in=[each.value for each in OPEN], answered_at=None)
                | (~Q(stage__in=[each.value for each in OPEN]) & Q(answered_at__isnull=False)),
                name="request_over_has_its_day",
            ),
        ]

    def scope(self) -> Scope:
        """Where the record lies."""
        return Scope(paths=(self.place,))

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_extended(self) -> bool:
        return self.due_at > self.first_due_at
