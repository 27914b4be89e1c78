"""A ladder as one reads it: whom it reminds, after how long, and drawn as a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mulin.kernel.worktime import Calendar, Limit, Unit, duration
from mulin.matters.listwords import limit_words
from mulin.matters.rules.ladder import Rung
from mulin.matters.rules.telling import Audience

REMINDS: dict[Audience, str | Promise] = {
    Audience.TURN: gettext_lazy("Whoever has it"),
    Audience.SUPERIOR: gettext_lazy("Their superior"),
    Audience.LEAD: gettext_lazy("Whoever leads the handling"),
    Audience.DISPATCHER: gettext_lazy("Whoever dispatched"),
    Audience.SUPERVISOR: gettext_lazy("Whoever supervises it"),
}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FULL = 150  # the line is drawn up to here at least
WIDTH = 86  # of the line, in percent of its place: the last label has room on a phone


def reminded(rung: Rung) -> list[str]:
    return [str(words) for who, words in REMINDS.items() if who in rung.tells]


def after_words(limit: Limit, percent: int, calendar: Calendar) -> str:
    """ "For a limit of 3 working days this is after 2 working days, 2 hours." """
    said = {"limit": limit_words(limit), "span": span_words(limit, percent, calendar)}
    return _("For a limit of %(limit)s this is after %(span)s.") % said


def span_words(limit: Limit, percent: int, calendar: Calendar) -> str:
    """A share of a limit in days, hours and minutes of the limit's own kind."""
    whole = duration(limit, calendar) * percent / 100
    days, rest = divmod(whole, calendar.workday) if limit.unit is Unit.WORKDAY else (0, whole)
    hours, rest = divmod(rest, HOUR)
    minutes = round(rest / MINUTE)
    parts = [
        ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days} if days else "",
        ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes else "",
    ]
    return _(", ").join(filter(None, parts)) or _("less than a minute")


def reminder_words(facts: Mapping[str, Any]) -> Iterator[str]:
    """What a line of the timeline says of a rung: how much time has passed, and who was reminded."""
    yield _("%(percent)s %% of the time has passed") % {"percent": facts.get("percent", "")}
    told = [str(words) for who, words in REMINDS.items() if who in (facts.get("tells") or ())]
    if told:
        yield _("reminded: %(who)s") % {"who": _(", ").join(told)}


@dataclass(frozen=True)
class Mark:
    """A rung on the line: `x` in percent of its width."""

    percent: int
    x: str
    above: bool
    kind: str
    hand_up: bool
    fresh: bool


@dataclass(frozen=True)
class Line:
    """The line of a limit from its beginning on; behind `due` it is late."""

    due: str
    late: str
    marks: tuple[Mark, ...]


def drawn(rungs: Iterable[Rung], fresh: Rung | None = None) -> Line:
    """The rungs on a line; `fresh` is one that is not stored yet."""
    every: Sequence[Rung] = sorted({*rungs, *([fresh] if fresh else [])}, key=lambda rung: rung.percent)
    top = max([FULL, *(rung.percent for rung in every)])
    marks = tuple(
        Mark(
            rung.percent, _at(rung.percent, top), bool(n % 2), "late" if rung.percent >= 100 else "near",
            rung.hand_up, rung == fresh,
        )
        for n, rung in enumerate(every)
    )  # fmt: skip
    return Line(_at(100, top), f"{WIDTH - WIDTH * 100 / top:.2f}%", marks)


def _at(percent: int, top: int) -> str:
    return f"{4 + WIDTH * percent / top:.2f}%"
