"""What the pages of this room share: fetching what one may see, keyset paging, answering a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from mulin.kernel.refusals import Conflict, Invalid, NotYours, TooMany
from mulin.posts.forms import add_refusal
from mulin.posts.gate import who_asks

M = TypeVar("M", bound=Model)
PAGE = 50


def one(found: QuerySet[M], id: UUID) -> M:
    """The row with this id among those that one may see; else there is nothing here."""
    row = found.filter(pk=id).first()
    if row is None:
        raise NotYours
    return row


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page, at the instant of the request."""
    return render(request, f"posts/{template}", {"now": who_asks(request).now, **context}, status=status)


def after(request: HttpRequest) -> str:
    """The key after which the list goes on."""
    return request.GET.get("after", "")[:200]


def cut(rows: Sequence[M], request: HttpRequest, key: Callable[[M], str]) -> tuple[list[M], dict[str, str]]:
    """The rows of one page out of one more than it holds, and where the next begins."""
    shown = list(rows[:PAGE])
    links: dict[str, str] = {}
    if len(rows) > PAGE:
        kept = {name: value for name, value in request.GET.items() if name != "after"}
        links["next_url"] = "?" + urlencode({**kept, "after": key(shown[-1])})
    if after(request):
        kept = {name: value for name, value in request.GET.items() if name != "after"}
        links["first_url"] = "?" + urlencode(kept)
    return shown, links


def done(url: str) -> HttpResponseRedirect:
    """See the result: 303, so that going back or reloading sends nothing twice."""
    return HttpResponseRedirect(url, status=303)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even if that is nothing; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.Form, act: Callable[[dict[str, Any]], HttpResponse]) -> tuple[HttpResponse | None, int]:
    """Do what a sent form asks for. Refused, the form keeps what was typed and says why."""
    if not form.is_valid():
        return None, 422
    try:
        return act(form.cleaned_data), 200
    except (Invalid, Conflict, TooMany) as refusal:
        add_refusal(form, refusal)
        return None, refusal.status
