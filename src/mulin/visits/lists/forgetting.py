"""Lists are erased on the day that was said; what is past the town's time all the same goes by the rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Actor, Sweep, register_sweep
from mulin.posts.face import Who
from mulin.registry.face import on_erasing, taken_out_by
from mulin.visits.lists.actions import RESULT_JOB, erase_list, is_busy
from mulin.visits.lists.exporting import EXPORT
from mulin.visits.lists.models import ComparedList, ListRow


def declare() -> None:
    """Say how compared lists are erased, and by which job they are taken out; called when the application starts."""
    register_sweep("lists", Sweep(
        "list", _("Compared lists"), _("Their rows are erased; title and figures stay."),
        lambda before: _old(before).count(), _erase,
    ))  # fmt: skip
    on_erasing("lists", _erase_people)
    taken_out_by(EXPORT, RESULT_JOB)


def _erase_people(people: Sequence[UUID], by: Actor, now: datetime) -> None:  # noqa: ARG001 - what the registry calls
    """Somebody whose record is erased stands on no list any more."""
    ListRow.objects.filter(resident__in=people).delete()


def _old(before: datetime) -> QuerySet[ComparedList]:
    return ComparedList.objects.filter(erased_at=None, made_at__lt=before)


def _erase(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    oldest = _old(before).defer("table").select_related("campaign").order_by("made_at")
    due = [source for source in oldest[:most] if not is_busy(source)]
    for source in due:
        erase_list(source, by=Who.system(now), now=now)
    return len(due)
