"""Slips: a one-time code on paper, by which somebody signs in for the first time and chooses a password."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.kernel.crypto import blind, blind_all
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.kernel.throttle import address, give_back, take
from mulin.posts.actions import ends
from mulin.posts.actions.people import check_password, require_authority
from mulin.posts.entries import person_entry
from mulin.posts.models import Post, Slip, User
from mulin.posts.rules import slips
from mulin.posts.who import Who

CONTEXT = "slip.code"
TRIES, WINDOW = 10, timedelta(minutes=10)
PEOPLE_BEHIND_ONE_ADDRESS = 20

WHY = {
    "unknown": _("User name and code do not belong together. Please look at your slip again."),
    "used": _("This slip was used already. If that was not you, tell whoever gave it to you."),
    "withdrawn": _("This slip counts no more: a newer one was printed for you."),
    "expired": _("This slip is too old. Please ask for a new one."),
}


@dataclass(frozen=True)
class Handed:
    """What is printed for one person; the code lies nowhere else."""

    user: User
    code: str
    expires_at: datetime


@transaction.atomic
def issue_slips(users: Sequence[User], *, by: Who, now: datetime) -> list[Handed]:
    """A fresh code for each of them; whatever slip they had before counts no more. All of them, or none."""
    if not users:
        raise Invalid(_("Choose at least one person."), code="nobody", field="people")
    if len(users) > slips.AT_ONCE:
        message = _("At most %(count)d slips are printed at once.") % {"count": slips.AT_ONCE}
        raise Invalid(message, code="too_many", field="people")
    return [_issue(user, by=by, now=now) for user in users]


def first_sign_in(*, username: str, code: str, password: str, client: str, now: datetime) -> User:
    """Whose slip this is, with the password they chose. Refuses, and writes down, what does not fit.

    Whether there is such a person makes no difference to the answer.
    """
    name = username.strip().lower()
    take(f"slip:address:{address(client)}", limit=TRIES * PEOPLE_BEHIND_ONE_ADDRESS, per=WINDOW, now=now)
    take(f"slip:name:{name}", limit=TRIES, per=WINDOW, now=now)
    user, why = _try(name, slips.normal(code), password, now)
    if user is None:
        raise Invalid(WHY[why], code=f"slip_{why}", field="code")
    give_back(f"slip:name:{name}")
    return user


def _issue(user: User, *, by: Who, now: datetime) -> Handed:
    require_authority(by, user)
    if by.user and by.user.id == user.id:
        raise NotAllowed(_("Change your own password instead."), code="oneself")
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise Invalid(_("This account is closed."), code="closed_account", field="people")
    if not Post.objects.filter(user=user).overlapping(now, None).exists():
        raise Invalid(_("Give them a post first: slips are for people who work here."), code="no_post")
    ends.slips_of(user, by=by, now=now)
    code = "".join(secrets.choice(slips.ALPHABET) for _place in range(slips.LENGTH))
    until = now + slips.VALID_FOR
    slip = Slip.objects.create(user=user, code=blind(code, context=CONTEXT), issued_at=now, expires_at=until)
    person_entry("person.slip_issued", user, {"slip": slip.id, "until": until}, by=by, now=now)
    return Handed(user, code, until)


@transaction.atomic
def _try(name: str, code: str, password: str, now: datetime) -> tuple[User | None, str]:
    user = User.objects.select_for_update().filter(username=name, is_active=True).first()
    if user is None:
        return None, "unknown"
    codes = blind_all(code, context=CONTEXT)
    slip = Slip.objects.filter(user=user, code__in=codes).order_by("-issued_at").first()
    why = _why_not(slip, now)
    if slip is None or why:
        facts = {"slip": slip.id if slip else None, "why": why}
        person_entry("person.slip_failed", user, facts, by=Who.anonymous(now), now=now)
        return None, why
    check_password(password, user)
    _use(user, slip.id, password, now)
    return user, ""


def _why_not(slip: Slip | None, now: datetime) -> str:
    if slip is None:
        return "unknown"
    if slip.used_at:
        return "used"
    if slip.withdrawn_at:
        return "withdrawn"
    return "" if slip.is_valid_at(now) else "expired"


def _use(user: User, slip: UUID, password: str, now: datetime) -> None:
    """Under the lock of the person's row: nobody else uses it meanwhile."""
    by = Who.of(user, now)
    Slip.objects.filter(pk=slip).update(used_at=now)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    person_entry("person.slip_used", user, {"slip": slip}, by=by, now=now)
    ends.tokens_of(user, by=by, now=now)
