"""Settings → Messages: the texts of a town, with a preview, their history, and the way back to the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.channels.actions import EDITS, checked_text, reset_texts, set_texts
from mulin.channels.forms import TO, TextsForm, add_refusal
from mulin.channels.queries.ahead import look_ahead
from mulin.channels.queries.texts import history_of, texts_of
from mulin.channels.rules.sending import Why
from mulin.channels.sample import sample
from mulin.channels.texts import CHINESE, ENGLISH, FIELDS, LANGUAGES, Kind, Texts, kinds
from mulin.kernel.refusals import NotAllowed, NotYours, Refusal
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Who, area_filter, needs, who_asks

TOWNS = 200


@dataclass(frozen=True)
class Line:
    """A kind with the text in force in the language of the screen."""

    kind: Kind
    text: str
    own: bool


def towns_of(who: Who) -> list[Area]:
    """The towns whose texts this person may edit."""
    found = Area.objects.none()
    for permission in EDITS:
        if who.has(permission):
            mine = area_filter(who, permission, path_fields=("path",))
            found = found | Area.objects.open().plain().at_level(Level.TOWN).filter(mine)
    return list(found.order_by("path")[:TOWNS])


def _town(request: HttpRequest, given: Mapping[str, str]) -> tuple[Area, list[Area]]:
    towns = towns_of(who_asks(request))
    if not towns:
        raise NotAllowed
    path = given.get("town", "") or towns[0].path
    town = next((each for each in towns if each.path == path), None)
    if town is None:
        raise NotYours
    return town, towns


def _kind(code: str) -> Kind:
    found = kinds().get(code)
    if found is None:
        raise NotYours
    return found


@needs(Permission.DESK_OPEN)
def texts(request: HttpRequest) -> HttpResponse:
    """Every kind of message with the town's text of it."""
    town, towns = _town(request, request.GET.dict())
    own = texts_of([town.path])
    language = ENGLISH if get_language() == "en" else CHINESE
    groups: dict[str, list[Line]] = {}
    for kind in kinds().values():
        line = Line(kind, own.of(town.path, kind.code, language), _is_own(own, town, kind))
        groups.setdefault(kind.audience, []).append(line)
    context = {
        "town": town,
        "towns": towns,
        "groups": [(str(TO[audience]), lines) for audience, lines in groups.items()],
        "may_look_ahead": who_asks(request).has(Permission.SYSTEM_MANAGE),
    }
    return render(request, "channels/texts.html", context)


def _is_own(own: Texts, town: Area, kind: Kind) -> bool:
    return any((town.path, kind.code, language) in own.own for language in LANGUAGES)


@needs(Permission.DESK_OPEN)
def text(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: its texts, what they may name, how they read, and those of before."""
    posted = request.method == "POST"
    town, _towns = _town(request, (request.POST if posted else request.GET).dict())
    found = _kind(kind)
    if not posted:
        return _page(request, town, found)
    form, who = TextsForm(request.POST), who_asks(request)
    if form.is_valid():
        try:
            set_texts(town, found, form.texts, by=who, now=who.now)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The texts are in force from now on."))
            return _back(town, found)
    return _page(request, town, found, form)


def _page(request: HttpRequest, town: Area, kind: Kind, form: TextsForm | None = None) -> HttpResponse:
    own = texts_of([town.path])
    now = {language: own.of(town.path, kind.code, language) for language in LANGUAGES}
    shown = form or TextsForm.of(now)
    context: dict[str, Any] = {
        "now": who_asks(request).now,
        "town": town,
        "kind": kind,
        "to": TO[kind.audience],
        "form": shown,
        "fields": [(f"{{{name}}}", FIELDS[name]) for name in kind.fields],
        "is_own": _is_own(own, town, kind),
        "defaults": [kind.texts[language] for language in LANGUAGES],
        "history": history_of(town, kind.code),
        **_preview(kind, _typed(form) if form else now),
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "channels/text.html", context, status=422 if wrong else 200)


def _typed(form: TextsForm) -> dict[str, str]:
    return {CHINESE: form.data.get("text_zh", ""), ENGLISH: form.data.get("text_en", "")}


def _preview(kind: Kind, texts: Mapping[str, str]) -> dict[str, Any]:
    """How it reads for a matter that does not exist; or what is wrong with it."""
    return {"previews": [_one(kind, language, texts[language]) for language in LANGUAGES]}


def _one(kind: Kind, language: str, text: str) -> dict[str, str]:
    lang = "en" if language == ENGLISH else "zh-Hans"
    try:
        return {"lang": lang, "text": sample(checked_text(kind, language, text), language), "problem": ""}
    except Refusal as refusal:
        return {"lang": lang, "text": "", "problem": str(refusal.message)}


@needs(Permission.DESK_OPEN)
@require_POST
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """How the texts would read; nothing is kept. Without a script the whole page comes back with it."""
    town, _towns = _town(request, request.POST.dict())
    found, form = _kind(kind), TextsForm(request.POST)
    if "HX-Request" not in request.headers:
        return _page(request, town, found, form)
    context = {"kind": found, "town": town, **_preview(found, _typed(form))}
    return render(request, "channels/parts/preview.html", context)


@needs(Permission.DESK_OPEN)
@require_POST
def default(request: HttpRequest, kind: str) -> HttpResponse:
    """Back to the default."""
    town, _towns = _town(request, request.POST.dict())
    found, who = _kind(kind), who_asks(request)
    reset_texts(town, found, by=who, now=who.now)
    messages.success(request, _("The default texts are in force again."))
    return _back(town, found)


def _back(town: Area, kind: Kind) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('message-text', args=[kind.code])}?town={town.path}", status=303)


@needs(Permission.DESK_OPEN, Permission.SYSTEM_MANAGE)
def dry_run(request: HttpRequest) -> HttpResponse:
    """What would be sent now, to how many, and why the others would not be."""
    now = who_asks(request).now
    ahead = look_ahead(now)
    rows = [
        {
            "kind": kind,
            "now": ahead.now[code],
            "later": ahead.later[code],
            "no": [(reasons()[why], ahead.no[code, why]) for why in Why if ahead.no[code, why]],
        }
        for code, kind in kinds().items()
        if ahead.now[code] or ahead.later[code] or any(ahead.no[code, why] for why in Why)
    ]
    context = {
        "now": now,
        "ahead": ahead,
        "rows": rows,
        "sent": ahead.now.total(),
        "later": ahead.later.total(),
    }
    return render(request, "channels/dry_run.html", context)


def reasons() -> dict[Why, str]:
    """Why somebody is not told, in words."""
    return {
        Why.UNSEEN: _("they may not see the matter"),
        Why.KNOWN: _("they did it themselves or have acted since"),
        Why.OVERTAKEN: _("the turn has moved on"),
        Why.MUTED: _("they do not want this kind"),
    }
