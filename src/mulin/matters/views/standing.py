"""What stands above a matter: on hold until when, joined to what, asked of whom; short, with links where one may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.journal.face import Line
from mulin.kernel.worktime import Limit
from mulin.matters.listwords import limit_words
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.offering import Offering
from mulin.matters.queries.offers import Offer
from mulin.matters.queries.related import Related
from mulin.matters.rules.moves import Opens
from mulin.matters.rules.states import Kind, State
from mulin.matters.views.names import Names


@dataclass(frozen=True)
class Notice:
    """One short line, with its icon; `number` is where it leads, if this person may go there."""

    icon: str
    words: str
    at: datetime | None = None
    number: str = ""
    because: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Request:
    """An open part besides the lead: what is asked of whom, why, until when."""

    seat: str
    mine: bool
    asks: str  # empty for a part that assists
    because: str
    due_at: datetime | None
    until: datetime | None


def notices_of(matter: Matter, lines: Sequence[Line], related: Sequence[Related]) -> list[Notice]:
    """All that is unusual about where the matter stands."""
    known = {each.matter.number for each in related}
    return [
        *_stands_still(matter, lines),
        *_tied(matter, related, known),
        *_from_above(matter),
        *(
            [Notice("users-group", _("A coordination meeting decides who takes it"))]
            if matter.meeting
            else []
        ),
    ]


def _stands_still(matter: Matter, lines: Sequence[Line]) -> Iterator[Notice]:
    if matter.state == State.ON_HOLD:
        why = _last_words(lines, "matter.put_on_hold", "reason")
        yield Notice("player-pause", _("On hold, again from"), matter.due_at, because=why, kind="waiting")
    elif matter.state == State.WAITING:
        why = _last_words(lines, "matter.reporter_asked", "reason")
        yield Notice(
            "message-question",
            _("The reporter was asked, since"),
            matter.state_at,
            because=why,
            kind="waiting",
        )
        yield Notice("clock-play", _("Without an answer it goes on"), matter.due_at)
    elif matter.state == State.REFERRED:
        yield Notice("building-community", _("With the centre above, since"), matter.state_at, kind="waiting")


def _tied(matter: Matter, related: Sequence[Related], known: set[str]) -> Iterator[Notice]:
    if matter.joined_to_id:
        main = next((each.matter for each in related if each.matter.pk == matter.joined_to_id), None)
        number = main.number if main else ""
        yield Notice("git-merge", _("Joined to %(number)s") % {"number": number}, number=number)
    if matter.split_from_id:
        whole = next((each.matter for each in related if each.matter.pk == matter.split_from_id), None)
        number = whole.number if whole else ""
        yield Notice("git-fork", _("Split off from %(number)s") % {"number": number}, number=number)
    for words, number in (
        (_("Referred as %(number)s"), matter.referral),
        (_("Referred from %(number)s"), matter.referred_from),
    ):
        if number:
            leads = number if number in known else ""
            yield Notice("building-community", words % {"number": number}, number=leads)
    if matter.split_count:
        n = matter.split_count
        yield Notice(
            "git-fork", ngettext("Split: %(n)d more matter", "Split: %(n)d more matters", n) % {"n": n}
        )


def _from_above(matter: Matter) -> Iterator[Notice]:
    if matter.kind not in (Kind.OPEN, Kind.WAITING):
        return
    if matter.supervise_count:
        yield Notice("eye-check", _("Supervised"), kind="late")
    if matter.urge_count:
        n = matter.urge_count
        yield Notice(
            "bell-ringing", ngettext("Urged %(n)d time", "Urged %(n)d times", n) % {"n": n}, kind="near"
        )


def requests_of(
    parts: Iterable[Part], lines: Sequence[Line], names: Names, offered: Sequence[Offer], offering: Offering
) -> list[Request]:
    """Who assists, and who is asked to decide what."""
    mine = {str(offer.move.decides) for offer in offered if offer.move.decides}
    assisting = any(offer.move.ends and offer.code != "release" for offer in offered)
    running = [part for part in parts if part.to_at is None and part.kind != PartKind.LEAD]
    return [
        Request(
            seat=names.seat(part.seat_id),
            mine=part.ask in mine if part.kind == PartKind.DECIDE else assisting and len(running) == 1,
            asks=_asks(part, offering),
            because=_because(part, lines),
            due_at=part.due_at,
            until=part.until,
        )
        for part in running
    ]


def _asks(part: Part, offering: Offering) -> str:
    if part.ask == Opens.EXTENSION and part.amount:
        return _("%(time)s more") % {"time": limit_words(Limit(part.amount, offering.limit.unit))}
    if part.ask == Opens.HOLD:
        return _("To put it on hold")
    return _("The reporter is not satisfied") if part.ask == Opens.UNSATISFIED else ""


_ASKED_BY = {
    Opens.EXTENSION: (("matter.time_asked", "note"),),
    Opens.HOLD: (("matter.hold_asked", "note"),),
    Opens.UNSATISFIED: (("matter.rated", "reason"), ("matter.followed_up", "note")),
    Opens.NOTHING: (("matter.assist_called", "note"),),
}


def _because(part: Part, lines: Sequence[Line]) -> str:
    found = (_last_words(lines, code, name) for code, name in _ASKED_BY[Opens(part.ask)])
    return next((words for words in found if words), "")


def _last_words(lines: Sequence[Line], code: str, name: str) -> str:
    said = (line.words.get(name) for line in reversed(lines) if line.code == code)
    return next((word.text for word in said if word and word.text), "")
