"""Which nightly work was done when: claimed by one worker, noted when it ends, told by lights.

A night is named by the date on which its hour struck; a month's work by the first of the month.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localtime

from mulin.journal.models import Night
from mulin.kernel.ids import new_id

HANGING = timedelta(hours=6)  # whoever began it so long ago is gone
AGAIN = timedelta(hours=1)  # after a failure
REMEMBERED = timedelta(days=400)


class Work(StrEnum):
    """What is done for itself."""

    BACKUP = "backup"
    TRIAL = "trial"  # a backup is restored elsewhere and proven
    KEEPING = "keeping"  # the rules of retention
    SEAL = "seal"


MONTHLY = frozenset({Work.TRIAL})


def night_of(work: Work, now: datetime) -> date:
    """The night, or the month, that `now` belongs to: it begins when the hour strikes."""
    begun = localtime(now) - timedelta(hours=settings.MULIN_BACKUP_HOUR)
    return begun.date().replace(day=1) if work in MONTHLY else begun.date()


def due(now: datetime) -> list[Work]:
    """What nobody has done or begun yet, in the order in which to do it."""
    return [work for work in Work if _stands_open(work, now)]


def _stands_open(work: Work, now: datetime) -> bool:
    night = Night.objects.filter(work=work, night=night_of(work, now)).first()
    if night is None:
        return True
    if night.ended_at is None:
        return night.started_at < now - HANGING
    return bool(night.problem) and night.ended_at < now - AGAIN


def begin(work: Work, now: datetime) -> Night | None:
    """Claim tonight's work; None where another has it or it is done."""
    night = Night(id=new_id(), work=work, night=night_of(work, now), started_at=now)
    Night.objects.bulk_create([night], ignore_conflicts=True)
    tonight = Night.objects.filter(work=work, night=night.night)
    if tonight.filter(id=night.id).exists():
        return night
    failed = Q(ended_at__lt=now - AGAIN) & ~Q(problem="")
    hanging = Q(ended_at=None, started_at__lt=now - HANGING)
    if tonight.filter(failed | hanging).update(started_at=now, ended_at=None, problem="", facts={}) == 1:
        return tonight.get()
    return None


def end(night: Night, now: datetime, *, problem: str = "", **facts: Any) -> None:
    """Note how it went: `problem` is a stable word (lights.py says it in words), facts are numbers and names."""
    Night.objects.filter(id=night.id).update(ended_at=now, problem=problem, facts=facts)


def note(work: Work, now: datetime, **facts: Any) -> None:
    """Somebody did it by hand, and well."""
    row = {"started_at": now, "ended_at": now, "problem": "", "facts": facts}
    Night.objects.update_or_create(work=work, night=night_of(work, now), defaults=row)


def latest(work: Work, *, well: bool | None = None) -> Night | None:
    """The last that ended; with `well`, only those that went so."""
    ended = Night.objects.filter(work=work, ended_at__isnull=False)
    if well is not None:
        ended = ended.filter(problem="") if well else ended.exclude(problem="")
    return ended.order_by("-started_at").first()


def gave_away(number: int) -> bool:
    """Whether a night that went well handed this seal out."""
    return Night.objects.filter(
        work=Work.SEAL, problem="", facts__number=number, ended_at__isnull=False
    ).exists()


def recent(most: int = 30) -> list[Night]:
    """The last nights, newest first."""
    return list(Night.objects.order_by("-started_at")[:most])


def forget(now: datetime) -> int:
    """Nights of long ago."""
    return Night.objects.filter(started_at__lt=now - REMEMBERED).delete()[0]
