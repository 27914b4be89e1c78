"""What the registry shows as a traffic light: openings in emergencies that nobody reviews."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.kernel.lights import Colour, Light
from mulin.registry.queries.glass import overdue


def lights(now: datetime) -> Iterable[Light]:
    """Nothing where all of them are reviewed within their week."""
    count = overdue(now)
    if count:
        says = ngettext(
            "%(count)s opening in an emergency waits for its review for more than a week.",
            "%(count)s openings in emergencies wait for their review for more than a week.",
            count,
        )
        mend = _("An auditor or the centre director goes through them at the desk, under Settings.")
        yield Light("glass-review", Colour.AMBER, _("Opened in an emergency"), says % {"count": count}, mend)
