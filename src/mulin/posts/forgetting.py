"""What is forgotten in time: machinery, of which the journal says nothing but that it ran."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Actor, Sweep, register_sweep
from mulin.posts.models import ResidentCode, ResidentSession, SignIn


def declare() -> None:
    """Say how the sign-in log is forgotten; called when the application starts."""
    register_sweep("sign-ins", Sweep(
        "session", _("Sign-in log"), _("Lines that are older are deleted."),
        lambda before: _past(before).count(), _erase,
    ))  # fmt: skip
    register_sweep("resident-sessions", Sweep(
        "session", _("Where residents were signed in"), _("Devices that were signed out before are deleted."),
        lambda before: _left(before).count(), _erase_left,
    ))  # fmt: skip
    register_sweep("resident-codes", Sweep(
        "session", _("Sign-in codes of residents"), _("Codes that opened nothing any more are deleted."),
        lambda before: _spent(before).count(), _erase_spent,
    ))  # fmt: skip


def _past(before: datetime) -> QuerySet[SignIn]:
    # No session lives longer than half a day: whatever is old is over, also where nobody signed out.
    return SignIn.objects.filter(at__lt=before).order_by("at", "id")


def _erase(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    lines = list(_past(before).values_list("pk", flat=True)[:most])
    return SignIn.objects.filter(pk__in=lines).delete()[0]


def _left(before: datetime) -> QuerySet[ResidentSession]:
    return ResidentSession.objects.filter(Q(ended_at__lt=before) | Q(expires_at__lt=before)).order_by("id")


def _erase_left(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    rows = list(_left(before).values_list("pk", flat=True)[:most])
    return ResidentSession.objects.filter(pk__in=rows).delete()[0]


def _spent(before: datetime) -> QuerySet[ResidentCode]:
    return ResidentCode.objects.filter(expires_at__lt=before).order_by("id")


def _erase_spent(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    rows = list(_spent(before).values_list("pk", flat=True)[:most])
    return ResidentCode.objects.filter(pk__in=rows).delete()[0]
