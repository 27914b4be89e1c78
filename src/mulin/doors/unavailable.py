"""The database does not answer, or its disk is full: a page that asks nothing of it, and says that nothing was lost."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.doors.api import problems

FULL = ("disk is full", "no space left", "could not extend file")
LATER = "5"  # seconds


def is_about_the_database(error: BaseException | None) -> bool:
    """Whether the database failed, or what led to this did: the server's fault, gone in a while."""
    return error is not None and (
        isinstance(error, OperationalError | InterfaceError)
        or is_about_the_database(error.__cause__ or error.__context__)
    )


def unavailable(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """503, or 507 where there is no room left to write."""
    full = any(words in str(error).lower() for words in FULL)
    status = 507 if full else 503
    text = _("The disk of this server is full.") if full else _("The server cannot write just now.")
    kept = _("What you sent was not taken; what was saved before is safe. Please send it again in a minute.")
    if request.path.startswith("/api/"):
        response = problems.problem(status, "disk_full" if full else "unavailable", f"{text} {kept}")
    else:
        language = get_language() or "en"
        context = {"title": _("Not just now"), "text": text, "kept": kept, "look": {"lang": language}}
        response = HttpResponse(render_to_string("look/unavailable.html", context), status=status)
    response["Retry-After"] = LATER
    return response
