"""What programs are told of messages."""

from datetime import datetime

from ninja import Schema

from mulin.channels.queries.inbox import Told


class MessageOut(Schema):
    """`matter` is its number, empty where you can no longer see it; `parts` are those that it stands for."""

    id: str
    kind: str
    text: str
    matter: str
    urgent: bool
    sent_at: datetime
    read_at: datetime | None
    parts: list["MessageOut"]

    @staticmethod
    def of(told: Told) -> "MessageOut":
        row = told.message
        return MessageOut(
            id=str(row.pk), kind=row.kind, text=told.text, matter=told.number, urgent=row.urgent,
            sent_at=row.sent_at or row.created_at, read_at=row.read_at,
            parts=[MessageOut.of(each) for each in told.parts],
        )  # fmt: skip


class InboxOut(Schema):
    """`next` goes into `after` for the following page; empty on the last. `unread` counts up to a hundred."""

    items: list[MessageOut]
    next: str
    unread: int


class ReadOut(Schema):
    """How many were marked as read."""

    read: int
