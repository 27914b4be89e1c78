"""Paper codes for residents: issued at the window or the door to whoever shows a document, printed, withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mulin.kernel import crypto
from mulin.kernel.paper import pdf, qr
from mulin.kernel.refusals import NotYours
from mulin.posts.actions import issue_paper_code, withdraw_paper_code
from mulin.posts.forms_residents import PaperCodeForm
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import ResidentCode
from mulin.posts.queries.residents import codes_issued_by
from mulin.posts.rules import Permission
from mulin.posts.rules.residents import DOCUMENTS, Document
from mulin.posts.rules.slips import shown
from mulin.posts.views.base import done, one, page, sent, tried

Desk, Admit = Permission.DESK_OPEN, Permission.RESIDENT_ADMIT
PAPERS, CONTEXT, KEPT, MOST = "resident_papers", "desk.resident_paper", timedelta(minutes=15), 5
LISTED = 50


@needs(Desk, Admit)
@never_cache
def residents(request: HttpRequest) -> HttpResponse:
    """Issue a code to whoever stands here, and what one issued lately."""
    form, status = PaperCodeForm(sent(request)), 200
    if request.method == "POST":
        answer, status = tried(form, lambda given: _issued(request, given))
        if answer:
            return answer
    who = who_asks(request)
    rows = [(code, state_of(code, who.now)) for code in codes_issued_by(who)[:LISTED]]
    return page(request, "residents.html", {"form": form, "rows": rows}, status)


def _issued(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    who = who_asks(request)
    code, plain = issue_paper_code(**given, by=who, now=who.now)
    sealed = crypto.encrypt(f"{who.now.timestamp()} {plain}", context=CONTEXT)
    kept = {**request.session.get(PAPERS, {}), str(code.pk): sealed}
    request.session[PAPERS] = dict(list(kept.items())[-MOST:])
    return done(reverse("resident-paper", args=[code.pk]))


def state_of(code: ResidentCode, now: datetime) -> str:
    """In one word: used, withdrawn, expired, open."""
    if code.used_at:
        return "used"
    if code.withdrawn_at:
        return "withdrawn"
    return "open" if now < code.expires_at else "expired"


@needs(Desk, Admit)
@never_cache
@require_safe
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The code, for as long as it takes to print it; after that only what became of it."""
    who = who_asks(request)
    code = one(codes_issued_by(who).select_related("resident"), id)
    context = {
        "code": code,
        "plain": shown(_plain(request, code)),
        "state": state_of(code, who.now),
        "document": DOCUMENTS[Document(code.document)],
        "address": _address(request),
    }
    return page(request, "resident_paper.html", context)


@needs(Desk, Admit)
@never_cache
@require_safe
def printed(request: HttpRequest, id: UUID) -> HttpResponse:
    """The paper to hand over, in the resident's language."""
    code = one(codes_issued_by(who_asks(request)).select_related("resident"), id)
    plain = _plain(request, code)
    if not plain:
        raise NotYours
    with translation.override(code.language):
        data = _sheet(request, code, shown(plain))
        answer = HttpResponse(
            pdf("posts/resident_paper.typ", data, language=code.language), content_type="application/pdf"
        )
    answer["Content-Disposition"] = 'inline; filename="code.pdf"'
    return answer


@needs(Desk, Admit)
@require_POST
def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    who = who_asks(request)
    withdraw_paper_code(one(codes_issued_by(who), id), by=who, now=who.now)
    messages.success(request, _("The paper is withdrawn: its code opens nothing any more."))
    return done(reverse("residents"))


def _plain(request: HttpRequest, code: ResidentCode) -> str:
    """The code itself, in the session of whoever issued it, for a quarter of an hour."""
    sealed, now = request.session.get(PAPERS, {}).get(str(code.pk), ""), who_asks(request).now
    if not sealed or not code.is_open_at(now):
        return ""
    try:
        at, plain = crypto.decrypt(sealed, context=CONTEXT).split(" ")
    except ValueError:
        return ""
    return plain if now - datetime.fromtimestamp(float(at), UTC) < KEPT else ""


def _address(request: HttpRequest) -> str:
    path, home = "/mine/", str(settings.MULIN_PUBLIC_URL)
    return f"{home}{path}" if home else request.build_absolute_uri(path)


def _sheet(request: HttpRequest, code: ResidentCode, plain: str) -> dict[str, Any]:
    address = _address(request)
    until = date_format(timezone.localtime(code.expires_at), "DATETIME_FORMAT")
    facts = [
        {"key": pgettext("paper", "Name"), "value": code.name},
        {"key": pgettext("web", "Address"), "value": address},
        {"key": _("Valid until"), "value": until},
    ]
    if code.resident:
        facts.append({"key": _("Account number"), "value": shown(code.resident.number)})
    return {
        "title": _("Your code to sign in"),
        "facts": facts,
        "code_label": pgettext("paper", "Code"),
        "code": plain,
        "qr": qr(f"{address}paper/#code={plain}"),
        "steps": [
            _("Scan the square with your phone, or type the address in a browser."),
            _("Give the code. It works once, within seven days."),
            _(
                "Then you see all that you raised, on every device, and may leave an email address for next time."
            ),
        ],
        "warning": _("Give this paper to nobody else: whoever has the code can sign in as you."),
    }
