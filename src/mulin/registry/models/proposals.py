"""A change that somebody proposes, until somebody who keeps the registry has decided on it."""

from __future__ import annotations

import json
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record
from mulin.kernel.unreadable import Unreadable
from mulin.posts.face import Scope
from mulin.registry.codes import Source
from mulin.registry.codes_asked import ProposalKind, ProposalStage, Subjects
from mulin.registry.queries.asked import ProposalQuerySet


class Proposal(Record):
    """`before` and `after` are the values as JSON, by column, encrypted; a proposal is never overwritten by another.

    `place` is where its subject lies, also after a move (`actions.following`): who keeps the registry there decides.
    `subject` is the bare id of the resident, dwelling or merchant; `by` of the resident's own user or of the head.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("by", "subject", "before", "after", "note", "reason")
    RETENTION: ClassVar[str] = "registry"

    place = PathField()
    subject_kind = ShortText(limit=10, choices=Subjects)
    subject = models.UUIDField()
    seen_version = models.PositiveIntegerField()
    kind = ShortText(_("what is proposed"), limit=10, choices=ProposalKind)
    stage = ShortText(_("how far"), limit=10, choices=ProposalStage, default=ProposalStage.OPEN)
    source = ShortText(limit=10, choices=Source)
    by = models.UUIDField()
    seat = models.UUIDField(null=True, blank=True)
    before = EncryptedText(context="proposal.before", blank=True, default="")
    after = EncryptedText(context="proposal.after", blank=True, default="")
    note = EncryptedText(_("what they say"), context="proposal.note", blank=True, default="")
    reason = EncryptedText(_("why"), context="proposal.reason", blank=True, default="")
    proposed_at = models.DateTimeField(_("proposed"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(
                fields=["place", "proposed_at"],
                condition=Q(stage=ProposalStage.OPEN.value),
                name="proposal_place_open",
            ),
            models.Index(fields=["subject", "-proposed_at"], name="proposal_subject"),
            models.Index(fields=["by", "-proposed_at"], name="proposal_by"),
            models.Index(
                fields=["decided_at"], condition=Q(decided_at__isnull=False), name="proposal_decided"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=ProposalStage.OPEN.value, decided_at=None)
                | (~Q(stage=ProposalStage.OPEN.value) & Q(decided_at__isnull=False)),
                name="proposal_over_has_its_day",
            )
        ]

    def scope(self) -> Scope:
        """Where its subject lies."""
        return Scope(paths=(self.place,))

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def wanted(self) -> dict[str, str]:
        """What it is to become, by column."""
        return _read(self.after)

    @property
    def was(self) -> dict[str, str]:
        """What it was when it was proposed, by column."""
        return _read(self.before)


def _read(text: str) -> dict[str, str]:
    """Nothing where it does not open, so that a list goes on; accepting it is refused."""
    if isinstance(text, Unreadable):
        return {}
    found: dict[str, str] = json.loads(text) if text else {}
    return found
