"""Somebody leaves a seat: what waits there, to be moved or left; and with it the end of the post."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.matters.face import HandedOver, Matter, hand_over, moved_to, readable, state_label, waiting_matters
from mulin.posts.face import (
    Permission,
    Post,
    Seat,
    Who,
    away_from,
    end_post,
    holders_of,
    may,
    may_arrange,
    needs,
    people_by_id,
    who_asks,
)


class MoveForm(forms.Form):
    """What is to be moved, and where."""

    matters = forms.MultipleChoiceField(label=gettext_lazy("Matters"), required=False)

    def __init__(
        self, *args: Any, rows: list[Matter], seats: list[Seat], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        by_id = {seat.pk: seat for seat in seats}
        self.fields["to"] = forms.TypedChoiceField(
            label=gettext_lazy("To whom"),
            choices=[("", _("Choose…")), *((str(seat.pk), _with_names(seat, now)) for seat in seats)],
            coerce=lambda value: by_id[UUID(value)],
        )
        self.fields["matters"].choices = [(row.number, row.number) for row in rows]  # type: ignore[attr-defined]  # declared above


class EndForm(forms.Form):
    """When the post ends."""

    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Empty: it ends at once."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MaxValueValidator(date(2200, 12, 31))],  # at the end of all dates there is no day after
    )

    @property
    def ends_at(self) -> datetime | None:
        """The instant at which the last day is over; only once the form is valid."""
        day = self.cleaned_data["last_day"]
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None


@needs(Permission.DESK_OPEN, Permission.POST_READ)
def post_hand_over(request: HttpRequest, id: UUID) -> HttpResponse:
    """A post that ends: what waits at its seat, moving it, and the last day."""
    who = who_asks(request)
    post = Post.objects.visible_to(who).with_all().filter(pk=id).first()
    if post is None:
        raise NotYours
    may_end = may(who, post.seat.line.appointed_by, post.seat)
    if not may_end:
        _require(who, post.seat)
    form, status = EndForm(request.POST if "end" in request.POST else None), 200
    if "end" in request.POST:
        if not may_end:
            raise NotAllowed
        if form.is_valid() and _ended(request, post, form):
            return _see(reverse("person", args=[post.user_id]))
        status = 422
    return _page(request, post.seat, post=post, end_form=form if may_end else None, status=status)


@needs(Permission.DESK_OPEN, Permission.POST_READ)
def seat_hand_over(request: HttpRequest, id: UUID) -> HttpResponse:
    """A seat that nobody holds, or whose holder is away: what waits there, and moving it."""
    who = who_asks(request)
    seat = Seat.objects.visible_to(who).at_places().filter(pk=id).first()
    if seat is None:
        raise NotYours
    _require(who, seat)
    return _page(request, seat)


def _require(who: Who, seat: Seat) -> None:
    if not may_arrange(who, seat):
        raise NotAllowed


def _page(
    request: HttpRequest, seat: Seat, *, post: Post | None = None, end_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    who = who_asks(request)
    rows, seats = waiting_matters(seat), moved_to(seat, who.now)
    moving = "move" in request.POST
    form = MoveForm(request.POST if moving else None, rows=rows, seats=seats, now=who.now)
    if moving:
        if form.is_valid() and _moved(request, seat, form):
            return _see(request.path)
        status = 422
    shown = readable(rows, who)
    context = {
        "seat": seat,
        "post": post,
        "rows": [{"matter": row, "seen": row.pk in shown, "state": state_label(row.state)} for row in rows],
        "form": form,
        "seats": seats,
        "chosen": set(request.POST.getlist("matters")) if moving else {row.number for row in rows},
        "end_form": end_form,
        "others": [each for each in _sitting(seat, who) if not post or each["id"] != post.user_id],
        "may_print": who.has(Permission.MATTER_READ),
        "now": who.now,
    }
    return render(request, "desk/hand_over.html", context, status=status)


def _sitting(seat: Seat, who: Who) -> list[dict[str, Any]]:
    """Who sits there, and who of them is away until when."""
    away = away_from(seat.pk, who.now)
    ids = [*holders_of(seat.pk, who.now), *away]
    people = people_by_id(ids)
    return [{"id": id, "name": people[id].label, "back": away.get(id)} for id in ids if id in people]


def _with_names(seat: Seat, now: datetime) -> str:
    ids = holders_of(seat.pk, now)
    people = people_by_id(ids)
    return f"{seat.label}: {', '.join(people[id].label for id in ids if id in people)}"


def _moved(request: HttpRequest, seat: Seat, form: MoveForm) -> bool:
    who = who_asks(request)
    try:
        done = hand_over(
            seat, form.cleaned_data["to"], numbers=form.cleaned_data["matters"], by=who, now=who.now
        )
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return False
    _say(request, done)
    return True


def _say(request: HttpRequest, done: HandedOver) -> None:
    if done.moved:
        words = ngettext("%(count)d matter was moved.", "%(count)d matters were moved.", len(done.moved))
        messages.success(request, words % {"count": len(done.moved)})
    for each in done.stayed:
        said = _("%(number)s stayed here: %(why)s") % {"number": each.number, "why": each.why}
        messages.warning(request, said)


def _ended(request: HttpRequest, post: Post, form: EndForm) -> bool:
    who = who_asks(request)
    try:
        end_post(post, at=form.ends_at, by=who, now=who.now)
    except (Invalid, Conflict) as refusal:
        form.add_error("last_day" if refusal.field == "at" else None, str(refusal.message))
        return False
    messages.success(request, _("The end of the post is set."))
    return True


def _see(url: str) -> HttpResponse:
    response = redirect(url)
    response.status_code = 303
    return response
