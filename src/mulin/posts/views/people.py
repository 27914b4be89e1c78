"""People: who works here, and what they hold."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mulin.kernel.masking import mask_phone
from mulin.posts.actions import (
    add_person,
    change_person,
    deactivate,
    lift_lockout,
    may_arrange,
    reactivate,
    reveal_phone,
    set_password,
)
from mulin.posts.forms import NewPasswordForm, NewPersonForm, PersonForm, RevealForm
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import User
from mulin.posts.permits import may
from mulin.posts.queries.dossier import dossier, with_posts
from mulin.posts.queries.filters import key_of, read_key
from mulin.posts.rules import Permission
from mulin.posts.session import fresh
from mulin.posts.views.base import PAGE, after, cut, done, one, page, sent, tried
from mulin.posts.who import Who

Desk = Permission.DESK_OPEN


@needs(Desk, Permission.PERSON_READ)
def people(request: HttpRequest) -> HttpResponse:
    """Whoever works in one's area, by name."""
    who, words = who_asks(request), request.GET.get("q", "")[:100]
    found = User.objects.visible_to(who).named(words)
    if not request.GET.get("closed"):
        found = found.active()
    rows, links = cut(list(found.page(read_key(after(request)))[: PAGE + 1]), request, key_of)
    context = {
        "rows": with_posts(rows, who.now),
        "words": words,
        "closed": bool(request.GET.get("closed")),
        "page": links,
        "may_add": who.has(Permission.PERSON_MANAGE),
    }
    return page(request, "people.html", context)


@needs(Desk, Permission.PERSON_READ)
def person(request: HttpRequest, id: UUID) -> HttpResponse:
    """One person: posts, duties, and what one may do about them."""
    return _person_page(request, find_person(request, id))


@needs(Desk, Permission.PERSON_MANAGE)
@sensitive_post_parameters("password")
def person_add(request: HttpRequest) -> HttpResponse:
    who, status = who_asks(request), 200
    form = NewPersonForm(sent(request), who=who, initial={"language": "zh-hans"})
    if request.method == "POST":
        answer, status = tried(form, lambda given: _added(request, add_person(**given, by=who, now=who.now)))
        if answer:
            return answer
    return page(request, "person_form.html", {"form": form}, status)


@needs(Desk, Permission.PERSON_MANAGE)
def person_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Correct details. The phone is left empty unless it is to change: it is not shown here."""
    who, user, status = who_asks(request), find_person(request, id), 200
    form = PersonForm(sent(request), who=who, initial=_details(user))
    form.fields["phone"].help_text = _("Empty: stays as it is.")
    if request.method == "POST":
        answer, status = tried(form, lambda given: _changed(request, user, given))
        if answer:
            return answer
    return page(request, "person_form.html", {"form": form, "person": user}, status)


@needs(Desk, Permission.PERSON_READ)
@fresh
@never_cache
@sensitive_post_parameters()
def person_password(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give somebody a new first password."""
    who, user, status = who_asks(request), find_person(request, id), 200
    form = NewPasswordForm(sent(request))
    if request.method == "POST":
        answer, status = tried(form, lambda given: _password_given(request, user, given["password"]))
        if answer:
            return answer
    return page(request, "person_password.html", {"form": form, "person": user, "who": who}, status)


@needs(Desk, Permission.PERSON_READ)
@require_POST
def person_deactivate(request: HttpRequest, id: UUID) -> HttpResponse:
    who, user = who_asks(request), find_person(request, id)
    deactivate(user, by=who, now=who.now)
    messages.success(request, _("The account is closed. Posts and duties ended with it."))
    return done(reverse("person", args=[user.id]))


@needs(Desk, Permission.PERSON_READ)
@require_POST
def person_reactivate(request: HttpRequest, id: UUID) -> HttpResponse:
    who, user = who_asks(request), find_person(request, id)
    reactivate(user, by=who, now=who.now)
    messages.success(request, _("The account is open again. Posts must be given anew."))
    return done(reverse("person", args=[user.id]))


@needs(Desk, Permission.LOCKOUT_LIFT)
@require_POST
def person_unlock(request: HttpRequest, id: UUID) -> HttpResponse:
    who, user = who_asks(request), find_person(request, id)
    lift_lockout(user, by=who, now=who.now)
    messages.success(request, _("They can try to sign in again now."))
    return done(reverse("person", args=[user.id]))


@needs(Desk, Permission.PERSON_REVEAL)
@never_cache
@require_POST
def person_phone(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show the phone number, once, to somebody who said why."""
    who, user = who_asks(request), find_person(request, id)
    form, phone = RevealForm(request.POST), ""
    if form.is_valid():
        phone = reveal_phone(user, purpose=form.cleaned_data["purpose"], by=who, now=who.now)
    return _person_page(request, user, phone=phone, reveal=form, status=200 if form.is_valid() else 422)


def find_person(request: HttpRequest, id: UUID) -> User:
    who = who_asks(request)
    return one(User.objects.visible_to(who).select_related("home").defer("home__border"), id)


def _person_page(
    request: HttpRequest, user: User, *, phone: str = "", reveal: RevealForm | None = None, status: int = 200
) -> HttpResponse:
    who = who_asks(request)
    context = {
        "person": user,
        "dossier": (known := dossier(user, who)),
        "masked": mask_phone(user.phone or ""),
        "phone": phone,
        "reveal": reveal or RevealForm(),
        "may_enter_leave": any(
            each.state != "past" and may_arrange(who, each.post.seat) for each in known.posts
        ),
        **_allowed(who, user),
    }
    return page(request, "person.html", context, status)


def _allowed(who: Who, user: User) -> dict[str, bool]:
    manage = may(who, Permission.PERSON_MANAGE, user)
    return {
        "may_change": manage,
        "may_set_password": manage or who.has(Permission.POST_APPOINT_ADMINISTRATOR),
        "may_appoint": any(who.has(each) for each in APPOINTING),
        "may_assign": who.has(Permission.DUTY_ASSIGN),
        "may_reveal": may(who, Permission.PERSON_REVEAL, user),
        "may_unlock": may(who, Permission.LOCKOUT_LIFT, user),
    }


APPOINTING = (
    Permission.POST_APPOINT,
    Permission.POST_APPOINT_HELPER,
    Permission.POST_APPOINT_ADMINISTRATOR,
)


def _details(user: User) -> dict[str, object]:
    kept = ("name", "name_en", "home", "language", "public_phone")
    return {name: getattr(user, name) for name in kept}


def _added(request: HttpRequest, user: User) -> HttpResponse:
    messages.success(request, _("%(name)s has an account. Now give them a post.") % {"name": user.label})
    return done(reverse("person", args=[user.id]))


def _changed(request: HttpRequest, user: User, given: dict[str, object]) -> HttpResponse:
    who = who_asks(request)
    changes = {name: value for name, value in given.items() if not (name == "phone" and not value)}
    change_person(user, by=who, now=who.now, **changes)  # type: ignore[arg-type]  # the form's names are those of PersonChanges
    messages.success(request, _("Saved."))
    return done(reverse("person", args=[user.id]))


def _password_given(request: HttpRequest, user: User, password: str) -> HttpResponse:
    who = who_asks(request)
    set_password(user, password=password, by=who, now=who.now)
    messages.success(request, _("The password is set. They must choose their own when they sign in."))
    return done(reverse("person", args=[user.id]))
