"""The long work of taking a list out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.jobs import Progress, job
from mulin.posts.face import Permission, Who
from mulin.registry.actions.bulk_export import JOB, being_made, write_export
from mulin.registry.exporting.rows import MOST_ROWS


@job(JOB, gettext_lazy("List of the registry as Excel"), fetch=Permission.REGISTRY_EXPORT.value)
def export(progress: Progress, **facts: Any) -> None:
    """As the person who asked may read it at this moment."""
    asked = being_made(UUID(facts["export"]), progress.id)
    taken = write_export(progress, asked, by=Who.of(asked.by, progress.now))
    progress.say(_("Rows in the file: %(n)d.") % {"n": taken.rows})
    if taken.rows >= MOST_ROWS:
        progress.say(_("There are more: narrow the list down, and take out the rest."))
