"""What waits at a seat that somebody leaves, for programs: listed, and moved to another seat."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from mulin.kernel.refusals import Invalid, NotAllowed, NotYours
from mulin.kernel.shapes import Problem
from mulin.matters.actions.handing_over import hand_over
from mulin.matters.queries.handing_over import moved_to, readable, waiting_matters
from mulin.matters.shapes_handover import HandedOverOut, HandOverIn, SeatRef, StayedOut, WaitingOut, WaitsOut
from mulin.posts.face import Permission, Seat, may_arrange, needs, who_asks

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)


@router.get("/seats/{id}/waiting", response={200: WaitingOut, **FAILS})
@needs(Permission.POST_READ)
def waiting(request: HttpRequest, id: UUID) -> Any:
    """What waits at a seat that you fill, or above which you sit."""
    who, seat = who_asks(request), _seat(request, id)
    rows = waiting_matters(seat)
    seen = readable(rows, who)
    items = [WaitsOut.of(matter, seen=matter.pk in seen) for matter in rows]
    return {"items": items, "to": [SeatRef(id=to.pk, label=to.label) for to in moved_to(seat, who.now)]}


@router.post("/seats/{id}/move", response={200: HandedOverOut, **FAILS})
@needs(Permission.POST_READ)
def handed_over(request: HttpRequest, id: UUID, given: HandOverIn) -> Any:
    """Move it to another seat. Due dates stay as they are; whoever gets it is told."""
    who, seat = who_asks(request), _seat(request, id)
    to = Seat.objects.at_places().filter(pk=given.to).first()
    if to is None:
        raise Invalid(
            _("Nothing can be moved to this seat. Choose one of the list."), code="seat", field="to"
        )
    done = hand_over(seat, to, numbers=given.matters, by=who, now=who.now)
    stayed = [StayedOut(number=each.number, why=str(each.why)) for each in done.stayed]
    return {"moved": done.moved, "stayed": stayed}


def _seat(request: HttpRequest, id: UUID) -> Seat:
    who = who_asks(request)
    seat = Seat.objects.visible_to(who).at_places().filter(pk=id).first()
    if seat is None:
        raise NotYours
    if not may_arrange(who, seat):
        raise NotAllowed
    return seat
