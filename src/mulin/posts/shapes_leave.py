"""What programs are told of leave, and what they say."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from mulin.posts.models import Leave, Post
from mulin.posts.shapes import Instant, SeatOut


class StandInOut(Schema):
    """Who stands in at which seat, from one instant up to another; `post` is the one that they stand in for."""

    post: UUID | None
    seat: SeatOut
    person: UUID
    from_at: datetime
    to_at: datetime | None

    @staticmethod
    def of(post: Post) -> StandInOut:
        return StandInOut(
            post=post.deputy_for_id,
            seat=SeatOut.of(post.seat),
            person=post.user_id,
            from_at=post.from_at,
            to_at=post.to_at,
        )


class LeaveOut(Schema):
    """Somebody is away, from one instant up to another. One that was called off lasts no time at all."""

    id: UUID
    person: UUID
    from_at: datetime
    to_at: datetime
    stand_ins: list[StandInOut]

    @staticmethod
    def of(leave: Leave) -> LeaveOut:
        return LeaveOut(
            id=leave.id,
            person=leave.user_id,
            from_at=leave.from_at,
            to_at=leave.to_at,
            stand_ins=[StandInOut.of(post) for post in leave.stand_ins if post.from_at != post.to_at],
        )


class DeputyIn(Schema):
    """Who stands in for one of the posts; nobody: the level above takes the turns."""

    post: UUID
    person: UUID | None = None


class LeaveIn(Schema):
    """Leave of `person`; your own, where nobody is named. `from_at` empty: from now."""

    to_at: Instant
    from_at: Instant | None = None
    person: UUID | None = None
    deputies: Annotated[list[DeputyIn], Field(max_length=50)] = []
