"""Signing in, for programs: the log, and what administrators do about somebody's second step and single sign-on."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from mulin.kernel.shapes import Problem
from mulin.posts.actions.factors import bind, reset_factors, unbind
from mulin.posts.factors import factors_of
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import Bond, SignIn, User
from mulin.posts.queries.sign_ins import key_of, read_key
from mulin.posts.rules import Permission
from mulin.posts.rules.signing import Outcome
from mulin.posts.single_sign_on import SUBJECT_LIMIT
from mulin.posts.views.people import find_person

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)


class SignInOut(Schema):
    """One try to sign in; one that succeeded is a session, until it ended."""

    id: UUID
    at: datetime
    person: UUID | None
    way: str
    second: str
    outcome: str
    device: str
    address: str
    ended_at: datetime | None
    ended_by: str

    @staticmethod
    def of(line: SignIn) -> "SignInOut":
        kept = ("id", "at", "way", "second", "outcome", "device", "address", "ended_at", "ended_by")
        return SignInOut(person=line.user_id, **{name: getattr(line, name) for name in kept})


class SignInsOut(Schema):
    """A page of the log; `next` is the `after` of the next one."""

    items: list[SignInOut]
    next: str | None


class OwnStepsOut(Schema):
    """What somebody has besides the password."""

    app: bool
    passkeys: int
    recovery_codes: int
    bound: bool

    @staticmethod
    def of(user: User) -> "OwnStepsOut":
        held = factors_of(user)
        bound = Bond.objects.filter(user=user).exists()
        return OwnStepsOut(
            app=bool(held.app), passkeys=len(held.passkeys), recovery_codes=held.codes_left, bound=bound
        )


class SubjectIn(Schema):
    """Who somebody is at the single sign-on."""

    subject: Annotated[str, Field(min_length=1, max_length=SUBJECT_LIMIT)]


@router.get("/sign-ins", response={200: SignInsOut, **FAILS})
@needs(Permission.SIGN_IN_READ)
def sign_ins(
    request: HttpRequest,
    failed: bool = False,
    person: UUID | None = None,
    after: Annotated[str, Field(max_length=200)] = "",
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> Any:
    """Who signed in and who tried in vain, newest first."""
    found = SignIn.objects.visible_to(who_asks(request)).newest(read_key(after))
    if failed:
        found = found.exclude(outcome=Outcome.IN)
    if person:
        found = found.filter(user=person)
    rows = list(found[: limit + 1])
    more = key_of(rows[limit - 1]) if len(rows) > limit else None
    return SignInsOut(items=[SignInOut.of(row) for row in rows[:limit]], next=more)


@router.get("/people/{id}/sign-in", response={200: OwnStepsOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PERSON_READ)
def steps(request: HttpRequest, id: UUID) -> Any:
    """What somebody has set up to sign in with."""
    return OwnStepsOut.of(find_person(request, id))


@router.post("/people/{id}/sign-in/reset", response={200: OwnStepsOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.LOCKOUT_LIFT)
def reset(request: HttpRequest, id: UUID) -> Any:
    """Take away the second steps of somebody who lost them, and end their sessions."""
    user, who = find_person(request, id), who_asks(request)
    reset_factors(user, by=who, now=who.now)
    return OwnStepsOut.of(user)


@router.post("/people/{id}/sign-in/bind", response={200: OwnStepsOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PERSON_READ)
def bind_to(request: HttpRequest, id: UUID, given: SubjectIn) -> Any:
    """Bind an account to a number at the town's single sign-on, in place of the one before."""
    user, who = find_person(request, id), who_asks(request)
    bind(user, subject=given.subject, by=who, now=who.now)
    return OwnStepsOut.of(user)


@router.post("/people/{id}/sign-in/unbind", response={200: OwnStepsOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PERSON_READ)
def unbind_from(request: HttpRequest, id: UUID) -> Any:
    """From now on the single sign-on opens nothing for this account."""
    user, who = find_person(request, id), who_asks(request)
    unbind(user, by=who, now=who.now)
    return OwnStepsOut.of(user)
