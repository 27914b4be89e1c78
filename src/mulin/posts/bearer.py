"""Who a program is, by the token it brings."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db.models import Q

from mulin.kernel.db import rows
from mulin.posts.book import book
from mulin.posts.models import Token

START = "mulin_"
USE_NOTED_EVERY = timedelta(minutes=5)


def token_from(text: str, now: datetime) -> Token | None:
    """The valid token that this text is, with its owner; notes, now and then, that it was used."""
    if not text.startswith(START):
        return None
    found = rows.select(Token, "hash = %s AND revoked_at IS NULL AND expires_at > %s", [hash_of(text), now])
    token = found[0] if found else None
    owner = book().person(token.user_id) if token else None
    if token is None or owner is None or not owner.is_active:
        return None
    token.user = owner
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


def hash_of(text: str) -> str:
    """SHA-256 is enough: the text is 256 random bits, which no guessing reaches."""
    return hashlib.sha256(text.encode()).hexdigest()
