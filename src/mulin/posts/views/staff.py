"""The staff list: out as a workbook, in as one, with a look at what it would do before anything is done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mulin.kernel import sheets
from mulin.kernel.refusals import TooLarge
from mulin.posts.actions.staff import KEPT_FOR, keep_draft, table_of, take_in_draft
from mulin.posts.actions.staff_phones import reveal_phones
from mulin.posts.forms_staff import PhonesForm, StaffFileForm
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import StaffDraft, User
from mulin.posts.permits import require
from mulin.posts.queries.staff_list import lines, staff
from mulin.posts.queries.staff_list import sheets as staff_sheets
from mulin.posts.queries.staff_reading import plan_of
from mulin.posts.rules import Permission
from mulin.posts.rules.staff import COLUMNS
from mulin.posts.session import fresh
from mulin.posts.views.base import done, one, page, sent, tried

Desk = Permission.DESK_OPEN
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200  # lines of each kind on the page of a dry run


@needs(Desk, Permission.PERSON_READ)
def staff_list(request: HttpRequest) -> HttpResponse:
    """Take the list along, or bring one."""
    who, status = who_asks(request), 200
    form = StaffFileForm(sent(request), request.FILES or None)
    if request.method == "POST":
        who_may_bring(request)
        answer, status = tried(form, lambda given: _looked_at(request, given["file"]))
        if answer:
            return answer
    context = {
        "form": form,
        "phones": PhonesForm(auto_id="phones_%s"),
        "may_bring": who.has(Permission.PERSON_MANAGE),
        "may_reveal": who.has(Permission.PERSON_REVEAL),
        "may_see_people": True,
        "columns": COLUMNS,
    }
    return page(request, "staff_list.html", context, status)


def who_may_bring(request: HttpRequest) -> None:
    """Refuse whoever manages nobody."""
    require(who_asks(request), Permission.PERSON_MANAGE)


@needs(Desk, Permission.PERSON_READ)
@never_cache
@require_safe
def staff_workbook(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, phones masked; or an empty one to fill in."""
    who = who_asks(request)
    people = [] if request.GET.get("empty") else staff(who)
    return _workbook(people, request, phones=False)


@needs(Desk, Permission.PERSON_REVEAL)
@fresh
@never_cache
@require_POST
def staff_phones(request: HttpRequest) -> HttpResponse:
    """The list with whole phone numbers: it is written down whose were read, and what for."""
    who, form = who_asks(request), PhonesForm(request.POST)
    if not form.is_valid():
        return done(reverse("staff-list"))
    people = reveal_phones(staff(who), purpose=form.cleaned_data["purpose"], by=who, now=who.now)
    return _workbook(people, request, phones=True)


@needs(Desk, Permission.PERSON_MANAGE)
@fresh
@never_cache
def staff_draft(request: HttpRequest, id: UUID) -> HttpResponse:
    """What a list would do, row by row, and everything that is wrong in it; with a yes it is done."""
    who, draft = who_asks(request), _find(request, id)
    if request.method == "POST":
        counts = take_in_draft(draft, by=who, now=who.now)
        messages.success(request, _taken(counts))
        return done(reverse("slips") if counts["new_people"] else reverse("people"))
    plan = plan_of(table_of(draft), who)
    context = {
        "draft": draft,
        "plan": plan,
        "counts": plan.counts,
        "steps": [step for step in plan.steps if not step.does_nothing][:SHOWN],
        "problems": plan.problems[:SHOWN],
        "notes": plan.notes[:SHOWN],
    }
    return page(request, "staff_draft.html", context)


@needs(Desk, Permission.PERSON_MANAGE)
@require_POST
def staff_drop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Throw a list away."""
    _find(request, id).delete()
    messages.success(request, _("The list was thrown away. Nothing was changed."))
    return done(reverse("staff-list"))


def _find(request: HttpRequest, id: UUID) -> StaffDraft:
    who = who_asks(request)
    return one(StaffDraft.objects.filter(user=who.user, made_at__gt=who.now - KEPT_FOR), id)


def _looked_at(request: HttpRequest, file: object) -> HttpResponse:
    who = who_asks(request)
    size, name = int(getattr(file, "size", 0) or 0), str(getattr(file, "name", ""))
    if size > sheets.MOST_BYTES:
        raise TooLarge
    found = sheets.read(file.read())  # type: ignore[attr-defined]  # an uploaded file
    draft = keep_draft(sheets.table(found[0], COLUMNS), file=name, by=who, now=who.now)
    return done(reverse("staff-draft", args=[draft.id]))


def _workbook(people: list[User], request: HttpRequest, *, phones: bool) -> HttpResponse:
    rows = lines(people, who_asks(request), phones=phones)
    answer = HttpResponse(sheets.write(staff_sheets(rows)), content_type=EXCEL)
    answer["Content-Disposition"] = 'attachment; filename="staff.xlsx"'
    return answer


def _taken(counts: dict[str, int]) -> str:
    return _("The list was taken in: %(new_people)d new people, %(new_posts)d new posts.") % counts
