"""What I was told: the list, what I have read, and what I want to be told."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from mulin.channels.actions import choose
from mulin.channels.forms import ChoicesForm, unwanted_of
from mulin.channels.models import Muted
from mulin.channels.queries.inbox import COUNTED, inbox, unread_count
from mulin.channels.reading import mark_all_read, mark_read
from mulin.look.shapes import Chip
from mulin.matters.face import Matter
from mulin.posts.face import Permission, needs, who_asks


@needs(Permission.DESK_OPEN)
def messages_page(request: HttpRequest) -> HttpResponse:
    """My messages, the newest first; `show=unread` only what I have not read."""
    who = who_asks(request)
    unread = request.GET.get("show") == "unread"
    page = inbox(who, after=request.GET.get("after", "")[:100], unread=unread)
    context: dict[str, Any] = {
        "now": who.now,
        "rows": page.rows,
        "chips": _chips(unread),
        "unread_only": unread,
        "any_unread": any(row.is_unread for row in page.rows),
        "page": {"next_url": _next(page.next, unread), "previous_url": ""},
    }
    return render(request, "channels/inbox.html", context)


def _chips(unread: bool) -> list[Chip]:
    here = reverse("inbox")
    return [
        Chip(label=pgettext("list", "All"), url=here, active=not unread, icon="inbox"),
        Chip(label=_("Unread"), url=f"{here}?show=unread", active=unread, icon="bell"),
    ]


def _next(after: str, unread: bool) -> str:
    query = ({"show": "unread"} if unread else {}) | {"after": after}
    return f"{reverse('inbox')}?{urlencode(query)}" if after else ""


@needs(Permission.DESK_OPEN)
@require_POST
def message_open(request: HttpRequest, id: UUID) -> HttpResponse:
    """Mark a message as read and go to its matter."""
    who = who_asks(request)
    message = mark_read(id, by=who, now=who.now)
    matter = (
        Matter.objects.visible_to(who).filter(pk=message.matter_id).first() if message.matter_id else None
    )
    return _see(reverse("matter", args=[matter.number]) if matter else reverse("inbox"))


@needs(Permission.DESK_OPEN)
@require_POST
def message_read(request: HttpRequest, id: UUID) -> HttpResponse:
    """Mark a message as read and stay."""
    who = who_asks(request)
    mark_read(id, by=who, now=who.now)
    return _see(reverse("inbox"))


@needs(Permission.DESK_OPEN)
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    who = who_asks(request)
    count = mark_all_read(by=who, now=who.now)
    messages.success(
        request, ngettext("%(n)d message is read now.", "%(n)d messages are read now.", count) % {"n": count}
    )
    return _see(reverse("inbox"))


def _see(url: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(url, status=303)


@needs(Permission.DESK_OPEN)
def stamp(request: HttpRequest) -> HttpResponse:
    """The bell of the header: 304 while as many are unread as were before."""
    count = unread_count(who_asks(request))
    mark = stamp_of(count)
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    context = {"inbox_url": reverse("inbox"), "inbox_count": count, "inbox_most": COUNTED}
    response = render(request, "look/parts/inbox_tool.html", context)
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    return response


def stamp_of(count: int) -> str:
    """The ETag of so many unread messages."""
    return f'"{count}"'


@needs(Permission.DESK_OPEN)
def choices(request: HttpRequest) -> HttpResponse:
    """What I want to be told. What is urgent comes all the same."""
    who = who_asks(request)
    muted = set(Muted.objects.filter(user=who.user).values_list("kind", flat=True))
    form = ChoicesForm(muted, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose(unwanted_of(form.cleaned_data), by=who, now=who.now)
        messages.success(request, _("You are told what you chose."))
        return _see(reverse("inbox-choices"))
    return render(request, "channels/choices.html", {"form": form}, status=422 if form.errors else 200)
