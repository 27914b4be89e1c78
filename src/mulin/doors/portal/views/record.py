"""A resident's own record: what is kept of them, who looked, a copy to take along, and that it is still right."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.doors.portal import account, guard, own
from mulin.doors.portal.account import needs_account
from mulin.doors.portal.frame import page, see_other
from mulin.kernel.refusals import Conflict, NotYours
from mulin.posts.face import open_to_all, who_asks
from mulin.registry.face import all_ids, end_link, history_of, link_of, own_copy, readings_of, say_right

OWN = "A resident's own record; whoever is not signed in is led to where they can."


@open_to_all(OWN)
@require_safe
@needs_account
def record(request: HttpRequest) -> HttpResponse:
    """What is kept, fact by fact, and when it was last confirmed. Without a link: how one gets it."""
    me, found = account.owner(request), own.record_of(request)
    context = {"me": me, "number": f"{me.number[:4]}-{me.number[4:]}", "requests": own.requests_of(me)}
    if found is not None:
        context |= own.as_kept(me, found)
    return page(request, "portal/record.html", context)


@open_to_all(OWN)
@require_POST
@needs_account
def still_right(request: HttpRequest) -> HttpResponse:
    """All of it is as it stands on the page that they saw."""
    guard.public_write(request)
    by = account.who(request)
    seen = request.POST.get("version", "")[:10]  # what is no number of ours is no version at all
    try:
        say_right(account.owner(request), version=int(seen) if seen.isdecimal() else None, by=by, now=by.now)
        messages.success(request, _("Thank you. It is noted that this is still right."))
    except Conflict:
        messages.warning(request, _("This was changed meanwhile. Please look at it again."))
    return see_other("mine-record")


@open_to_all(OWN)
@require_POST
@needs_account
def unlink(request: HttpRequest) -> HttpResponse:
    """This account reads the record no more; the record itself stays."""
    by, found = account.who(request), link_of(account.owner(request))
    if found is None:
        raise NotYours
    end_link(found, by=by, now=by.now)
    messages.success(request, _("Your account no longer shows your record."))
    return see_other("mine-record")


@open_to_all(OWN)
@require_safe
@needs_account
def looked(request: HttpRequest) -> HttpResponse:
    """Who looked at their data: when, in which role and for what; and what was done with the record."""
    me, found = account.owner(request), own.record_of(request)
    rows, more = readings_of(own.whose_readings(me, found), after=request.GET.get("after", "")[:100])
    context = {
        "rows": rows,
        "history": history_of(all_ids(found), me.user_id) if found else [],
        "page": {"next_url": f"?{urlencode({'after': more})}" if more else ""},
    }
    return page(request, "portal/record_looked.html", context)


@open_to_all(OWN)
@require_safe
@needs_account
def copy(request: HttpRequest) -> HttpResponse:
    """All of it on one page that can be printed."""
    me, found = account.owner(request), own.record_or_nothing(request)
    context = {"me": me, "copy": own_copy(found, me.user_id, who_asks(request).now)}
    return page(request, "portal/record_copy.html", context)


@open_to_all(OWN)
@require_safe
@needs_account
def copy_file(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    me, found = account.owner(request), own.record_or_nothing(request)
    return as_file(own_copy(found, me.user_id, who_asks(request).now))


def as_file(copy: dict[str, object]) -> HttpResponse:
    """JSON to be saved; in no cache."""
    answer = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-record.json"'
    patch_cache_control(answer, private=True, no_store=True)
    return answer
