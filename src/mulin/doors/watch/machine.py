"""The machine: does the database answer, does the worker live, is there room, does the clock go right?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from mulin.journal.face import newest_entry_at
from mulin.kernel import beats, disk
from mulin.kernel.lights import Colour, Light

AHEAD = timedelta(minutes=5)  # an entry from later than now: the clock was set back


def database(_now: datetime) -> Iterable[Light]:
    """Whether it answers, and how large it is."""
    title = _("Database")
    try:
        size = filesizeformat(_size())
    except (DatabaseError, OSError):
        mend = _("Look whether the database server runs and whether DATABASE_URL is right.")
        yield Light("database", Colour.RED, title, _("The database does not answer."), mend)
        return
    words = {"kind": "SQLite" if connection.vendor == "sqlite" else "PostgreSQL", "size": size}
    yield Light("database", Colour.GREEN, title, _("%(kind)s answers; it holds %(size)s.") % words)


def _size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 1")
            file = str(connection.settings_dict["NAME"])
            return sum(Path(each).stat().st_size for each in (file, f"{file}-wal") if Path(each).exists())
        cursor.execute("SELECT pg_database_size(current_database())")
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def worker(now: datetime) -> Iterable[Light]:
    """Whether somebody does what is due."""
    title, seen = _("Worker"), beats.worker_seen(now)
    if seen:
        yield Light(
            "worker", Colour.GREEN, title, _("It works: reminders, messages and deadlines are looked at.")
        )
        return
    says = _("No worker runs: nobody is reminded and no message goes out. Nothing is lost meanwhile.")
    mend = _("`mulin serve` starts one; where the web server runs alone, start `mulin work` beside it.")
    yield Light("worker", Colour.RED, title, says, mend)


def failing(now: datetime) -> Iterable[Light]:
    """What runs by itself and does not succeed."""
    for each in beats.failing():
        title = _("Work that fails: %(name)s") % {"name": each.name}
        minutes = int((now - (each.failing_since or now)).total_seconds() // 60)
        says = _("It has failed for %(minutes)d minutes and is tried again every minute.") % {
            "minutes": minutes
        }
        mend = _("The log of the server says where it breaks. Run `mulin doctor` there.")
        yield Light(f"failing.{each.name}", Colour.RED, title, says, mend)


def disk_light(free: int, reserve: int) -> tuple[Colour, str]:
    """The colour of so many free bytes, and what follows from it."""
    if free < reserve:
        return Colour.RED, _("%(free)s left: photos and files are refused, reports still come in.")
    if free < 3 * reserve:
        return Colour.AMBER, _("%(free)s left: soon photos and files will be refused.")
    return Colour.GREEN, _("%(free)s left.")


def room(_now: datetime) -> Iterable[Light]:
    """Room where the data lie."""
    free = disk.free()
    colour, says = disk_light(free, disk.reserve())
    mend = _("Make room on the disk of %(folder)s, or move old backups elsewhere.")
    mend = "" if colour == Colour.GREEN else mend % {"folder": settings.MULIN_DATA}
    yield Light("disk", colour, _("Disk"), says % {"free": filesizeformat(free)}, mend)


def clock(now: datetime) -> Iterable[Light]:
    """Whether this machine's clock was set back: deadlines would be wrong."""
    newest = newest_entry_at()
    if newest is not None and newest > now + AHEAD:
        says = _("The clock of this machine is behind the newest line of the journal: it was set back.")
        mend = _("Set the clock and let it be kept by NTP (`timedatectl set-ntp true`).")
        yield Light("clock", Colour.RED, _("Clock"), says, mend)
        return
    yield Light("clock", Colour.GREEN, _("Clock"), _("It goes on from the newest line of the journal."))
