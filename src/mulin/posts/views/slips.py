"""Slips for the first sign-in: printing them, and what one does with one in hand."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mulin.kernel.paper import pdf, qr
from mulin.kernel.refusals import NotYours
from mulin.posts.actions import first_sign_in, issue_slips
from mulin.posts.actions.signing import client_address
from mulin.posts.actions.slips import Handed
from mulin.posts.forms_staff import FirstSignInForm
from mulin.posts.gate import needs, open_to_all, who_asks
from mulin.posts.models import User
from mulin.posts.queries.dossier import with_posts
from mulin.posts.rules import Permission
from mulin.posts.rules.signing import Way
from mulin.posts.rules.slips import AT_ONCE, shown
from mulin.posts.session import fresh
from mulin.posts.views.base import PAGE, after, cut, page, sent, tried
from mulin.posts.views.signing import let_in

Desk = Permission.DESK_OPEN


@needs(Desk, Permission.PERSON_MANAGE)
def slips(request: HttpRequest) -> HttpResponse:
    """Whoever has a post and no way in yet, with what is to be printed for them; the newest accounts first."""
    who = who_asks(request)
    found = User.objects.allowed(who, Permission.PERSON_MANAGE).active().without_way_in(who.now)
    found = found.filter(id__lt=_last(after(request))) if after(request) else found
    rows, links = cut(list(found.order_by("-id")[: PAGE + 1]), request, lambda user: str(user.pk))
    context = {"rows": with_posts(rows, who.now), "page": links, "most": AT_ONCE}
    return page(request, "slips.html", context)


@needs(Desk, Permission.PERSON_READ)
@fresh
@never_cache
@require_POST
def slips_print(request: HttpRequest) -> HttpResponse:
    """Make the codes and give the paper that they stand on; they are shown nowhere else and never again."""
    who = who_asks(request)
    ids = list(dict.fromkeys(request.POST.getlist("person")))[: AT_ONCE + 1]
    handed = issue_slips(_people(request, ids), by=who, now=who.now)
    answer = HttpResponse(paper(request, handed), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="slips.pdf"'
    return answer


@open_to_all("Whoever holds a slip is nobody yet.")
@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """User name and code of the slip, and a password of one's own: then the desk opens."""
    form, status = FirstSignInForm(sent(request)), 200
    if request.method == "POST":
        answer, status = tried(form, lambda given: _enter(request, given))
        if answer:
            return answer
    return page(request, "first_sign_in.html", {"form": form}, status)


def paper(request: HttpRequest, handed: list[Handed]) -> bytes:
    """Three slips a sheet, to be cut; each in the language of whoever gets it."""
    who = who_asks(request)
    posts = {user.pk: held for user, held in with_posts([each.user for each in handed], who.now)}
    cards = []
    for each in handed:
        with translation.override(each.user.language):
            roles = [post.seat.label for post in posts.get(each.user.pk, [])]
            cards.append(_card(request, each, roles))
    data = {"title": _("Slips for the first sign-in"), "slips": cards}
    return pdf("posts/slips.typ", data, language=get_language() or "zh-hans")


def _card(request: HttpRequest, handed: Handed, roles: list[str]) -> dict[str, object]:
    address = _first_address(request)
    until = date_format(timezone.localtime(handed.expires_at), "DATETIME_FORMAT")
    return {
        "title": _("Your way in"),
        "name": handed.user.label,
        "roles": roles[:3],
        "facts": [
            {"key": pgettext("web", "Address"), "value": address},
            {"key": _("User name"), "value": handed.user.username},
            {"key": _("Valid until"), "value": until},
        ],
        "code_label": pgettext("paper", "Code"),
        "code": shown(handed.code),
        "qr": qr(f"{address}#username={handed.user.username}&code={shown(handed.code)}"),
        "steps": [
            _("Scan the square, or type the address in a browser."),
            _("Give user name and code, and choose a password that nobody else knows."),
            _("Then throw this slip away: the code works once."),
        ],
        "warning": _("Give it to nobody else. Whoever holds it can sign in as you."),
    }


def _first_address(request: HttpRequest) -> str:
    path, home = reverse("first-sign-in"), str(settings.MULIN_PUBLIC_URL)
    return f"{home}{path}" if home else request.build_absolute_uri(path)


def _people(request: HttpRequest, ids: list[str]) -> list[User]:
    """Those who were ticked, by name; one that is not among mine, and there is nothing here."""
    try:
        wanted = {UUID(each) for each in ids}
    except ValueError:
        raise NotYours from None
    found = list(User.objects.visible_to(who_asks(request)).filter(pk__in=wanted).order_by("name", "id"))
    if len(found) != len(wanted):
        raise NotYours
    return found


def _last(key: str) -> UUID:
    """The last of the page before; a key that is broken starts the list again: no id is greater."""
    try:
        return UUID(key)
    except ValueError:
        return UUID(int=2**128 - 1)


def _enter(request: HttpRequest, given: dict[str, str]) -> HttpResponse:
    now = who_asks(request).now
    user = first_sign_in(
        username=given["username"],
        code=given["code"],
        password=given["password"],
        client=client_address(request),
        now=now,
    )
    return let_in(request, user, way=Way.SLIP)
