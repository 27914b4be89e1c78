"""Acts on a matter: its moves, a note, showing how to reach the reporter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.journal.face import timeline
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, Refusal
from mulin.matters.actions.act import act
from mulin.matters.actions.apply import subject
from mulin.matters.actions.contact import reveal_contact
from mulin.matters.actions.happened import overtaken
from mulin.matters.actions.note import note as write_note
from mulin.matters.actions.numbers import prepare_number
from mulin.matters.actions.photos import make_safe
from mulin.matters.forms import MoveForm, NoteForm, RevealForm, add_refusal
from mulin.matters.labels import ENTRIES, HINTS
from mulin.matters.labels import MOVES as MOVE_LABELS
from mulin.matters.models import Matter
from mulin.matters.offering import Offering
from mulin.matters.queries.offers import offers
from mulin.matters.rules.moves import MOVES, Move, find
from mulin.matters.views.finding import find_matter
from mulin.matters.views.now import PAGES
from mulin.matters.views.page import Returned, show
from mulin.posts.face import Permission, needs, who_asks


def to_page(matter: Matter, anchor: str = "") -> HttpResponseRedirect:
    """See the matter: 303, so that going back or reloading sends nothing twice."""
    return HttpResponseRedirect(reverse("matter", args=[matter.number]) + anchor, status=303)


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def do(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Make a move. Refused, the page comes back with everything that was typed."""
    matter = find_matter(who_asks(request), number)
    row = _row(matter, move)
    if request.method != "POST":
        return _ask(request, matter, row) if row.code in PAGES else to_page(matter)
    form = _form(request, matter, row)
    if _is_old(form, matter):
        return _stale(request, matter, form, overtaken(matter, told=who_asks(request)))
    if not form.is_valid():
        return _again_with(request, matter, form, 422)
    return _do(request, matter, row, form)


def _ask(request: HttpRequest, matter: Matter, row: Move) -> HttpResponse:
    """The page of a move that asks much; for whoever cannot make it now, the matter."""
    who = who_asks(request)
    if row.code not in {offer.code for offer in offers(matter, who)}:
        return to_page(matter)
    form = MoveForm(row, offering=Offering(matter, who), initial={"version": matter.version})
    return _move_page(request, matter, form)


def _move_page(request: HttpRequest, matter: Matter, form: MoveForm, status: int = 200) -> HttpResponse:
    code = form.move.code
    context = {"matter": matter, "form": form, "move": code, "label": MOVE_LABELS[code], "help": HINTS[code]}
    response = render(request, "matters/move.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _again_with(request: HttpRequest, matter: Matter, form: MoveForm, status: int) -> HttpResponse:
    """What was wrong, where it was filled in."""
    if form.move.code in PAGES:
        return _move_page(request, matter, form, status)
    return show(request, matter, Returned(status=status, move=form))


def _row(matter: Matter, code: str) -> Move:
    """The table's row for now; where there is none now, any of that name, so that the words can be kept."""
    row = find(code, matter.state, matter.held_level) or next(
        (m for m in MOVES if m.code == code and m.sources), None
    )
    if row is None:
        raise Invalid(_("There is no such move."), code="unknown_move")
    return row


def _form(request: HttpRequest, matter: Matter, row: Move) -> MoveForm:
    return MoveForm(row, request.POST, request.FILES, offering=Offering(matter, who_asks(request)))


def _do(request: HttpRequest, matter: Matter, row: Move, form: MoveForm) -> HttpResponse:
    who, version = who_asks(request), form.cleaned_data["version"]
    try:
        photos = make_safe(form.cleaned_data.get("photos") or [])
        if row.code in ("split", "refer"):
            prepare_number(who.now)
        act(matter, row.code, given=form.given(), by=who, now=who.now, version=version, photos=photos)
    except Conflict as refusal:
        return _stale(request, find_matter(who, matter.number), form, refusal)
    except NotAllowed:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _again_with(request, matter, form, refusal.status)
    messages.success(
        request, _("%(number)s: %(done)s.") % {"number": matter.number, "done": ENTRIES[row.entry]}
    )
    return to_page(matter)


def _is_old(form: MoveForm, matter: Matter) -> bool:
    """Whether the page was of another version; one that names none is a wrong form, not an old one."""
    version = str(form.data.get("version", ""))
    return version.isascii() and version.isdigit() and version != str(matter.version)


def _stale(request: HttpRequest, matter: Matter, form: MoveForm, refusal: Conflict) -> HttpResponse:
    """Somebody was faster, or it was sent twice: show what happened, and keep the words under the new version."""
    returned = Returned(status=refusal.status, problem=str(refusal.message), conflict=True)
    if _was_me(request, matter, form):
        returned.problem = _("You have done this already. Nothing was done twice.")
    else:
        returned.move = _again(request, matter, form)
    return show(request, matter, returned)


def _was_me(request: HttpRequest, matter: Matter, form: MoveForm) -> bool:
    """A second click: the last line is this person's, and is this very move."""
    user, lines = who_asks(request).user, timeline(subject(matter))
    if user is None or not lines:
        return False
    return lines[-1].by == user.pk and lines[-1].code == form.move.entry


def _again(request: HttpRequest, matter: Matter, form: MoveForm) -> MoveForm:
    row = find(form.move.code, matter.state, matter.held_level) or form.move
    typed = dict(form.data.items()) | {"version": matter.version}
    again = MoveForm(row, initial=typed, offering=Offering(matter, who_asks(request)))
    again.kept = form.typed()
    return again


@needs(Permission.DESK_OPEN, Permission.MATTER_NOTE)
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note: for colleagues, or for the reporter."""
    who = who_asks(request)
    matter = find_matter(who, number)
    if request.method != "POST":
        return to_page(matter)
    form = NoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():
        try:
            write_note(matter, **form.cleaned_data, by=who, now=who.now)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The note was added."))
            return to_page(matter, "#timeline")
    return show(request, matter, Returned(status=422, note=form))


@needs(Permission.DESK_OPEN, Permission.CONTACT_REVEAL)
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show how to reach the reporter, in this one answer; it is written down who looked and why."""
    who = who_asks(request)
    matter = find_matter(who, number)
    if request.method != "POST":
        return to_page(matter)
    form = RevealForm(request.POST, auto_id="reveal_%s")
    if not form.is_valid():
        return show(request, matter, Returned(status=422, reveal=form))
    shown = reveal_contact(matter, purpose=form.cleaned_data["purpose"], by=who, now=who.now)
    return show(request, matter, Returned(shown=shown))
