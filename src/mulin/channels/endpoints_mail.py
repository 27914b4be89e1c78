"""Mail for programs: one's own, and how the house's mail does."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router

from mulin.channels import shapes_mail as shapes
from mulin.channels.mail.choosing import (
    ask_address,
    choose_mail,
    forget_address,
    mail_choice,
    prove_address,
)
from mulin.channels.mail.overseeing import mail_state, send_test, take_bounce, try_again
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, Who, needs, signed_in, who_asks

FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
own = Router()
router = Router()
Latest = Annotated[int, Field(ge=0, le=100)]


@own.get("", response={200: shapes.MailChoiceOut, **FAILS})
@signed_in
def own_mail(request: HttpRequest) -> Any:
    """Where your mail goes and how often it comes."""
    return _mine(who_asks(request))


@own.post("", response={200: shapes.MailChoiceOut, **FAILS})
@signed_in
def choose(request: HttpRequest, given: shapes.MailChoiceIn) -> Any:
    """Say how often mail comes, and at which hours it does not; without hours those of the house hold."""
    who = who_asks(request)
    choose_mail(given.pace, given.quiet(), by=who, now=who.now)
    return _mine(who)


@own.post("/address", response={200: shapes.MailChoiceOut, **FAILS})
@signed_in
def give_address(request: HttpRequest, given: shapes.AddressIn) -> Any:
    """Have a code sent to an address. Nothing else goes there before the code came back."""
    who = who_asks(request)
    ask_address(given.address, by=who, now=who.now)
    return _mine(who)


@own.post("/prove", response={200: shapes.MailChoiceOut, **FAILS})
@signed_in
def prove(request: HttpRequest, given: shapes.CodeIn) -> Any:
    """Give the code that came to the address: from now on mail goes there."""
    who = who_asks(request)
    prove_address(given.code, by=who, now=who.now)
    return _mine(who)


@own.post("/forget", response={200: shapes.MailChoiceOut, **FAILS})
@signed_in
def forget(request: HttpRequest) -> Any:
    """Take your address away."""
    who = who_asks(request)
    forget_address(by=who, now=who.now)
    return _mine(who)


def _mine(who: Who) -> shapes.MailChoiceOut:
    assert who.user  # noqa: S101 - the gate lets nobody else in
    return shapes.MailChoiceOut.of(mail_choice(who.user.pk))


@router.get("", response={200: shapes.MailHealthOut, **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def health(request: HttpRequest, latest: Latest = 20) -> Any:
    """How mail does: the server, the figures of a day, the latest mails without addresses."""
    now = who_asks(request).now
    return shapes.MailHealthOut.of(mail_state(now, latest=latest), now)


@router.post("/test", response={200: shapes.MailOut, **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def test(request: HttpRequest, given: shapes.AddressIn) -> Any:
    """Queue a test mail."""
    who = who_asks(request)
    return shapes.MailOut.of(send_test(given.address, by=who, now=who.now))


@router.post("/again", response={200: shapes.CountOut, **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def again(request: HttpRequest) -> Any:
    """Let everything that waits be tried at once."""
    who = who_asks(request)
    return shapes.CountOut(count=try_again(by=who, now=who.now))


@router.post("/bounces", response={200: shapes.CountOut, **FAILS})
@needs(Permission.SYSTEM_MANAGE)
def bounces(request: HttpRequest, given: shapes.BounceIn) -> Any:
    """Take in a mail that came back, as it came. `count` is 0 where it says nothing about a mail of ours."""
    who = who_asks(request)
    return shapes.CountOut(count=int(take_bounce(given.mail.encode(), by=who, now=who.now)))
