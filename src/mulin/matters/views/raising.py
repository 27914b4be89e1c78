"""Raising a matter for somebody, and the slip that one hands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid, NotAllowed, Refusal
from mulin.matters.actions.about import check_settled, find_about
from mulin.matters.actions.me_too import Voice, may_get_voices, me_too
from mulin.matters.actions.photos import make_safe
from mulin.matters.actions.report import Raised, report, settle
from mulin.matters.actions.reporters import opened_by
from mulin.matters.actions.where import OutsideGrids, whereabouts
from mulin.matters.forms import add_refusal
from mulin.matters.labels import STATES
from mulin.matters.models import Matter
from mulin.matters.queries.before import without
from mulin.matters.queries.similar import known_to, matter_of_key
from mulin.matters.raise_form import MYSELF, NOBODY, RESIDENT, RaiseForm, VoiceForm
from mulin.matters.rules.states import State
from mulin.matters.views.before import look, texts_of
from mulin.matters.views.finding import find_matter
from mulin.matters.views.grounds import area_options, find_area
from mulin.matters.views.kinds import kinds_for
from mulin.matters.views.names import names
from mulin.places.face import GridKind, Level, locate
from mulin.posts.face import Permission, Who, needs, who_asks

SETTLERS = {"grid_worker", "building_head", "unit_head"}
RECEIPT_COOKIE = "mulin_receipt"
RECEIPT_SECONDS = 600


@needs(Permission.DESK_OPEN, Permission.MATTER_RAISE)
def new(request: HttpRequest) -> HttpResponse:
    """The form; steps in between (which grids, which kinds) come back with everything that was typed."""
    who = who_asks(request)
    if request.method != "POST":
        return _page(request, _form(who, _first(who), bound=False))
    if request.POST.get("step"):
        return _page(request, _form(who, request.POST, bound=False))
    form = _form(who, request.POST, bound=True, files=request.FILES)
    if request.POST.get("me_too"):
        return _join(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    if look(who, request.POST, form.kind(), request.POST.getlist("remove")).unseen:
        form.add_error(
            None, _("There is a number in it that may be somebody's. Please look at it once more, then send.")
        )
        return _page(request, form, status=422)
    return _raise(request, form)


def _first(who: Who) -> dict[str, str]:
    """What is most likely: a worker is on patrol in their grid, a clerk has somebody at the window."""
    in_grid = [seat for seat in who.seats if seat.role in SETTLERS]
    chosen = {"id": str(new_id()), "channel": "patrol", "on_behalf": MYSELF}
    if not in_grid:
        chosen |= {"channel": "window", "on_behalf": RESIDENT}
    areas = [seat.area for seat in who.seats if seat.area]
    village = next((area for area in areas if area.level == Level.VILLAGE), None)
    grid = next(
        (area for area in areas if area.level == Level.GRID and area.grid_kind != GridKind.OVERLAY), None
    )
    if grid:
        chosen |= {"grid": str(grid.pk), "village": str(grid.parent_id)}
    elif village:
        chosen |= {"village": str(village.pk)}
    return chosen


def _form(who: Who, data: Mapping[str, Any], *, bound: bool, files: Any = None) -> RaiseForm:
    text, chosen = str(data.get("text", "")), str(data.get("type", ""))
    if not bound and chosen == data.get("proposed"):
        chosen = ""  # nobody chose it: it gives way to what further words sound like
    kinds = kinds_for(text[:4000], "" if bound else str(data.get("kind_filter", "")), chosen)
    areas = area_options(who, str(data.get("village", "")), str(data.get("grid", "")))
    options: dict[str, Any] = {"kinds": kinds, "areas": areas, "may_settle": _may_settle(who)}
    if bound:
        return RaiseForm(data, files, **options)
    initial = {name: data.get(name, "") for name in RaiseForm.base_fields if name != "photos"}
    initial["type"] = chosen or kinds.proposed
    return RaiseForm(initial=initial, **options)


def _may_settle(who: Who) -> bool:
    return any(seat.role in SETTLERS for seat in who.seats)


def _page(
    request: HttpRequest, form: RaiseForm, *, outside: OutsideGrids | None = None, status: int = 200
) -> HttpResponse:
    who, data = who_asks(request), request.POST if request.method == "POST" else form.initial
    kind = form.kinds.listed.get(str(form["type"].value() or ""))
    context = {
        "now": who.now,
        "form": form,
        "before": look(who, data, kind, request.POST.getlist("remove")),
        "outside": outside,
        "kind_filter": request.POST.get("kind_filter", ""),
        "resident": RESIDENT,
        "nobody": NOBODY,
    }
    return render(request, "matters/new.html", context, status=status)


def _raise(request: HttpRequest, form: RaiseForm) -> HttpResponse:
    who = who_asks(request)
    earlier = Matter.objects.filter(pk=form.key).first()
    if earlier:
        return _sent_twice(request, earlier)
    try:
        raised = _make(request, form, who)
    except OutsideGrids as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, form, outside=refusal, status=refusal.status)
    except IntegrityError:  # the same page, sent twice at once
        earlier = Matter.objects.filter(pk=form.key).first()
        if earlier is None:
            raise
        return _sent_twice(request, earlier)
    except NotAllowed as refusal:
        form.add_error("settled" if "settled" in form.fields else None, str(refusal.message))
        return _page(request, form, status=refusal.status)
    except Refusal as refusal:
        _place_error(form, refusal)
        return _page(request, form, status=refusal.status)
    messages.success(request, _("The matter has the number %(number)s.") % {"number": raised.matter.number})
    return _to_slip(raised, form)


def _make(request: HttpRequest, form: RaiseForm, who: Who) -> Raised:
    data = form.cleaned_data
    accepted = request.POST.get("accept_area", "")
    area = find_area(accepted) or find_area(data["village"], data["grid"], data["building"])
    kind, photos = form.kind(), make_safe(data["photos"])
    kept = without(texts_of(data), request.POST.getlist("remove"))
    where = whereabouts(kind, lon=data["lon"], lat=data["lat"], area=area, address=kept["address"])
    about = find_about(data["about"], where.place, who.now)
    common: dict[str, Any] = {
        "text": kept["text"], "where": where, "by": who, "now": who.now, "photos": photos, "id": form.key,
        "channel": data["channel"], "reporter": form.reporter(who), "secret": data["secret"],
    }  # fmt: skip
    if data.get("settled"):
        check_settled(about)
        return settle(kind, done=data["done"], **common)
    return report(kind, about_area=about.area, about_organisation=about.organisation, **common)


def _join(request: HttpRequest, form: RaiseForm) -> HttpResponse:
    """It is known: the caller's voice is added, and nothing else of the form is needed."""
    who = who_asks(request)
    for name in {*form.errors} - {"on_behalf", "name", "phone"}:
        del form.errors[name]
    id = matter_of_key(request.POST["me_too"])
    matter = known_to(who, id, public=False) if id else None
    if matter is None:
        form.add_error(None, _("It is no longer open, so nothing was added. Please report what you see."))
    if form.errors or matter is None:
        return _page(request, form, status=422)
    try:
        voice = me_too(matter, by=who, now=who.now, reporter=form.reporter(who))
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, form, status=refusal.status)
    return voice_added(request, voice, hand_out=form.cleaned_data["on_behalf"] != MYSELF)


