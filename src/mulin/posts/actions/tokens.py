"""Personal tokens for programs."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Json
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.posts.bearer import START, hash_of
from mulin.posts.entries import person_entry
from mulin.posts.models import Token
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.who import Who

SHOWN = 12  # characters by which its owner tells a token apart
DAYS = range(1, 367)
AT_MOST = 20


@transaction.atomic
def make_token(*, name: str, by: Who, now: datetime, days: int = 90) -> tuple[Token, str]:
    """Make a token of one's own. Its text is given once and kept nowhere: here lies only its hash."""
    require(by, Permission.TOKEN_OWN)
    if by.user is None or by.token is not None:
        raise NotAllowed(_("A token is made by a person, not by a program."), code="not_a_person")
    title = clean(name, 60, lines=False, field="name")
    if not title:
        raise Invalid(_("Please give a name."), code="required", field="name")
    if days not in DAYS:
        raise Invalid(_("A token lives from one day to one year."), code="bad_days", field="days")
    if Token.objects.valid_at(now).filter(user=by.user).count() >= AT_MOST:
        raise Invalid(_("You have very many tokens: revoke one first."), code="too_many", field="name")
    text = START + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=by.user,
        name=title,
        hash=hash_of(text),
        prefix=text[:SHOWN],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    facts: dict[str, Json] = {"token": token.id, "expires": token.expires_at}
    person_entry("token.made", by.user, facts, by=by, now=now, words={"name": title})
    return token, text


@transaction.atomic
def revoke_token(token: Token, *, by: Who, now: datetime) -> Token:
    """Make a token worthless at once: one's own, or as security administrator anybody's."""
    if not (by.user and by.user.id == token.user_id):
        require(by, Permission.TOKEN_REVOKE, token, seen_by=Permission.PERSON_READ)
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        raise Conflict(_("This token was revoked already."))
    token.revoked_at = now
    person_entry("token.revoked", token.user, {"token": token.id}, by=by, now=now)
    return token
