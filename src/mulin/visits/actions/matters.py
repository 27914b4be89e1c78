"""Matters that come out of a visit: raised there and then, or known before and spoken of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, Invalid
from mulin.matters.face import (
    Matter,
    MatterType,
    Raised,
    ReporterGiven,
    prepare_number,
    readable,
    report,
    whereabouts,
)
from mulin.posts.face import Permission, Who, require
from mulin.registry.face import Household
from mulin.visits.actions.planning import KEY_TAKEN
from mulin.visits.entries import entry
from mulin.visits.models import Visit, VisitMatter


def raise_matter(
    visit: Visit,
    kind: MatterType,
    *,
    text: str,
    by: Who,
    now: datetime,
    reporter: ReporterGiven | None = None,
    id: UUID | None = None,
) -> Raised:
    """Raise what came up at the door. `reporter` is the resident who asked for it; else the visitor saw it.

    An `id` that something else has by now is refused: whoever sent the same twice asks `raised_before`.
    """
    _check(visit, by)
    target = visit.target
    require(by, Permission.VISIT_RECORD, target)  # it is raised where they are now, which may be elsewhere
    area = target.dwelling.area if isinstance(target, Household) else target.area
    where = whereabouts(kind, area=area, address=_address(visit))
    prepare_number(now)
    try:
        with transaction.atomic():
            raised = report(
                kind, text=text, where=where, channel="patrol", by=by, now=now, reporter=reporter, id=id
            )
            _join(visit, raised.matter, raised_there=True, by=by, now=now)
    except IntegrityError:
        if id is None or not Matter.objects.filter(pk=id).exists():
            raise
        raise Conflict(KEY_TAKEN, field="key") from None
    return raised


def raised_before(visit: Visit, id: UUID) -> Matter | None:
    """The matter that came out of this visit under this id, where the same page was sent before."""
    row = visit.matters.filter(matter=id, raised=True).select_related("matter").first()
    return row.matter if row else None


@transaction.atomic
def link_matter(visit: Visit, matter: Matter, *, by: Who, now: datetime) -> VisitMatter:
    """Say that a matter which is known already was spoken of."""
    _check(visit, by)
    if not readable([matter], by):
        raise Invalid(
            _("There is no such matter, or it is not yours to see."), code="unknown", field="number"
        )
    return _join(visit, matter, raised_there=False, by=by, now=now)


def _check(visit: Visit, by: Who) -> None:
    require(by, Permission.VISIT_RECORD, visit, seen_by=Permission.VISIT_READ)
    if not visit.is_over:
        raise Invalid(_("Please record the visit first."), code="not_done")


def _join(visit: Visit, matter: Matter, *, raised_there: bool, by: Who, now: datetime) -> VisitMatter:
    made = VisitMatter(id=new_id(), visit=visit, matter=matter, raised=raised_there, at=now)
    if VisitMatter.objects.filter(visit=visit, matter=matter).exists():
        raise Conflict(_("This matter is named here already."))
    made.save(force_insert=True)
    entry("visit.matter", visit, {"matter": matter.pk, "raised": raised_there}, by=by, now=now)
    return made


def _address(visit: Visit) -> str:
    """Words for the place: of a home only its building, for matters are read by more people than visits are."""
    target = visit.target
    if isinstance(target, Household):
        return ""
    return target.address or target.name
