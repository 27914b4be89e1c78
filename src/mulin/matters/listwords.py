"""The words of the matter list: its clocks, its networks, and limits as one says them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from mulin.kernel.worktime import Limit, Unit
from mulin.matters.rules.limits import Clock

Words = str | Promise

CLOCKS: dict[Clock, Words] = {
    Clock.PROMISE: _("Promise to the reporter"),
    Clock.FILE: _("To verify and file"),
    Clock.DISPATCH: _("To dispatch"),
    Clock.ACCEPT: _("To accept"),
    Clock.HANDLE: _("To handle"),
    Clock.CHECK: _("To check"),
    Clock.ANSWER: _("For the reporter to answer a question"),
    Clock.ASSIST: _("To assist"),
}

UNITS: dict[Unit, Words] = {
    Unit.WORKDAY: _("working days"),
    Unit.WORKHOUR: _("working hours"),
    Unit.WORKMINUTE: _("working minutes"),
    Unit.HOUR: _("hours, round the clock"),
}

# Five networks in one (五网合一).
NETWORKS: dict[str, Words] = {
    "party": pgettext_lazy("network", "Party building"),
    "livelihood": pgettext_lazy("network", "Livelihood"),
    "prevention": pgettext_lazy("network", "Epidemic prevention"),
    "safety": pgettext_lazy("network", "Public safety"),
    "civilisation": pgettext_lazy("network", "Civil conduct"),
}


def limit_words(limit: Limit) -> str:
    """ "3 working days", in the language of the screen."""
    n = limit.amount
    words = {
        Unit.WORKDAY: ngettext("%(n)d working day", "%(n)d working days", n),
        Unit.WORKHOUR: ngettext("%(n)d working hour", "%(n)d working hours", n),
        Unit.WORKMINUTE: ngettext("%(n)d working minute", "%(n)d working minutes", n),
        Unit.HOUR: ngettext("%(n)d hour, round the clock", "%(n)d hours, round the clock", n),
    }
    return words[limit.unit] % {"n": n}


def unit_words(unit: Unit) -> Words:
    """Of what a limit counts so many."""
    return UNITS[unit]
