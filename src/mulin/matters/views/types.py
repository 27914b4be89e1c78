"""The matter list: the tree of three levels, an entry's page, and its changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.refusals import NotYours, Refusal
from mulin.kernel.worktime import Limit, Unit
from mulin.matters.actions.types import EDITABLE, change_type, close_type, may_edit_list, set_limit
from mulin.matters.forms import ExtendForm, LimitForm, TypeWordsForm, add_refusal
from mulin.matters.listwords import CLOCKS, NETWORKS, limit_words
from mulin.matters.models import MatterLimit, MatterType
from mulin.matters.queries.suggest import kind_matches
from mulin.matters.rules.limits import Clock, limit_for
from mulin.places.face import Level
from mulin.posts.face import BodyFunction, Permission, needs, who_asks


@dataclass
class Branch:
    """An entry with what hangs under it."""

    kind: MatterType
    promise: str
    children: list[Branch] = field(default_factory=list)


@dataclass(frozen=True)
class LimitRow:
    """One clock of an entry: its own limit, or the sample that stands in for it."""

    clock: Clock
    label: str
    words: str
    own: bool
    form: LimitForm | None


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
def types(request: HttpRequest) -> HttpResponse:
    """The whole list, or what fits the words."""
    words = request.GET.get("q", "")[:100]
    tree = list(MatterType.objects.tree().prefetch_related("limits"))
    branches = _tree(tree, words)
    context = {
        "now": who_asks(request).now,
        "branches": branches,
        "q": words,
        "count": sum(len(group.children) for top in branches for group in top.children),
        "edits": who_asks(request).holds(Permission.MATTER_TYPE_EDIT),
    }
    return render(request, "matters/types.html", context)


def _tree(kinds: Iterable[MatterType], words: str) -> list[Branch]:
    """Only branches that lead to an entry which fits."""
    branches = {kind.pk: Branch(kind, _promise(kind) if kind.level == 3 else "") for kind in kinds}
    tops: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.kind.parent_id) if branch.kind.parent_id else None
        if branch.kind.level == 3 and not kind_matches(branch.kind, words):
            continue
        (parent.children if parent else tops).append(branch)
    for top in tops:
        top.children = [group for group in top.children if group.children]
    return [top for top in tops if top.children]


def _promise(kind: MatterType) -> str:
    return limit_words(_limit(kind, Clock.PROMISE))


def _limit(kind: MatterType, clock: Clock) -> Limit:
    own = {Clock(row.clock): row.limit for row in kind.limits.all() if row.to_at is None}
    return limit_for(clock, own, urgent=kind.urgent)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """An entry: who takes it, until when, what filing and closing ask for."""
    return _page(request, _find(code))


def _find(code: str) -> MatterType:
    found = MatterType.objects.filter(code=code, level=3).select_related("parent__parent").first()
    if found is None:
        raise NotYours
    return found


def _page(
    request: HttpRequest, kind: MatterType, *, words: TypeWordsForm | None = None, limit: LimitForm | None = None,
    clock: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    who = who_asks(request)
    edits = kind.closed_at is None and may_edit_list(who)
    initial = {name: getattr(kind, name) for name in EDITABLE} | {"not_to_grids": not kind.to_grids}
    rows = list(MatterLimit.objects.filter(type=kind).order_by("clock", "-from_at"))
    context = {
        "now": who.now,
        "kind": kind,
        "level": Level(kind.start_level).label,
        "network": NETWORKS.get(kind.network, ""),
        "bodies": [str(BodyFunction(each).label) for each in kind.handlers if each in set(BodyFunction)],
        "limits": [_row(kind, each, rows, edits, limit if clock == each else None) for each in Clock],
        "former": [(CLOCKS[Clock(row.clock)], limit_words(row.limit), row) for row in rows if row.to_at],
        "words_form": (words or TypeWordsForm(initial=initial)) if edits else None,
        "words_open": words is not None,
        "extend_form": ExtendForm(auto_id="extend_%s") if edits and kind.temporary else None,
    }
    return render(request, "matters/type.html", context, status=status)


def _row(
    kind: MatterType, clock: Clock, rows: list[MatterLimit], edits: bool, bound: LimitForm | None
) -> LimitRow:
    own = {Clock(row.clock): row.limit for row in rows if row.to_at is None}
    limit = limit_for(clock, own, urgent=kind.urgent)
    form = None
    if edits:
        initial = {"amount": limit.amount, "unit": limit.unit.value}
        form = bound or LimitForm(auto_id=f"{clock}_%s", initial=initial)
    return LimitRow(clock, str(CLOCKS[clock]), limit_words(limit), clock in own, form)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def words(request: HttpRequest, code: str) -> HttpResponse:
    """Change the words of an entry."""
    kind = _find(code)
    if request.method != "POST":
        return _back(kind)
    form = TypeWordsForm(request.POST)
    refused = _try(form, lambda: change_type(kind, values=form.values(), **_by(request)))
    if refused:
        return _page(request, kind, words=form, status=refused)
    messages.success(request, _("The entry was changed."))
    return _back(kind)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def limit(request: HttpRequest, code: str, clock: str) -> HttpResponse:
    """Give an entry another limit from now on."""
    kind = _find(code)
    if clock not in set(Clock):
        raise NotYours
    if request.method != "POST":
        return _back(kind)
    form = LimitForm(request.POST, auto_id=f"{clock}_%s")
    refused = _try(form, lambda: set_limit(kind, clock=Clock(clock), limit=_given(form), **_by(request)))
    if refused:
        return _page(request, kind, limit=form, clock=clock, status=refused)
    messages.success(
        request, _("The limit was changed. Open due dates are worked out anew; pauses are kept.")
    )
    return _back(kind)


def _given(form: LimitForm) -> Limit:
    return Limit(form.cleaned_data["amount"], Unit(form.cleaned_data["unit"]))


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Take an entry off the list."""
    kind = _find(code)
    if request.method == "POST":
        close_type(kind, **_by(request))
        messages.success(request, _("The entry is off the list. Matters of it stay as they are."))
    return _back(kind)


def _by(request: HttpRequest) -> dict[str, Any]:
    who = who_asks(request)
    return {"by": who, "now": who.now}


def _try(form: forms.Form, act: Callable[[], object]) -> int:
    """Do it if the form is right; the status of the page that says what is wrong, else 0."""
    if not form.is_valid():
        return 422
    try:
        act()
    except Refusal as refusal:
        add_refusal(form, refusal)
        return refusal.status
    return 0


def _back(kind: MatterType) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("matter-type", args=[kind.code]), status=303)
