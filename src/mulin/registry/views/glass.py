"""Opening in an emergency what lies outside one's area, and looking at it again."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.kernel.refusals import Conflict, Invalid, NotYours, TooMany
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.actions.breaking import break_glass_at, break_glass_on, judge_glass
from mulin.registry.forms_privacy import GlassForm, JudgeForm, add_refusal
from mulin.registry.models import BreakGlass
from mulin.registry.queries.glass import Opened, dressed, opened_for
from mulin.registry.views.revealing import in_no_cache

PAGES = {"resident": "street-resident", "dwelling": "dwelling"}
Answer = HttpResponse


@needs(Permission.DESK_OPEN, Permission.REGISTRY_BREAK_GLASS)
def break_glass(request: HttpRequest) -> Answer:
    """Say what has happened and whom one needs; then one is led to their page, for three hours."""
    who = who_asks(request)
    form, status = GlassForm(), 200
    if request.method == "POST":
        form = GlassForm(request.POST)
        if form.is_valid():
            try:
                glass = broken(form.cleaned_data, who)
                return HttpResponseRedirect(
                    reverse(PAGES[glass.subject_kind], args=[glass.subject]), status=303
                )
            except (Invalid, TooMany) as refusal:
                add_refusal(form, refusal)
                status = refusal.status
        else:
            status = 422
    running = dressed(list(BreakGlass.objects.running(who.now).filter(user=who.user).order_by("-opened_at")))
    context = {"form": form, "running": [(each, address_of(each.glass)) for each in running], "now": who.now}
    return in_no_cache(render(request, "registry/glass.html", context, status=status))


def broken(given: dict[str, Any], who: Who) -> BreakGlass:
    """By a number, or at a door."""
    if given.get("number"):
        return break_glass_on(given["number"], reason=given["reason"], by=who, now=who.now)
    building = building_called(given["building"])
    return break_glass_at(building, given["door"], reason=given["reason"], by=who, now=who.now)


def building_called(text: str) -> Area:
    """The one building or unit with this code or name."""
    text = text.strip()
    named = Q(path=text) if text.isdigit() else Q(name=text) | Q(name_en=text)
    found = list(Area.objects.plain().open().at_level(Level.BUILDING, Level.UNIT).filter(named)[:2])
    if not found:
        raise Invalid(_("There is no building of this name or code."), code="building", field="building")
    if len(found) > 1:
        words = _("Several buildings have this name: give the code instead.")
        raise Invalid(words, code="building", field="building")
    return found[0]


def address_of(glass: BreakGlass) -> str:
    return reverse(PAGES[glass.subject_kind], args=[glass.subject])


@needs(Permission.DESK_OPEN, Permission.REGISTRY_REVIEW)
@require_safe
def glasses(request: HttpRequest) -> Answer:
    """By weeks: who opened what outside their area, and why. None of what they saw stands here."""
    who, judged = who_asks(request), request.GET.get("judged") == "yes"
    rows, more = opened_for(who, judged=judged, after=request.GET.get("after", "")[:80])
    kept = {"judged": "yes"} if judged else {}
    return _list(
        request, rows, judged=judged, next_url="?" + urlencode(kept | {"after": more}) if more else ""
    )


def _list(request: HttpRequest, rows: list[Opened], *, status: int = 200, **more: Any) -> Answer:
    weeks = [(week, list(each)) for week, each in groupby(rows, key=lambda row: row.week)]
    context = {"weeks": weeks, "now": who_asks(request).now, **more}
    return in_no_cache(render(request, "registry/glasses.html", context, status=status))


@needs(Permission.DESK_OPEN, Permission.REGISTRY_REVIEW)
def glass_judge(request: HttpRequest, id: UUID) -> Answer:
    """What one makes of it; asked on a page of its own, with the reason above."""
    who = who_asks(request)
    found = BreakGlass.objects.visible_to(who).filter(pk=id).first()
    if found is None:
        raise NotYours
    form, status = JudgeForm(), 200
    if request.method == "POST":
        form = JudgeForm(request.POST)
        answer, status = _judged(request, found, form, who)
        if answer is not None:
            return answer
    context = {"row": dressed([found])[0], "form": form, "now": who.now}
    return in_no_cache(render(request, "registry/glass_judge.html", context, status=status))


def _judged(request: HttpRequest, glass: BreakGlass, form: JudgeForm, who: Who) -> tuple[Answer | None, int]:
    if not form.is_valid():
        return None, 422
    try:
        judge_glass(glass, **form.cleaned_data, by=who, now=who.now)
    except (Invalid, Conflict) as refusal:
        add_refusal(form, refusal)
        return None, refusal.status
    messages.success(request, _("Noted."))
    return HttpResponseRedirect(reverse("glasses"), status=303), 303
