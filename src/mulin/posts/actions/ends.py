"""What ends together: everything that somebody holds, or everything at an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from mulin.journal.face import Json
from mulin.posts.entries import person_entry, seat_facts
from mulin.posts.models import Duty, Organisation, Post, Slip, Token, User
from mulin.posts.who import Who


def everything_of(user: User, *, by: Who, now: datetime) -> None:
    """End posts, duties, tokens and slips of a person, those to come as well."""
    duties = unfinished_duties(now, user=user)
    for post in Post.objects.filter(user=user).overlapping(now, None).with_all():
        end(post, at=now, by=by, now=now)
    for duty in duties:
        close(duty, by=by, now=now)
    tokens_of(user, by=by, now=now)
    slips_of(user, by=by, now=now)


def slips_of(user: User, *, by: Who, now: datetime) -> None:
    """Make the slip worthless that somebody may still hold in hand."""
    for slip in Slip.objects.filter(user=user, used_at=None, withdrawn_at=None):
        Slip.objects.filter(pk=slip.pk).update(withdrawn_at=now)
        if now < slip.expires_at:
            person_entry("person.slip_withdrawn", user, {"slip": slip.id}, by=by, now=now)


def tokens_of(user: User, *, by: Who, now: datetime) -> None:
    """Revoke every token of a person."""
    for token in Token.objects.filter(user=user, revoked_at=None):
        Token.objects.filter(pk=token.pk).update(revoked_at=now)
        person_entry("token.revoked", user, {"token": token.id}, by=by, now=now)


def posts_at(organisation: Organisation, *, by: Who, now: datetime) -> None:
    """End every post at an organisation."""
    for post in Post.objects.filter(seat__organisation=organisation).overlapping(now, None).with_all():
        end(post, at=now, by=by, now=now)


def end(post: Post, *, at: datetime, by: Who, now: datetime) -> bool:
    """End a post at an instant, one that has not begun before it begins; False where it was over by then.

    Whoever stands in for it stands in no longer than that.
    """
    until = max(at, post.from_at)
    later = Q(to_at__isnull=True) | Q(to_at__gt=until)
    if not Post.objects.filter(later, pk=post.pk).update(to_at=until):
        return False
    post.to_at = until
    facts = {"post": post.id, "to": until, **seat_facts(post.seat)}
    person_entry("post.ended", post.user, facts, by=by, now=now)
    for deputy in Post.objects.filter(deputy_for=post).overlapping(until, None).with_all():
        end(deputy, at=until, by=by, now=now)
    return True


def close(duty: Duty, *, by: Who, now: datetime) -> bool:
    """End a duty now, one that has not begun before it begins; False where it was over."""
    until = max(now, duty.from_at)
    if not Duty.objects.filter(_unfinished(now), pk=duty.pk).update(to_at=until):
        return False
    duty.to_at = until
    facts: dict[str, Json] = {"duty": duty.id, "area": duty.area_id, "household": duty.household}
    person_entry("duty.ended", duty.user, facts, by=by, now=now)
    return True


def unfinished_duties(now: datetime, **of: Any) -> list[Duty]:
    """Those that run or are to come, of a person or a household, in the order in which their people are told of.

    All are locked before any of it is told: whoever dissolves a household while a person goes waits, and no more.
    """
    found = Duty.objects.select_for_update(of=("self",)).filter(_unfinished(now), **of)
    return list(found.select_related("user").order_by("user", "id"))


def _unfinished(now: datetime) -> Q:
    return Q(to_at__isnull=True) | Q(to_at__gt=now) & ~Q(to_at=F("from_at"))
