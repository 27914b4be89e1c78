"""Room on the disk: where there is nearly none left, what is large waits, and reports go on coming in."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Refusal


class NoRoom(Refusal):
    """The disk is nearly full: no photo and no other file is taken now."""

    status = 507
    default_code = "disk_full"
    default_message = _(
        "Photos and files cannot be taken just now: the disk here is nearly full. "
        "Send it without them; they can be added later."
    )


@contextmanager
def refusing() -> Iterator[None]:
    """Where a file is written: a disk that is full in the middle of it is said, and whoever wrote undoes the rest."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom from error
        raise


def reserve() -> int:
    """Bytes that stay free for reports and the journal."""
    return int(settings.MULIN_DISK_RESERVE_MB * 1024**2)


def free(folder: Path | None = None) -> int:
    """Bytes left where the data lie, or on the disk of another folder."""
    place = folder or Path(settings.MULIN_DATA)
    while not place.exists() and place != place.parent:
        place = place.parent
    return shutil.disk_usage(place).free


def is_nearly_full(wanted: int = 0) -> bool:
    """Whether so many more bytes would leave less than the reserve."""
    return free() - wanted < reserve()


def check_room(wanted: int = 0) -> None:
    """Before anything large is written. Raises NoRoom."""
    if is_nearly_full(wanted):
        raise NoRoom
