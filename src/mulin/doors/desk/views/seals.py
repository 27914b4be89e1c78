"""Seals of the journal, for the auditor: given away on paper or as a file, and checked when they come back."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mulin.journal.face import Given, Seal, check_seal, seal_file, seal_sheet
from mulin.kernel.refusals import Invalid, NotYours
from mulin.posts.face import Permission, needs

SHOWN = 60
LARGEST = 4_000_000  # bytes of a seal that somebody brings back


class SealForm(forms.Form):
    """A seal that was given outside."""

    file = forms.FileField(label=gettext_lazy("Seal file"), max_length=200)

    def clean_file(self) -> Given:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(gettext_lazy("This file is too large for a seal."))
        try:
            return Given(sent.read())
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@needs(Permission.JOURNAL_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def seals(request: HttpRequest) -> HttpResponse:
    """The last ones; a POST checks one against the journal and changes nothing."""
    form = SealForm(request.POST or None, request.FILES or None) if request.method == "POST" else SealForm()
    context = {"form": form, "rows": list(Seal.objects.order_by("-number").defer("text")[:SHOWN])}
    if not form.is_bound:
        return render(request, "desk/seals.html", context)
    if not form.is_valid():
        return render(request, "desk/seals.html", context, status=422)
    given: Given = form.cleaned_data["file"]
    return render(request, "desk/seals.html", context | {"given": given, "found": check_seal(given)})


@needs(Permission.JOURNAL_READ)
@require_safe
def file(request: HttpRequest, seal: int) -> HttpResponse:  # noqa: ARG001 - every view takes a request
    made = _made(seal)
    name = f'attachment; filename="mulin-seal-{made.number:06d}.txt"'
    return HttpResponse(
        seal_file(made), content_type="text/plain; charset=utf-8", headers={"Content-Disposition": name}
    )


@needs(Permission.JOURNAL_READ)
@require_safe
def sheet(request: HttpRequest, seal: int) -> HttpResponse:  # noqa: ARG001 - every view takes a request
    made = _made(seal)
    content = seal_sheet(made, language=translation.get_language() or "en")
    name = f'inline; filename="mulin-seal-{made.number:06d}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def _made(number: int) -> Seal:
    found = Seal.objects.filter(number=number).first()
    if found is None:
        raise NotYours
    return found
