"""Following a matter by number and code: where it is, and what its reporter may do about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.channels.face import told_to_reporters
from mulin.doors.portal import account, guard, receipts
from mulin.doors.portal.files import files_context
from mulin.doors.portal.forms import (
    AnswerForm,
    FollowForm,
    ObjectForm,
    RateForm,
    ReopenForm,
    StoryForm,
    WithdrawForm,
)
from mulin.doors.portal.frame import page, see_other, stored_picture
from mulin.doors.portal.standing import standing_of
from mulin.doors.portal.story import tell, veiled
from mulin.doors.portal.views.reporting import ASK
from mulin.kernel import numbers
from mulin.kernel.refusals import NotYours, Refusal, TooMany
from mulin.matters.face import (
    LIVE,
    REOPEN_WITHIN_DAYS,
    Given,
    Matter,
    Photo,
    Reporter,
    UploadForm,
    act,
    main_to_reopen,
    offers,
    opened_by,
    withdraw_voice,
)
from mulin.posts.face import Who, open_to_all, who_asks

WRONG_CODE = 422


@open_to_all("Whoever has a number and its code may follow that matter.")
@ASK
def follow(request: HttpRequest) -> HttpResponse:
    """Number and code. The answer is the same whichever of the two is wrong."""
    if request.method != "POST":
        return _form_page(request, FollowForm())
    form = FollowForm(request.POST)
    if form.is_valid() and (matter := _opened(request, form)):
        return see_other("follow-one", matter.number)
    return _form_page(request, form)


def _opened(request: HttpRequest, form: FollowForm) -> Matter | None:
    """The matter, if the code is one of its reporters'; else the form says that they do not fit together."""
    number = numbers.parse(form.cleaned_data["number"]) or ""
    try:
        return _tried(request, form, number)
    except TooMany as refusal:
        form.refuse(refusal)
        return None


def _tried(request: HttpRequest, form: FollowForm, number: str) -> Matter | None:
    guard.code_try(request)
    matter = Matter.objects.filter(number=number).first()
    # Also where there is no such matter a code is compared: the time it takes tells nothing.
    reporter = opened_by(matter or Matter(), form.cleaned_data["code"])
    if reporter and matter:
        request.session.cycle_key()
        receipts.grant(request.session, number, None if reporter.first else reporter.pk)
        return matter
    guard.wrong_code(request, number)
    form.add_error(None, _("Number and code do not fit together. Please look at your receipt again."))
    form.status = WRONG_CODE
    return None


def _form_page(request: HttpRequest, form: FollowForm, number: str = "") -> HttpResponse:
    context = {"form": form, "number": number, "followed": receipts.followed(request.session)}
    return page(request, "portal/follow.html", context, status=form.status)


@open_to_all("Whoever gave the right code in this session; others are asked for it.")
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """The matter's page; for a stranger the form, and nothing that says whether there is such a matter."""
    if not _follows(request, number):
        return _form_page(request, FollowForm(initial={"number": number[:20]}), number)
    return story_page(request, granted(request, number))


def voice_of(request: HttpRequest, matter: Matter) -> Reporter | None:
    """The voice as which they follow it; none for whoever raised it. One that was taken back opens nothing."""
    own = account.linked(request, matter.number)
    if own:
        return None if own.first else own
    id = receipts.voice_of(request.session, matter.number)
    if id is None:
        return None
    voice = Reporter.objects.filter(pk=id, matter=matter).exclude(code_hash="").first()
    if voice is None:
        raise NotYours
    return voice


def _follows(request: HttpRequest, number: str) -> bool:
    """They gave its code in this session, or it is linked to the account that is signed in here."""
    return receipts.may_follow(request.session, number) or account.linked(request, number) is not None


def granted(request: HttpRequest, number: str) -> Matter:
    if not _follows(request, number):
        raise NotYours
    matter = Matter.objects.with_labels().filter(number=number).first()
    if matter is None:
        raise NotYours
    return matter


FORMS: dict[str, type[StoryForm]] = {
    "rate": RateForm,
    "reopen": ReopenForm,
    "withdraw": WithdrawForm,
    "answer": AnswerForm,
    "object": ObjectForm,
}
OF_A_VOICE = {"reopen", "withdraw", "object"}  # a voice takes itself back, not the matter, and rates nothing


