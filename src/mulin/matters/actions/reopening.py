"""Reopening by whoever is affected: within the days, and not without end.

Affected is whoever raised it, whoever said me too, and whoever raised a matter that was joined to it. Staff who may
reopen there always may, within the days.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.journal.face import ByKind, Entry
from mulin.kernel import throttle
from mulin.kernel.refusals import Invalid, TooMany
from mulin.matters.actions.cases import Loaded
from mulin.matters.models import Matter, Reporter
from mulin.matters.rules.limits import (
    REOPEN_WITHIN_DAYS,
    REOPENINGS_BY_PERSON,
    REOPENINGS_BY_REPORTERS,
    REOPENINGS_WITHIN_DAYS,
)
from mulin.matters.rules.states import Kind, State
from mulin.matters.rules.step import may_reopen
from mulin.posts.face import Permission, Who, may


def is_affected(matter: Matter, who: Who) -> bool:
    """Whether they raised it, said me too, or raised one that was joined to it."""
    if who.user is None:
        return False
    mine = Q(matter=matter) | Q(matter__joined_to=matter)
    return Reporter.objects.filter(mine, user=who.user).exists()


def main_to_reopen(matter: Matter, now: datetime) -> Matter | None:
    """What somebody reopens whose matter was joined to it; none while there is nothing to reopen."""
    main = matter.joined_to if matter.state == State.JOINED else None
    if main is None or main.kind is not Kind.DONE:
        return None
    return main if may_reopen(main.closed_at, now, REOPEN_WITHIN_DAYS) else None


def check_reopening(
    loaded: Loaded, by: Who, now: datetime, *, as_reporter: bool, voice: Reporter | None = None
) -> None:
    """Refuse what comes too late or too often. `voice` is as whom somebody followed it by a code."""
    matter = loaded.matter
    if not may_reopen(matter.closed_at, now, REOPEN_WITHIN_DAYS):
        raise Invalid(_("It was closed too long ago to be reopened. Please raise it again."), code="too_late")
    if not as_reporter and may(by, Permission.MATTER_REOPEN, loaded.scope) and by.is_staff:
        return
    if _by_reporters(matter) >= REOPENINGS_BY_REPORTERS:
        raise Invalid(
            _("It was reopened often already. Please talk to the centre: they can open it again."),
            code="too_often",
        )
    _take_one(_person(matter, by, voice), now)


def _by_reporters(matter: Matter) -> int:
    """How often those who raised it had it reopened; staff do not count."""
    users = Reporter.objects.filter(Q(matter=matter) | Q(matter__joined_to=matter)).exclude(user=None)
    theirs = Q(by_kind=ByKind.ANONYMOUS) | Q(by__in=list(users.values_list("user", flat=True)))
    return Entry.objects.filter(theirs, subject=matter.pk, code="matter.reopened").count()


def _person(matter: Matter, by: Who, voice: Reporter | None) -> str:
    """Who it is, over all matters: an account or a phone, by its blind index; empty for nobody known."""
    if by.user:
        return by.user.pk.hex
    row = (
        voice or Reporter.objects.filter(matter=matter, first=True).select_related("contact", "user").first()
    )
    if row is None:
        return ""
    if row.user_id:
        return row.user_id.hex
    return row.contact.phone_index if row.contact else ""


def _take_one(person: str, now: datetime) -> None:
    """In the transaction of the act: one that is refused costs nothing."""
    if not person:
        return
    try:
        throttle.take(
            f"reopen:{person}",
            limit=REOPENINGS_BY_PERSON,
            per=timedelta(days=REOPENINGS_WITHIN_DAYS),
            now=now,
        )
    except TooMany:
        raise Invalid(
            _(
                "You have had several matters reopened lately. Please talk to the centre: they can open it again."
            ),
            code="too_often",
        ) from None
