"""The files of a matter that a person may have: asked at each page and at each byte."""

from __future__ import annotations

from uuid import UUID

from mulin.kernel.refusals import NotYours
from mulin.matters.actions.contact import sees_reporter
from mulin.matters.models import Attachment, Matter
from mulin.matters.queries.rechecks import not_blind
from mulin.matters.queries.seeing import see
from mulin.matters.queries.story import works_with
from mulin.posts.face import Scope, Who


def files_for(matter: Matter, who: Who, scope: Scope | None = None) -> list[Attachment]:
    """Colleagues have all of them; whoever merely raised it, theirs and what was meant for them.

    What the reporter of a secret matter sent may tell who they are: a voice, a face, a name in a document. So it is
    for those only who may know the reporter.
    """
    rows = list(Attachment.objects.filter(matter=matter, removed_at=None))
    if not rows:
        return rows
    if not works_with(matter, who, scope):
        return [row for row in rows if row.for_reporter]
    if sees_reporter(matter, who, scope):
        return rows
    return [row for row in rows if not row.by_reporter]


def files_for_reporter(matter: Matter, *, voice: bool) -> list[Attachment]:
    """What the holder of the code has; somebody who only joined in has not what the first one sent."""
    rows = Attachment.objects.filter(matter=matter, removed_at=None, for_reporter=True)
    return list(rows.filter(by_reporter=False) if voice else rows)


def file_for(who: Who, number: str, id: UUID) -> Attachment:
    """The file, for whoever may see the matter and it. Raises NotYours."""
    seen = see(who, number)
    not_blind(seen.matter, who)
    row = next((row for row in files_for(seen.matter, who, seen.scope) if row.pk == id), None)
    if row is None:
        raise NotYours
    row.matter = seen.matter
    return row