def story_page(
    request: HttpRequest, matter: Matter, returned: StoryForm | None = None, code: str = "", problem: str = "",
    files: UploadForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    who, voice = reporter(request), voice_of(request, matter)
    possible = {offer.code for offer in offers(matter, who, as_reporter=True)}
    if voice:
        possible = possible & OF_A_VOICE - {"withdraw"} | ({"withdraw"} if matter.state in LIVE else set())
    forms = {
        each: returned if each == code and returned else _fresh(form, matter, each)
        for each, form in FORMS.items()
        if each in possible
    }
    main = main_to_reopen(matter, who.now)
    if main:  # it was joined: its reporters are affected by how the main one was closed
        forms["reopen"] = returned if code == "reopen" and returned else _fresh(ReopenForm, main, "reopen")
    shown = veiled(matter) if voice else matter
    context: dict[str, Any] = {
        "story": tell(matter, who.now, voice=voice is not None),
        "told": told_to_reporters(shown),
        "matter": shown,
        "voice": voice,
        "forms": forms,
        "standing": standing_of(matter, who.now, voice=voice is not None),
        "object_open": code == "object",
        "problem": problem,
        "reopen_open": code == "reopen" or matter.solved is False,
        "reopen_days": REOPEN_WITHIN_DAYS,
        "opened_here": receipts.may_follow(request.session, matter.number),
        "linked": account.linked(request, matter.number),
        "signed_in": account.resident(request) is not None,
    }
    context |= files_context(matter, voice=voice is not None, returned=files)
    return page(request, "portal/story.html", context, status=returned.status if returned else status)


def _fresh(form: type[StoryForm], matter: Matter, code: str) -> StoryForm:
    return form(auto_id=f"{code}_%s", initial={"version": matter.version})


def reporter(request: HttpRequest) -> Who:
    """At this door everybody is whoever holds the code; who may be signed in, here or at the desk, plays no part."""
    return Who.anonymous(who_asks(request).now)


@open_to_all("Whoever gave the right code in this session.")
@require_POST
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Rate, reopen, object, answer or withdraw."""
    matter = granted(request, number)
    voice = voice_of(request, matter)
    if code not in (FORMS.keys() & OF_A_VOICE if voice else FORMS):
        raise NotYours
    form = FORMS[code](request.POST, auto_id=f"{code}_%s")
    if not form.is_valid():
        return story_page(request, matter, form, code)
    try:
        guard.public_write(request)
        if voice and code == "withdraw":
            return _take_back(request, matter, voice)
        _do(request, matter, code, form, voice)
    except Refusal as refusal:
        form.refuse(refusal)
        return story_page(request, granted(request, number), form, code, str(refusal.message))
    messages.success(request, _THANKS[code]())
    unsolved = code == "rate" and form.cleaned_data.get("solved") == "no"
    return see_other("follow-one", number, anchor="reopen" if unsolved else "")


def _take_back(request: HttpRequest, matter: Matter, voice: Reporter) -> HttpResponse:
    by = reporter(request)
    withdraw_voice(matter, voice, by=by, now=by.now)
    receipts.forget(request.session, matter.number)
    messages.success(request, _("You took your voice back. We keep nothing of you."))
    return see_other("follow")


_THANKS = {
    "rate": lambda: _("Thank you. Your answer counts."),
    "reopen": lambda: _("It was taken up again."),
    "withdraw": lambda: _("You took it back. Nobody will work on it."),
    "answer": lambda: _("Thank you. We go on with it."),
    "object": lambda: _("Thank you. Somebody else looks at it."),
}


def _do(
    request: HttpRequest, matter: Matter, code: str, form: StoryForm, voice: Reporter | None = None
) -> None:
    values = form.cleaned_data
    solved = {"yes": True, "no": False}.get(values.get("solved", ""))
    given = Given(
        reason=values.get("reason", ""),
        rating=int(values["rating"]) if values.get("rating") else None,
        solved=solved,
    )
    by = reporter(request)
    acted = (main_to_reopen(matter, by.now) if code == "reopen" else None) or matter
    act(
        acted, code, given=given, by=by, now=by.now, version=values["version"], as_reporter=True,
        voice=voice or _whose(matter, acted),
    )  # fmt: skip


def _whose(matter: Matter, acted: Matter) -> Reporter | None:
    """Whoever raised one that was joined acts on the main one as themselves."""
    return None if acted == matter else Reporter.objects.filter(matter=matter, first=True).first()


@open_to_all("Whoever follows a matter may stop, so that nobody after them at this device sees it.")
@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    receipts.forget(request.session, number)
    messages.success(request, _("This device has forgotten the matter."))
    return see_other("follow")


@open_to_all("Whoever gave the right code in this session.")
@require_safe
def photo(request: HttpRequest, number: str, id: UUID) -> HttpResponse:
    return stored_picture(_photo(request, number, id).file)


@open_to_all("Whoever gave the right code in this session.")
@require_safe
def thumb(request: HttpRequest, number: str, id: UUID) -> HttpResponse:
    return stored_picture(_photo(request, number, id).thumb)


def _photo(request: HttpRequest, number: str, id: UUID) -> Photo:
    matter = granted(request, number)
    found = Photo.objects.filter(matter=matter, pk=id).first()
    if found is None or (found.by_reporter and voice_of(request, matter)):
        raise NotYours
    return found
