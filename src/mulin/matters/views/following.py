"""Asking a reporter how it went: reach them for a purpose, write down what they said, or that nobody answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.kernel.refusals import NotAllowed, Refusal
from mulin.matters.actions.act import act
from mulin.matters.actions.contact import Shown, reveal_contact
from mulin.matters.actions.following_up import not_reached
from mulin.matters.forms import MoveForm, NotReachedForm, RevealForm, add_refusal
from mulin.matters.labels import OUTCOMES
from mulin.matters.models import Matter
from mulin.matters.offering import Offering
from mulin.matters.queries.story import lines_for
from mulin.matters.rules.limits import FOLLOW_UP_TRIES
from mulin.matters.rules.moves import Outcome, find
from mulin.matters.views import people
from mulin.matters.views.finding import find_matter
from mulin.posts.face import Permission, Who, needs, who_asks

_SAID = ("matter.confirmed", "matter.handed_in", "matter.settled")


@needs(Permission.DESK_OPEN, Permission.MATTER_ASK)
def follow_up(request: HttpRequest, number: str) -> HttpResponse:
    """What it was, how it ended, how to reach them, and what to ask."""
    who = who_asks(request)
    matter = find_matter(who, number)
    if request.method != "POST":
        return _page(request, matter)
    form = _form(matter, who, request.POST)
    if form is None:
        return _gone(request)
    done = _try(form, lambda: act(
        matter, "follow_up", given=form.given(), by=who, now=who.now, version=form.cleaned_data["version"]
    ))  # fmt: skip
    if not done:
        return _page(request, matter, answer=form, status=422)
    messages.success(request, _("%(number)s: the answer was written down.") % {"number": matter.number})
    return to_queue()


@needs(Permission.DESK_OPEN, Permission.CONTACT_REVEAL)
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show how to reach them, in this one answer; it is written down who looked and why."""
    who = who_asks(request)
    matter = find_matter(who, number)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("matter-follow-up", args=[matter.number]), status=303)
    form = RevealForm(request.POST, auto_id="reveal_%s")
    if not form.is_valid():
        return _page(request, matter, reveal=form, status=422)
    shown = reveal_contact(matter, purpose=form.cleaned_data["purpose"], by=who, now=who.now)
    return _page(request, matter, shown=shown)


@needs(Permission.DESK_OPEN, Permission.MATTER_ASK)
def missed(request: HttpRequest, number: str) -> HttpResponse:
    """Nobody answered: another day again."""
    who = who_asks(request)
    matter = find_matter(who, number)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("matter-follow-up", args=[matter.number]), status=303)
    form = NotReachedForm(request.POST, auto_id="missed_%s")
    if not _try(form, lambda: not_reached(matter, note=form.cleaned_data["note"], by=who, now=who.now)):
        return _page(request, matter, missed=form, status=422)
    messages.success(request, _("%(number)s: noted that nobody answered.") % {"number": matter.number})
    return to_queue()


def to_queue() -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('queue')}?show=follow_up", status=303)


def _gone(request: HttpRequest) -> HttpResponseRedirect:
    messages.info(request, _("There is nothing to ask about this matter now."))
    return to_queue()


def _try(form: Any, act_on_it: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        act_on_it()
    except NotAllowed:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _form(matter: Matter, who: Who, *data: Any) -> MoveForm | None:
    """None where it is not closed, so that there is nothing to ask."""
    row = find("follow_up", matter.state, matter.held_level)
    if row is None:
        return None
    return MoveForm(row, *data, offering=Offering(matter, who), initial={"version": matter.version})


def _page(
    request: HttpRequest, matter: Matter, *, answer: MoveForm | None = None, reveal: RevealForm | None = None,
    missed: NotReachedForm | None = None, shown: Shown | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    who = who_asks(request)
    reporters = people.read_reporters(matter)
    card = people.reporter_card(matter, reporters, who, matter.scope())
    answer = answer or _form(matter, who)
    context = {
        "now": who.now,
        "matter": matter,
        "outcome": OUTCOMES[Outcome(matter.outcome)] if matter.outcome else "",
        "said": _said(matter, who),
        "reporter": card,
        "reveal_form": (reveal or RevealForm(auto_id="reveal_%s")) if card.may_reveal and not shown else None,
        "shown": shown,
        "answer_form": answer,
        "missed_form": (missed or NotReachedForm(auto_id="missed_%s")) if matter.follow_up_at else None,
        "tries": matter.follow_tries,
        "most": FOLLOW_UP_TRIES,
    }
    response = render(request, "matters/follow_up.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _said(matter: Matter, who: Who) -> str:
    """What the reporter was told at the end."""
    lines = (line for line in reversed(lines_for(matter, who)) if line.code in _SAID)
    return next(
        (said.text for line in lines for said in line.words.values() if said.public and said.text), ""
    )