@needs(Permission.DESK_OPEN, Permission.MATTER_RAISE)
def voice(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody calls about what is known: who they are, and they are one of those who raised it."""
    who = who_asks(request)
    matter = find_matter(who, number)
    form = VoiceForm(request.POST) if request.method == "POST" else VoiceForm()
    if form.is_valid():
        try:
            return voice_added(
                request, me_too(matter, by=who, now=who.now, reporter=form.reporter(who)), hand_out=True
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
    context = {"now": who.now, "form": form, "matter": matter, "possible": may_get_voices(matter)}
    return render(request, "matters/voice.html", context, status=422 if form.errors else 200)


def voice_added(request: HttpRequest, voice: Voice, *, hand_out: bool) -> HttpResponse:
    """To the slip with their code; without one (an account that is there already, or one's own) to the matter."""
    number = voice.matter.number
    if voice.again:
        messages.info(request, _("This account had raised it already; nothing was added."))
    else:
        messages.success(request, _("One voice more: %(n)s raised it by now.") % {"n": voice.matter.voices})
    if voice.again or not hand_out:
        return HttpResponseRedirect(reverse("matter", args=[number]), status=303)
    return _handing_out(
        HttpResponseRedirect(reverse("matter-slip", args=[number]), status=303), number, voice.code
    )


def _place_error(form: RaiseForm, refusal: Refusal) -> None:
    """The actions speak of the area and of the reason; on this form they have other names."""
    field = {"area": "village", "reason": "done"}.get(refusal.field or "", refusal.field)
    add_refusal(form, Invalid(refusal.message, code=refusal.code, field=field))


def _sent_twice(request: HttpRequest, earlier: Matter) -> HttpResponse:
    messages.info(
        request, _("This was sent already: it has the number %(number)s.") % {"number": earlier.number}
    )
    return HttpResponseRedirect(reverse("matter", args=[earlier.number]), status=303)


def _to_slip(raised: Raised, form: RaiseForm) -> HttpResponse:
    """The code is kept nowhere: it travels to the slip in a cookie that lives ten minutes."""
    url = reverse("matter-slip", args=[raised.matter.number])
    response = HttpResponseRedirect(url, status=303)
    if form.cleaned_data["on_behalf"] != MYSELF:
        _handing_out(response, raised.matter.number, raised.code)
    return response


def _handing_out(response: HttpResponse, number: str, code: str) -> HttpResponse:
    response.set_signed_cookie(
        RECEIPT_COOKIE, code, salt=number, max_age=RECEIPT_SECONDS, path=reverse("matter-slip", args=[number]),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
    )  # fmt: skip
    return response


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """What one hands to the reporter: the number, the promise, who has it; the code only just after raising it."""
    who = who_asks(request)
    code = just_given(request, number)
    matter = Matter.objects.with_labels().get(number=number) if code else find_matter(who, number)
    owner = opened_by(matter, code) if code else None
    found = names(people=(), seats=[matter.turn_id], paths=(), now=who.now)
    context = {
        "now": who.now,
        "matter": matter,
        "code": code,
        "voice": owner is not None
        and not owner.first,  # they did not write its title, and take no copy of it home
        "with_seat": found.seat(matter.turn_id),
        "state_label": STATES[State(matter.state)],
    }
    response = render(request, "matters/slip.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def just_given(request: HttpRequest, number: str) -> str:
    """The code in the cookie: whoever has it raised the matter, maybe where they see nothing else."""
    return request.get_signed_cookie(RECEIPT_COOKIE, "", salt=number, max_age=RECEIPT_SECONDS) or ""


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def nearest(request: HttpRequest) -> HttpResponse:
    """What lies under the pin, in words, for the map's own line of text."""
    try:
        spot = locate(float(request.GET.get("lon", "nan")), float(request.GET.get("lat", "nan")))
    except (ValueError, Invalid):
        return JsonResponse({"name": ""})
    if spot.base_grid is None and spot.nearest:
        return JsonResponse(
            {"name": _("outside every grid; the nearest is %(area)s") % {"area": spot.nearest.label}}
        )
    parts = [area.label for area in (spot.village, spot.base_grid, spot.building) if area]
    return JsonResponse({"name": " › ".join(parts)})
