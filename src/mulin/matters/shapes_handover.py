"""What programs are told of what waits at a seat, and what they say."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from mulin.matters.models import Matter
from mulin.matters.queries.handing_over import MOST

Number = Annotated[str, Field(max_length=20)]


class WaitsOut(Schema):
    """A matter that waits at the seat; its title only for whoever may read it."""

    number: str
    state: str
    type: str
    title: str | None
    due_at: datetime | None

    @staticmethod
    def of(matter: Matter, *, seen: bool) -> WaitsOut:
        title = matter.title if seen else None
        return WaitsOut(
            number=matter.number, state=matter.state, type=matter.type.code, title=title, due_at=matter.due_at
        )


class SeatRef(Schema):
    """A seat to which it may be moved."""

    id: UUID
    label: str


class WaitingOut(Schema):
    """What waits there, the first 200, soonest due first; and where it could go."""

    items: list[WaitsOut]
    to: list[SeatRef]


class HandOverIn(Schema):
    """Which of them go to which seat; all, where none is named."""

    to: UUID
    matters: Annotated[list[Number], Field(max_length=MOST)] | None = None


class StayedOut(Schema):
    number: str
    why: str


class HandedOverOut(Schema):
    """Each is moved whole or not at all; what stayed says why."""

    moved: list[str]
    stayed: list[StayedOut]
