"""The first page, and what robots may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mulin.doors.portal import draft as drafts
from mulin.doors.portal.emergency import EVERY_NUMBER
from mulin.doors.portal.forms import FollowForm, TextForm
from mulin.doors.portal.frame import page
from mulin.posts.face import open_to_all

CLOSED = ("api", "desk", "follow", "report", "who", "grid")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: /{each}/\n" for each in CLOSED)


@open_to_all("Whoever lives here finds the way in.")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is the matter? Beneath it, the ways for those who have told us already."""
    draft = drafts.load(request)
    context = {
        "form": TextForm(initial={"text": draft.text if draft else ""}),
        "follow_form": FollowForm(auto_id="follow_%s"),
        "unfinished": bool(draft and draft.text),
        "emergency": EVERY_NUMBER,
    }
    return page(request, "portal/home.html", context)


@open_to_all("Robots read what is public.")
@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return HttpResponse(ROBOTS, content_type="text/plain")
