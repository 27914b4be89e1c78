"""What the worker does for this room beside its acts: throwing away what was only kept for a moment."""

from __future__ import annotations

from datetime import datetime

from mulin.posts.actions.staff import KEPT_FOR
from mulin.posts.models import StaffDraft


def sweep_drafts(now: datetime) -> int:
    """Staff lists that nobody said yes to within a day: they hold the phones of many people."""
    return StaffDraft.objects.filter(made_at__lt=now - KEPT_FOR).delete()[0]
