"""Who looks after which household by name (包户): said on its page, or for many at once from the list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.doors.desk.registry_rows import people_for_duty
from mulin.kernel.refusals import Invalid, NotYours
from mulin.posts.face import Duty, Permission, User, Who, assign_duty, end_duty, needs, who_asks
from mulin.registry.face import Household

AT_ONCE = 200


@needs(Permission.DESK_OPEN, Permission.DUTY_ASSIGN)
@require_POST
def assign(request: HttpRequest, id: UUID) -> HttpResponse:
    """One household, from its page."""
    who = who_asks(request)
    household = _households(who, [str(id)])[0]
    try:
        user = _person(who, request.POST.get("person", ""), household.place)
        _give(user, household, who)
    except Invalid as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s looks after this household now.") % {"name": user.label})
    return HttpResponseRedirect(reverse("household", args=[id]) + "#answers", status=303)


@needs(Permission.DESK_OPEN, Permission.DUTY_ASSIGN)
@require_POST
def end(request: HttpRequest, id: UUID, duty: UUID) -> HttpResponse:
    """They no longer look after it."""
    who = who_asks(request)
    household = _households(who, [str(id)])[0]
    found = (
        Duty.objects.open_at(who.now).filter(pk=duty, household=household.pk).select_related("user").first()
    )
    if found is None:
        raise NotYours
    end_duty(found, by=who, now=who.now, near=household.dwelling.area)
    messages.success(
        request, _("%(name)s no longer looks after this household.") % {"name": found.user.label}
    )
    return HttpResponseRedirect(reverse("household", args=[id]) + "#answers", status=303)


@needs(Permission.DESK_OPEN, Permission.DUTY_ASSIGN)
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """Those that were ticked in the list, all or none; who looks after one already goes on doing so."""
    who, back = who_asks(request), _back(request)
    chosen = list(dict.fromkeys(request.POST.getlist("household")))
    if not chosen or len(chosen) > AT_ONCE:
        messages.error(request, _("Tick some households first, at most %(most)s.") % {"most": AT_ONCE})
        return HttpResponseRedirect(back, status=303)
    households = _households(who, chosen)
    try:
        user = _person(who, request.POST.get("person", ""))
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back, status=303)
    messages.success(request, _given(user, households, who))
    return HttpResponseRedirect(back, status=303)


def _given(user: User, households: list[Household], who: Who) -> str:
    """Give them those that they do not have yet; in how many words."""
    held = set(Duty.objects.open_at(who.now).filter(user=user).values_list("household", flat=True))
    fresh = [each for each in households if each.pk not in held]
    with transaction.atomic():
        for household in fresh:
            _give(user, household, who)
    words = ngettext(
        "%(name)s looks after %(count)s more household now.",
        "%(name)s looks after %(count)s more households now.",
        len(fresh),
    )
    return words % {"name": user.label, "count": len(fresh)}


def _give(user: User, household: Household, who: Who) -> None:
    assign_duty(user, household=household.pk, near=household.dwelling.area, by=who, now=who.now)


def _households(who: Who, ids: list[str]) -> list[Household]:
    """Those that one sees; one that is not among mine, and there is nothing here."""
    try:
        wanted = {UUID(each) for each in ids}
    except ValueError:
        raise NotYours from None
    rows = Household.objects.visible_to(who).there().filter(pk__in=wanted).select_related("dwelling__area")
    found = list(rows.order_by("place", "id"))
    if len(found) != len(wanted):
        raise NotYours
    return found


def _person(who: Who, id: str, place: str = "") -> User:
    """One of those whom the form offers."""
    found = next((user for user in people_for_duty(who, place) if str(user.pk) == id), None)
    if found is None:
        raise Invalid(_("Choose who is to look after it."), code="unknown_person", field="person")
    return found


def _back(request: HttpRequest) -> str:
    """To the list as it was."""
    came = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(came, None) and came.startswith("/desk/registry/")
    return came if here else reverse("registry-households")
