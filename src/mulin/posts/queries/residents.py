"""Reading residents' accounts: only their own, and what one issued oneself. Nobody can look for a resident."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mulin.posts.actions.residents import hash_of
from mulin.posts.models import ResidentAccount, ResidentCode, ResidentSession
from mulin.posts.who import Who


def session_of(token: str, now: datetime) -> ResidentSession | None:
    """The device with this token, with whose it is, while it is signed in."""
    if not token or len(token) > 100:
        return None
    rows = ResidentSession.objects.select_related("resident__user").filter(
        hash=hash_of(token), ended_at=None, expires_at__gt=now, resident__closed_at=None
    )
    return rows.first()


def devices_of(resident: ResidentAccount, now: datetime) -> QuerySet[ResidentSession]:
    """Where they are signed in, the newest first."""
    rows = ResidentSession.objects.filter(resident=resident, ended_at=None, expires_at__gt=now)
    return rows.order_by("-created_at", "-id")


def codes_issued_by(who: Who) -> QuerySet[ResidentCode]:
    """The papers that this person issued, the newest first."""
    rows = ResidentCode.objects.filter(by=who.user) if who.user else ResidentCode.objects.none()
    return rows.order_by("-created_at", "-id")


def emails_of(users: Iterable[UUID]) -> dict[UUID, str]:
    """The proven addresses of residents with an account: one statement."""
    rows = ResidentAccount.objects.filter(user__in=set(users), closed_at=None).only("user_id", "email")
    return {row.user_id: row.email for row in rows if row.email}


def resident_email(user: UUID) -> str:
    """The proven address of a resident; empty where there is none."""
    return emails_of([user]).get(user, "")
