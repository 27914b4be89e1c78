"""The answer to a second, blind look at what was closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.matters.actions.act import act
from mulin.matters.actions.drawing import took_part
from mulin.matters.actions.photos import SafePhotos, attach
from mulin.matters.models import Recheck
from mulin.matters.queries.rechecks import rechecks_of
from mulin.matters.rules.case import Given
from mulin.matters.rules.confirmed import Answer
from mulin.matters.rules.states import Kind
from mulin.posts.face import Permission, Who, require


def answer_recheck(
    recheck: Recheck, *, answer: Answer, note: str = "", photos: SafePhotos = (), by: Who, now: datetime
) -> Recheck:
    """Say what was found. Not solved, the superior of whoever handled it decides whether it is taken up again."""
    text = clean(note, 2000)
    if answer is not Answer.SOLVED and not text:
        raise Invalid(_("Please say what you found."), code="missing", field="note")
    with transaction.atomic():
        row = Recheck.objects.select_related("matter__type").get(pk=recheck.pk)
        _require(row, by)
        won = Recheck.objects.filter(pk=row.pk, answered_at=None).update(
            answer=str(answer), answered_at=now, person=by.user
        )
        if won != 1:
            raise Conflict(_("Somebody has answered this already."))
        record(
            "recheck.answered", Subject("recheck", row.pk), by=by.actor(row.seat), at=now,
            facts={"answer": str(answer), "matter": str(row.matter_id)}, words={"note": text} if text else {},
        )  # fmt: skip
        attach(row.matter, photos, when="recheck", by=by, now=now)
        if answer is Answer.NOT_SOLVED and row.matter.kind is Kind.DONE:
            act(row.matter, "found_unsolved", given=Given(note=text), by=Who.system(now), now=now)
    row.refresh_from_db()
    return row


def _require(row: Recheck, by: Who) -> None:
    if not rechecks_of(by).filter(pk=row.pk).exists():
        raise NotAllowed(_("Nobody asked you to do this."), code="not_asked")
    require(by, Permission.MATTER_CHECK, row.matter)
    if by.user and took_part(row.matter, by.user.pk):
        raise NotAllowed(_("You had a part in it: somebody else looks again."), code="excluded")
