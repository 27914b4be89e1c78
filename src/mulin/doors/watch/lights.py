"""All traffic lights together: the rooms' own, and those of the machine and its settings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mulin.channels.face import lights as of_channels
from mulin.doors.watch import machine, secrets, tls
from mulin.journal.face import lights as of_journal
from mulin.kernel.lights import Colour, Light
from mulin.kernel.log import where
from mulin.matters.face import file_lights
from mulin.places.face import lights as of_places
from mulin.registry.face import lights as of_registry

log = logging.getLogger("mulin.watch")
Check = Callable[[datetime], Iterable[Light]]

CHECKS: tuple[Check, ...] = (
    machine.database,
    machine.worker,
    machine.failing,
    machine.room,
    machine.clock,
    file_lights,
    of_journal,
    tls.https,
    secrets.settings_of_a_demo,
    secrets.key_sheet,
    secrets.key_rotation,
    secrets.unreadable_values,
    secrets.second_factor,
    of_registry,
    of_channels,
    of_places,
)


def all_lights(now: datetime) -> list[Light]:
    """Every light, in the order in which they are looked at. A check that breaks is a red light itself."""
    return [light for check in CHECKS for light in _asked(check, now)]


def _asked(check: Check, now: datetime) -> list[Light]:
    try:
        return list(check(now))
    except Exception as error:
        name = f"{check.__module__.split('.')[1]}.{check.__name__}"
        log.error("the check %s failed\n%s", name, where(error))
        return [Light(name, Colour.RED, _BROKEN, _("This could not be looked at."), _ASK)]


_BROKEN = _("A check that does not work")
_ASK = _("Look into the log of the server, and run `mulin doctor` there.")
