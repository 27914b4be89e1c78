"""The inbox for programs: the same queries as the page."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router

from mulin.channels import shapes
from mulin.channels.endpoints_mail import FAILS
from mulin.channels.endpoints_mail import own as own_mail
from mulin.channels.endpoints_mail import router as mail
from mulin.channels.queries.inbox import MOST, PAGE, inbox, unread_count
from mulin.channels.queries.inbox import read as as_told
from mulin.channels.reading import mark_all_read, mark_read
from mulin.posts.face import signed_in, who_asks

router = Router()
__all__ = ["mail", "own_mail", "router"]
Limited = Annotated[int, Field(ge=1, le=MOST)]
Word = Annotated[str, Field(max_length=200)]


@router.get("", response={200: shapes.InboxOut, **FAILS})
@signed_in
def messages(request: HttpRequest, unread: bool = False, after: Word = "", limit: Limited = PAGE) -> Any:
    """What you were told, the newest first; `unread=true` only what you have not read."""
    who = who_asks(request)
    page = inbox(who, after=after, limit=limit, unread=unread)
    items = [shapes.MessageOut.of(each) for each in page.rows]
    return shapes.InboxOut(items=items, next=page.next, unread=unread_count(who))


@router.post("/read", response={200: shapes.ReadOut, **FAILS})
@signed_in
def read_all(request: HttpRequest) -> Any:
    """Mark all of your messages as read."""
    who = who_asks(request)
    return shapes.ReadOut(read=mark_all_read(by=who, now=who.now))


@router.post("/{id}/read", response={200: shapes.MessageOut, **FAILS})
@signed_in
def read_one(request: HttpRequest, id: UUID) -> Any:
    """Mark one of your messages as read."""
    who = who_asks(request)
    message = mark_read(id, by=who, now=who.now)
    message.refresh_from_db()
    return shapes.MessageOut.of(as_told([message], who)[0])
