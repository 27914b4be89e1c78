"""Sheets of paper about a matter and about a seat: chosen on a page, answered as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.journal.face import Reading
from mulin.kernel import paper
from mulin.kernel.refusals import Invalid, Refusal
from mulin.matters.actions.contact import Shown, disclose_print, reveal_contact
from mulin.matters.actions.reporters import opened_by
from mulin.matters.forms import add_refusal
from mulin.matters.labels import PURPOSES
from mulin.matters.models import Matter
from mulin.matters.papers.handover import HANDOVER, handover_sheet, seats_to_hand_over
from mulin.matters.papers.matter import DISPATCH, SHEET, dispatch_sheet, lead_of, matter_sheet
from mulin.matters.papers.slip import SLIP, acceptance_slip
from mulin.matters.queries.rechecks import not_blind
from mulin.matters.queries.seeing import Seen, see
from mulin.matters.views.finding import find_matter
from mulin.matters.views.page import Read, read
from mulin.matters.views.people import reporter_card
from mulin.matters.views.raising import just_given
from mulin.posts.face import Permission, Who, needs, seats_by_id, who_asks

LANGUAGES = {"zh-hans": "简体中文", "en": "English"}
PAPERS: dict[str, str | Promise] = {
    "sheet": _("Matter sheet: everything, for the file"),
    "dispatch": _("Dispatch sheet: for whoever handles it"),
    "slip": _("Acceptance slip: for whoever raised it"),
}
_MAKERS: dict[str, tuple[str, Callable[[Read, str, Shown | None], dict[str, Any]]]] = {
    "sheet": (SHEET, matter_sheet),
    "dispatch": (DISPATCH, dispatch_sheet),
}


class PaperForm(forms.Form):
    """Which sheet, in which language, and whether with the whole contact, and why."""

    paper = forms.ChoiceField(label=_("Sheet"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=pgettext_lazy("paper", "Language"), choices=list(LANGUAGES.items()))
    purpose = forms.ChoiceField(
        label=_("Print how to reach the reporter"),
        help_text=_(
            "Name and phone are masked on paper too. Printed in full, it is written down who did and why."
        ),
        required=False,
    )

    def __init__(self, *args: Any, dispatched: bool, reveals: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        papers = [(code, words) for code, words in PAPERS.items() if dispatched or code != "dispatch"]
        self.fields["paper"].choices = papers  # type: ignore[attr-defined]  # a field that has choices
        purposes = [("", _("masked")), *PURPOSES.items()]
        if reveals:
            self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["purpose"]


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Choose a sheet; a POST gives it."""
    who = who_asks(request)
    seen = see(who, number)
    not_blind(seen.matter, who)
    found = read(seen, who)
    card = reporter_card(found.matter, found.reporters, who, found.scope)
    initial = {"paper": "sheet", "language": "zh-hans" if _is_chinese() else "en"}
    shape = {"dispatched": lead_of(found) is not None, "reveals": card.may_reveal}
    if request.method == "POST":
        form = PaperForm(request.POST, **shape)
        if form.is_valid():
            try:
                return _printed(request, seen, who, **form.cleaned_data)
            except Refusal as refusal:
                add_refusal(form, refusal)
    else:
        form = PaperForm(initial=initial, **shape)
    context = {"now": who.now, "matter": found.matter, "form": form}
    return render(request, "matters/papers.html", context, status=422 if form.errors else 200)


def _printed(
    request: HttpRequest, seen: Seen, who: Who, *, paper: str, language: str, purpose: str = ""
) -> HttpResponse:
    shown = None
    if purpose and paper != "slip":
        shown = reveal_contact(seen.matter, purpose=purpose, by=who, now=who.now, kind=Reading.PRINT)
    pdf = matter_paper(seen, paper, language=language, who=who, start=start_of(request), shown=shown)
    return as_pdf(pdf, f"{seen.matter.number}-{paper}.pdf")


def matter_paper(
    seen: Seen, name: str, *, language: str, who: Who, start: str, shown: Shown | None = None
) -> bytes:
    """One of the sheets of a matter that this person sees, as PDF; a print is a reading, and written down."""
    if name not in PAPERS or language not in LANGUAGES:
        raise Invalid(code="paper", field="paper")
    with translation.override(language):
        if name == "slip":
            return _slip(seen.matter, language, start)
        template, maker = _MAKERS[name]
        data = maker(read(seen, who), start, shown)
    if not shown:
        disclose_print(seen.matter, by=who, now=who.now)
    return paper.pdf(template, data, language=language)


def _slip(matter: Matter, language: str, start: str, code: str = "") -> bytes:
    owner = opened_by(matter, code) if code else None
    turn = seats_by_id({matter.turn_id} if matter.turn_id else set())
    seat = next((each.label for each in turn.values()), "")
    voice = owner is not None and not owner.first
    data = acceptance_slip(matter, seat=seat, code=code, voice=voice, start=start)
    return paper.pdf(SLIP, data, language=language)


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def slip_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The slip that was just handed out, with its code, as PDF."""
    who = who_asks(request)
    code = just_given(request, number)
    matter = Matter.objects.with_labels().get(number=number) if code else find_matter(who, number)
    language = _asked_language(request)
    with translation.override(language):
        pdf = _slip(matter, language, start_of(request), code)
    return as_pdf(pdf, f"{matter.number}-slip.pdf")


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def handovers(request: HttpRequest) -> HttpResponse:
    """The seats whose list may be printed."""
    who = who_asks(request)
    context = {"now": who.now, "seats": seats_to_hand_over(who), "languages": LANGUAGES}
    return render(request, "matters/handovers.html", context)


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def handover(request: HttpRequest, id: UUID) -> HttpResponse:
    """What waits at a seat, to be signed by both."""
    who = who_asks(request)
    return as_pdf(handover_paper(id, language=_asked_language(request), who=who), "hand-over.pdf")


def handover_paper(seat: UUID, *, language: str, who: Who) -> bytes:
    """The list of a seat as PDF: what this person may read of it."""
    if language not in LANGUAGES:
        raise Invalid(code="language", field="language")
    with translation.override(language):
        return paper.pdf(HANDOVER, handover_sheet(seat, who), language=language)


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    """Shown in the browser, from which it is printed; kept in no cache."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    patch_cache_control(response, private=True, no_store=True)
    return response


def start_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


def _asked_language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else ("zh-hans" if _is_chinese() else "en")


def _is_chinese() -> bool:
    return (translation.get_language() or "").startswith("zh")
