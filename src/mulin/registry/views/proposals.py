"""Proposed changes: heads propose, whoever keeps the registry decides, with all that was said side by side."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.journal.face import Purpose, Reading
from mulin.kernel import throttle
from mulin.kernel.refusals import Conflict, Invalid, NotYours, TooMany
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.actions.proposals import (
    MODELS,
    Proposable,
    accept_proposal,
    propose,
    refuse_proposal,
    withdraw_proposal,
)
from mulin.registry.actions.reading import note_reading
from mulin.registry.actions.revealing import REVEALS_AN_HOUR
from mulin.registry.forms_asked import ProposeForm, RefuseForm
from mulin.registry.forms_privacy import add_refusal
from mulin.registry.models import Proposal, Resident
from mulin.registry.queries.deciding import Deciding, deciding, my_proposals, name_of, waiting_proposals
from mulin.registry.queries.places import places_named
from mulin.registry.rules.revealing import PURPOSES
from mulin.registry.views.revealing import in_no_cache

Desk, Propose, Edit = Permission.DESK_OPEN, Permission.REGISTRY_PROPOSE, Permission.REGISTRY_EDIT
HOUR = timedelta(hours=1)


@needs(Desk, Propose)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for a decision in one's area, and what one proposed oneself."""
    who = who_asks(request)
    decides, after = who.holds(Edit), request.GET.get("after", "")
    rows, more = waiting_proposals(who, after=after) if decides else ([], "")
    context = {
        "now": who.now, "rows": rows, "mine": my_proposals(who), "decides": decides,
        "page": {"next_url": f"?{urlencode({'after': more})}" if more else ""},
    }  # fmt: skip
    return in_no_cache(render(request, "registry/proposals.html", context))


@needs(Desk, Edit)
@require_safe
def proposal(request: HttpRequest, id: UUID) -> HttpResponse:
    """All that is proposed about one thing, beside what stands there now."""
    who = who_asks(request)
    return _page(request, one_to_decide(who, id), who)


def one_to_decide(who: Who, id: UUID) -> Proposal:
    found = Proposal.objects.visible_to(who).filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def _page(
    request: HttpRequest, found: Proposal, who: Who, form: RefuseForm | None = None, status: int = 200,
    purpose: str = "",
) -> HttpResponse:  # fmt: skip
    shown = deciding(found, who, numbers=bool(purpose))
    note_seen(shown, who, purpose)
    context = {
        "now": who.now, "proposal": found, "deciding": shown, "name": name_of(shown.thing),
        "form": form or RefuseForm(), "of_form": found.pk, "purposes": PURPOSES.items(), "numbers": purpose,
        "where": places_named([found.place]).get(found.place, ""),
    }  # fmt: skip
    return in_no_cache(render(request, "registry/proposal.html", context, status=status))


def note_seen(shown: Deciding, who: Who, purpose: str = "") -> None:
    """Whose data stands on the page, and for which purpose its numbers are shown."""
    thing = shown.thing
    if purpose and thing is not None:
        throttle.take(
            f"reveal:{who.user.pk if who.user else ''}", limit=REVEALS_AN_HOUR, per=HOUR, now=who.now
        )
        kind = Reading.REVEAL
    elif thing is not None:  # of a door or a shop, too: who owns it or runs it stands there
        kind, purpose = Reading.PAGE, Purpose.DUTY
    else:
        return
    note_reading([thing.pk], kind=kind, purpose=purpose, by=who, now=who.now, permission=Edit, about=thing)


@needs(Desk, Edit, Permission.REGISTRY_REVEAL)
@require_POST
def numbers(request: HttpRequest, id: UUID) -> HttpResponse:
    """The phones that are compared, whole, in this one answer: for a purpose, and on record."""
    who, purpose = who_asks(request), request.POST.get("purpose", "")
    found = one_to_decide(who, id)
    if purpose not in PURPOSES:
        messages.error(request, _("Please choose why you need to see this."))
        return _see_other("proposal", found.pk)
    return _page(request, found, who, purpose=purpose)


@needs(Desk, Edit)
@require_POST
def accept(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is right, and is written."""
    who = who_asks(request)
    found = one_to_decide(who, id)
    seen = request.POST.get("version", "")[:10]
    try:
        accept_proposal(found, by=who, now=who.now, version=int(seen) if seen.isdecimal() else None)
    except (Invalid, Conflict) as refusal:
        messages.error(request, str(refusal.message))
        return _see_other("proposal", found.pk)
    messages.success(request, _("Accepted: it is written in the registry."))
    return _go_on(found, who)


@needs(Desk, Edit)
@require_POST
def refuse(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is not accepted, and whoever proposed it reads why."""
    who = who_asks(request)
    found, form = one_to_decide(who, id), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, who, form, 422)
    try:
        refuse_proposal(found, reason=form.cleaned_data["reason"], by=who, now=who.now)
    except (Invalid, Conflict) as refusal:
        messages.error(request, str(refusal.message))
        return _see_other("proposal", found.pk)
    messages.success(request, _("Not accepted. Whoever proposed it reads why."))
    return _go_on(found, who)


def _go_on(decided: Proposal, who: Who) -> HttpResponse:
    """To what else is open about the same thing, else to the list."""
    left = Proposal.objects.visible_to(who).open().filter(subject=decided.subject).first()
    return _see_other("proposal", left.pk) if left else _see_other("proposals")


@needs(Desk, Propose)
@require_POST
def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take back what one proposed."""
    who = who_asks(request)
    found = Proposal.objects.made_by(who.user.pk).filter(pk=id).first() if who.user else None
    if found is None:
        raise NotYours
    withdraw_proposal(found, by=who, now=who.now)
    messages.success(request, _("Taken back."))
    return _see_other("proposals")


@needs(Desk, Propose)
def propose_change(request: HttpRequest, record: str, id: UUID) -> HttpResponse:
    """Say what has changed. What is kept now is not shown, nor whether it is the same."""
    who = who_asks(request)
    thing = one_to_propose(who, record, id)
    form, status = ProposeForm(thing, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _proposed(form, thing, who)
                messages.success(
                    request, _("Sent. The grid worker looks at it; you are told what comes of it.")
                )
                return _see_other("proposals")
            except (Invalid, Conflict, TooMany) as refusal:
                add_refusal(form, refusal)
                status = refusal.status
    where = places_named([thing.place]).get(thing.place, "")
    context = {"now": who.now, "form": form, "name": name_of(thing), "where": where}
    return in_no_cache(render(request, "registry/propose.html", context, status=status))


def one_to_propose(who: Who, record: str, id: UUID) -> Proposable:
    """A resident, dwelling or merchant about which one may propose something."""
    model = MODELS.get(record)
    if model is None:
        raise NotYours
    found = model.objects.allowed(who, Propose).filter(pk=id).first()
    if found is None or (isinstance(found, Resident) and found.is_gone):
        raise NotYours
    return found


def _proposed(form: ProposeForm, thing: Proposable, who: Who) -> None:
    given, left = form.given(), bool(form.cleaned_data.get("left"))
    note = form.cleaned_data["note"]
    if left:
        propose(thing, {}, by=who, now=who.now, left=True, note=note)
    if given or not left:
        propose(thing, given, by=who, now=who.now, note=note)


def _see_other(name: str, *arguments: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=arguments), status=303)
