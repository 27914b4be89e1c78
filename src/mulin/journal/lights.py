"""How the nights went, as traffic lights: backup, its second place, the trial of one, retention, seals."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mulin.journal import nights
from mulin.journal.models import Night
from mulin.journal.nights import Work
from mulin.kernel.lights import Colour, Light

LATE = {Work.BACKUP: 36, Work.TRIAL: 24 * 35, Work.KEEPING: 48, Work.SEAL: 48}  # hours until amber
GONE = {Work.BACKUP: 24 * 4, Work.TRIAL: 24 * 100, Work.KEEPING: 24 * 30, Work.SEAL: 24 * 30}  # until red

TITLES = {
    Work.BACKUP: gettext_lazy("Backup"),
    Work.TRIAL: gettext_lazy("Trial of a backup"),
    Work.KEEPING: gettext_lazy("Retention"),
    Work.SEAL: gettext_lazy("Seal of the journal"),
}
PROBLEMS: dict[str, tuple[str | Promise, str | Promise]] = {
    "disk_full": (
        gettext_lazy("There was no room on the disk."),
        gettext_lazy(
            "Make room where the backups lie, or set MULIN_BACKUPS_KEPT lower, then run `mulin nights`."
        ),
    ),
    "place_missing": (
        gettext_lazy("The second place was not there."),
        gettext_lazy("Mount the folder that MULIN_BACKUP_TO names, then run `mulin nights`."),
    ),
    "second_place": (
        gettext_lazy("The second place could not be written to."),
        gettext_lazy(
            "Look whether Mulin may write there and whether there is room, then run `mulin nights`."
        ),
    ),
    "damaged": (
        gettext_lazy("The copy at the second place was not what was written there."),
        gettext_lazy("That disk may be breaking: use another."),
    ),
    "no_backup": (
        gettext_lazy("There was no backup to try."),
        gettext_lazy("Run `mulin backup`, then `mulin nights`."),
    ),
    "not_restored": (
        gettext_lazy("The newest backup could not be restored."),
        gettext_lazy("Run `mulin backup` and try it elsewhere with `mulin restore`: it says what is wrong."),
    ),
    "no_right": (
        gettext_lazy("This account may not make a database to try the backup in."),
        gettext_lazy("Let it on the database server: ALTER ROLE … CREATEDB."),
    ),
    "not_mailed": (
        gettext_lazy("The seal was made, but could not be mailed."),
        gettext_lazy("Look at the mail server's settings, or take the seal from the backups folder by hand."),
    ),
}
_UNKNOWN = (gettext_lazy("It failed."), gettext_lazy("Run `mulin nights` on the server: it says why."))


def lights(now: datetime) -> list[Light]:
    """One for each piece of nightly work, and one for the second place."""
    return [*(_of(work, now) for work in Work), *_second_place()]


def _of(work: Work, now: datetime) -> Light:
    last, well = nights.latest(work), nights.latest(work, well=True)
    if last is not None and last.problem and (well is None or well.started_at < last.started_at):
        says, mend = PROBLEMS.get(last.problem, _UNKNOWN)
        grave = work in (Work.BACKUP, Work.TRIAL)
        more = f" {_age(well, now)}" if well else ""
        return Light(work, Colour.RED if grave else Colour.AMBER, TITLES[work], f"{says}{more}", mend)
    if well is None or well.ended_at is None:
        return _never(work)
    colour, hours = Colour.GREEN, (now - well.ended_at) / timedelta(hours=1)
    if hours > LATE[work]:
        colour = Colour.RED if hours > GONE[work] else Colour.AMBER
    mend = "" if colour == Colour.GREEN else _run_them()
    return Light(work, colour, TITLES[work], _age(well, now), mend)


def _never(work: Work) -> Light:
    if settings.MULIN_DEMO and not settings.MULIN_NIGHTS:
        return Light(work, Colour.OFF, TITLES[work], _("Not in a demo."))
    grave = work == Work.BACKUP
    return Light(
        work, Colour.RED if grave else Colour.AMBER, TITLES[work], _("It was never done."), _run_them()
    )


def _run_them() -> str:
    if settings.MULIN_NIGHTS:
        return _("The worker does it at night: see whether it runs. By hand: `mulin nights` on the server.")
    return _("MULIN_NIGHTS is 0: let a timer of the machine run `mulin nights` once a night.")


def _age(night: Night, now: datetime) -> str:
    hours = max(0, int((now - (night.ended_at or night.started_at)) / timedelta(hours=1)))
    if hours < 48:
        words = ngettext("Last done well %(count)d hour ago.", "Last done well %(count)d hours ago.", hours)
        return words % {"count": hours}
    days = hours // 24
    return ngettext("Last done well %(count)d day ago.", "Last done well %(count)d days ago.", days) % {
        "count": days
    }


def _second_place() -> Iterator[Light]:
    title = _("Second place for backups")
    if settings.MULIN_DEMO and not settings.MULIN_NIGHTS:
        return
    if not settings.MULIN_BACKUP_TO:
        says = _("There is none: if this disk breaks or is stolen, the backups go with it.")
        yield Light(
            "second_place", Colour.AMBER, title, says, _("Set MULIN_BACKUP_TO to a folder on another disk.")
        )
        return
    place = Path(settings.MULIN_BACKUP_TO).expanduser()
    if not place.is_dir():
        yield Light("second_place", Colour.RED, title, *PROBLEMS["place_missing"])
    elif place.stat().st_dev == Path(settings.MULIN_DATA).stat().st_dev:
        says = _("It is on the same disk as the town itself.")
        mend = _("Mount another disk or a share there, or name another folder in MULIN_BACKUP_TO.")
        yield Light("second_place", Colour.AMBER, title, says, mend)
    else:
        yield Light("second_place", Colour.GREEN, title, _("There, and on another disk."))
