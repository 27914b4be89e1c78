"""Reading what residents and heads ask for: requests, proposals, and by whom they may be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import QuerySet

from mulin.posts.face import Permission, Who, area_filter

if TYPE_CHECKING:
    from mulin.registry.models import DataRequest, Proposal  # noqa: F401 - named by the base classes


class DataRequestQuerySet(QuerySet["DataRequest"]):
    def visible_to(self, who: Who) -> Self:
        """Those that one may answer. A resident's own are found by their account."""
        return self.filter(area_filter(who, Permission.REGISTRY_ANSWER, path_fields=("place",)))

    def open(self) -> Self:
        """Not answered, not taken back."""
        return self.filter(answered_at=None)


class ProposalQuerySet(QuerySet["Proposal"]):
    def visible_to(self, who: Who) -> Self:
        """Those that one may decide: whoever keeps the registry there."""
        return self.filter(area_filter(who, Permission.REGISTRY_EDIT, path_fields=("place",)))

    def open(self) -> Self:
        """Nobody has decided yet."""
        return self.filter(decided_at=None)

    def made_by(self, user: UUID) -> Self:
        """One's own, the newest first."""
        return self.filter(by=user).order_by("-proposed_at", "-id")
