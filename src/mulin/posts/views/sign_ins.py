"""The sign-in log for those who keep watch; second steps reset and single sign-on bound by administrators."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mulin.kernel.retention import RULES
from mulin.posts.actions.factors import bind, reset_factors, unbind
from mulin.posts.factors import factors_of
from mulin.posts.forms_signing import BindForm
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import Bond, SignIn
from mulin.posts.permits import may
from mulin.posts.queries.sign_ins import key_of, read_key
from mulin.posts.rules import Permission
from mulin.posts.rules.signing import Outcome
from mulin.posts.session import fresh
from mulin.posts.views.base import PAGE, after, cut, done, page, sent, tried
from mulin.posts.views.people import find_person

Desk = Permission.DESK_OPEN


@needs(Desk, Permission.SIGN_IN_READ)
@never_cache
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Everybody's, newest first; on request only what failed, or what one person did."""
    who, words = who_asks(request), request.GET.get("q", "")[:100]
    found = SignIn.objects.visible_to(who)
    if words:
        found = found.named(words)
    failed = bool(request.GET.get("failed"))
    if failed:
        found = found.exclude(outcome=Outcome.IN)
    rows, links = cut(list(found.newest(read_key(after(request)))[: PAGE + 1]), request, key_of)
    months = round((RULES["session"].years or 0) * 12)
    context = {"rows": rows, "words": words, "failed": failed, "page": links, "months": months}
    return page(request, "sign_ins.html", context)


@needs(Desk, Permission.PERSON_READ)
@fresh
@never_cache
def person_sign_in(request: HttpRequest, id: UUID) -> HttpResponse:
    """How somebody signs in: what they have set up, and what an administrator may do about it."""
    user, who = find_person(request, id), who_asks(request)
    bound = Bond.objects.filter(user=user).first()
    form, status = BindForm(sent(request), initial={"subject": bound.subject if bound else ""}), 200
    if request.method == "POST":
        answer, status = tried(form, lambda given: _bound(request, id, given["subject"]))
        if answer:
            return answer
    context = {
        "person": user,
        "held": factors_of(user),
        "bound": bound,
        "form": form,
        "may_reset": may(who, Permission.LOCKOUT_LIFT, user),
        "may_bind": _may_bind(request),
        "single": settings.MULIN_SSO_NAME or settings.MULIN_SSO_ISSUER,
    }
    return page(request, "person_sign_in.html", context, status)


@needs(Desk, Permission.LOCKOUT_LIFT)
@fresh
@require_POST
def person_factors_reset(request: HttpRequest, id: UUID) -> HttpResponse:
    user, who = find_person(request, id), who_asks(request)
    reset_factors(user, by=who, now=who.now)
    messages.success(request, _("Their second steps are gone, and they are signed out everywhere."))
    return done(reverse("person", args=[user.pk]))


@needs(Desk, Permission.PERSON_READ)
@fresh
@require_POST
def person_unbind(request: HttpRequest, id: UUID) -> HttpResponse:
    user, who = find_person(request, id), who_asks(request)
    unbind(user, by=who, now=who.now)
    messages.success(request, _("The single sign-on opens nothing for this account any more."))
    return done(reverse("person-sign-in", args=[user.pk]))


def _bound(request: HttpRequest, id: UUID, subject: str) -> HttpResponse:
    who = who_asks(request)
    bind(find_person(request, id), subject=subject, by=who, now=who.now)
    messages.success(request, _("The account is bound to this number at the single sign-on."))
    return done(reverse("person-sign-in", args=[id]))


def _may_bind(request: HttpRequest) -> bool:
    who = who_asks(request)
    return who.has(Permission.PERSON_MANAGE) or who.has(Permission.POST_APPOINT_ADMINISTRATOR)
