"""The long work with lists; `visits.tasks` brings it to the worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.jobs import Progress, job
from mulin.kernel.refusals import Invalid
from mulin.posts.face import Permission, User, Who
from mulin.registry.face import being_made
from mulin.visits.lists.actions import JOB, RESULT_JOB
from mulin.visits.lists.codes import Outcome
from mulin.visits.lists.comparing import compare
from mulin.visits.lists.exporting import write_result
from mulin.visits.lists.models import ComparedList


@job(JOB, gettext_lazy("Compare a list with the registry"))
def compare_list(progress: Progress, **facts: Any) -> None:
    """As whoever started it may at this moment."""
    source = _source(facts)
    progress.total = source.rows
    told = compare(source, progress, by=_who(progress))
    for outcome in Outcome:
        if told[outcome]:
            progress.say(_("%(what)s: %(n)d") % {"what": outcome.label, "n": told[outcome]})


@job(RESULT_JOB, gettext_lazy("Result of a list as Excel"), fetch=Permission.REGISTRY_EXPORT.value)
def take_out(progress: Progress, **facts: Any) -> None:
    """The same, and only if it was agreed to where it is large."""
    asked = being_made(UUID(facts["export"]), progress.id)
    write_result(_source(facts), asked, progress, by=_who(progress))


def _source(facts: dict[str, Any]) -> ComparedList:
    found = ComparedList.objects.select_related("area").filter(pk=UUID(facts["source"])).first()
    if found is None:
        raise Invalid(_("This list was erased meanwhile."), code="not_compared")
    return found


def _who(progress: Progress) -> Who:
    return Who.of(User.objects.get(pk=str(progress.owner)), progress.now)
