"""Seats and vacancies, appointing and ending posts, duties, and the table of roles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import NotAllowed
from mulin.places.face import Level
from mulin.posts.actions import appoint, assign_duty, end_duty, end_post
from mulin.posts.book import book
from mulin.posts.forms import AppointForm, DutyForm, EndForm, begins, ends
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import Duty, Post, Seat, User
from mulin.posts.queries.dossier import with_holders
from mulin.posts.rules import ROLES, Permission, Role
from mulin.posts.session import require_fresh
from mulin.posts.views.base import PAGE, after, cut, done, one, page, sent, tried
from mulin.posts.views.people import APPOINTING, find_person
from mulin.posts.who import Who

Desk = Permission.DESK_OPEN


@needs(Desk, Permission.POST_READ)
def seats(request: HttpRequest) -> HttpResponse:
    """Every seat of one's area, from the town down, with who sits there; vacant ones can be looked at alone."""
    who, vacant, role = who_asks(request), bool(request.GET.get("vacant")), request.GET.get("role", "")
    found = Seat.objects.visible_to(who).exclude(area=None).at_places().filter(_after_seat(after(request)))
    if vacant:
        found = found.vacant_at(who.now)
    if role in ROLES:
        found = found.filter(role=role)
    rows = list(found.order_by("area__path", "role")[: PAGE + 1])
    shown, links = cut(rows, request, _seat_key)
    held = with_holders(shown, who.now)
    context = {
        "rows": held,
        "away": {user.id for _seat, users in held for user in users if book().back_at(user.id, who.now)},
        "vacant": vacant,
        "role": role,
        "roles": [line for line in ROLES.values() if line.anchor == "area"],
        "page": links,
        "may_see_people": who.has(Permission.PERSON_READ),
    }
    return page(request, "seats.html", context)


@needs(Desk, Permission.ROLE_READ)
def roles(request: HttpRequest) -> HttpResponse:
    """The table of roles: what each may do, where it sits, and who stands in for it."""
    may_see_people = who_asks(request).has(Permission.PERSON_READ)
    rows = [_role_row(line) for line in ROLES.values()]
    return page(request, "roles.html", {"rows": rows, "may_see_people": may_see_people})


@needs(Desk)
def post_appoint(request: HttpRequest, id: UUID) -> HttpResponse:
    """Appoint somebody; who may fill which role stands in the role's line."""
    needs_any(request)
    who, user, status = who_asks(request), find_person(request, id), 200
    if who.has(Permission.POST_APPOINT_ADMINISTRATOR):
        require_fresh(request)  # whoever makes administrators shows again who they are
    form = AppointForm(sent(request), who=who, initial=_wanted_seat(request))
    if request.method == "POST":
        answer, status = tried(form, lambda given: _appointed(request, user, given))
        if answer:
            return answer
    return page(request, "appoint.html", {"form": form, "person": user}, status)


@needs(Desk)
def post_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """End a post, at once or at the end of a day."""
    needs_any(request)
    who, status = who_asks(request), 200
    post = one(Post.objects.visible_to(who).with_all(), id)
    form = EndForm(sent(request))
    if request.method == "POST":
        answer, status = tried(form, lambda given: _ended(who, post, given))
        if answer:
            messages.success(request, _("The end of the post is set."))
            return answer
    return page(request, "post_end.html", {"form": form, "post": post, "person": post.user}, status)


@needs(Desk, Permission.DUTY_ASSIGN)
def duty_assign(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let somebody answer for a building or another area; it gives no permission."""
    who, user, status = who_asks(request), find_person(request, id), 200
    form = DutyForm(sent(request), who=who)
    if request.method == "POST":
        answer, status = tried(form, lambda given: _assigned(request, user, given))
        if answer:
            return answer
    return page(request, "duty.html", {"form": form, "person": user}, status)


@needs(Desk, Permission.DUTY_ASSIGN)
@require_POST
def duty_end(request: HttpRequest, id: UUID) -> HttpResponse:
    who = who_asks(request)
    duty = one(Duty.objects.visible_to(who).select_related("area", "user"), id)
    end_duty(duty, by=who, now=who.now)
    messages.success(request, _("They no longer answer for this place."))
    return done(reverse("person", args=[duty.user_id]))


def needs_any(request: HttpRequest) -> None:
    """Refuse whoever may fill no role at all."""
    who = who_asks(request)
    if not any(who.has(each) for each in APPOINTING):
        raise NotAllowed


def _after_seat(key: str) -> Q:
    path, _mark, role = key.partition("~")
    if not path.isdigit():
        return Q()
    return Q(area__path__gt=path) | Q(area__path=path, role__gt=role)


def _seat_key(seat: Seat) -> str:
    return f"{seat.area.path if seat.area else ''}~{seat.role}"


def _wanted_seat(request: HttpRequest) -> dict[str, Any]:
    wanted = {"role": request.GET.get("role", "")[:40], "area": request.GET.get("area", "")[:40]}
    return wanted | {"organisation": request.GET.get("organisation", "")[:40]}


def _role_row(line: Role) -> dict[str, Any]:
    sits = ", ".join(str(Level(level).label) for level in sorted(line.levels))
    above = ROLES[line.superior].label if line.superior else ""
    allowed = sorted(str(permission.label) for permission in line.permissions)
    return {"label": line.label, "sits": sits, "anchor": line.anchor, "superior": above, "allowed": allowed}


def _appointed(request: HttpRequest, user: User, given: dict[str, Any]) -> HttpResponse:
    who = who_asks(request)
    appoint(
        user,
        role=given["role"],
        area=given["area"],
        organisation=given["organisation"],
        from_at=begins(given["from_day"], who.now),
        to_at=ends(given["last_day"]),
        by=who,
        now=who.now,
    )
    messages.success(request, _("%(name)s is appointed.") % {"name": user.label})
    return done(reverse("person", args=[user.id]))


def _ended(who: Who, post: Post, given: dict[str, Any]) -> HttpResponse:
    end_post(post, at=ends(given["last_day"]), by=who, now=who.now)
    return done(reverse("person", args=[post.user_id]))


def _assigned(request: HttpRequest, user: User, given: dict[str, Any]) -> HttpResponse:
    who = who_asks(request)
    assign_duty(user, area=given["area"], by=who, now=who.now)
    messages.success(request, _("%(name)s answers for this place now.") % {"name": user.label})
    return done(reverse("person", args=[user.id]))
