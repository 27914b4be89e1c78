"""How the mail server does: one line of the house's memory, so that a server that is down is not run at."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from mulin.channels.models import Relay
from mulin.channels.rules.mailing import rest_of
from mulin.channels.senders import Unwell

log = logging.getLogger("mulin.mail")


def relay(name: str) -> Relay:
    """As it stands; one that nobody asked yet is well."""
    return Relay.objects.filter(name=name).first() or Relay(name=name)


def is_resting(name: str, now: datetime) -> bool:
    """Whether it is too early to try again."""
    return Relay.objects.filter(name=name, next_at__gt=now).exists()


def gone_wrong(name: str, unwell: Unwell, now: datetime) -> None:
    """It took nothing: it rests, the longer the oftener."""
    Relay.objects.bulk_create([Relay(name=name)], ignore_conflicts=True)
    row = Relay.objects.get(name=name)
    rest = rest_of(row.tries + 1)
    log.warning(
        "the mail server took nothing: %s %s; it is tried again in %s", unwell.why, unwell.status, rest
    )
    Relay.objects.filter(name=name).update(
        down_since=Coalesce(F("down_since"), now), next_at=now + rest, tries=row.tries + 1,
        why=unwell.why, status=unwell.status[:20],
    )  # fmt: skip


def went_well(name: str, now: datetime) -> None:
    """It took one."""
    well = {"down_since": None, "next_at": None, "tries": 0, "why": "", "status": "", "well_at": now}
    if not Relay.objects.filter(name=name).update(**well):
        Relay.objects.bulk_create([Relay(name=name, well_at=now)], ignore_conflicts=True)


def rested(name: str) -> None:
    """Try it again at once: somebody mended it."""
    Relay.objects.filter(name=name).update(next_at=None)
