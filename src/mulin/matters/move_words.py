"""What a form asks, in the words of the move that asks it; `labels.ASKS` has the words of all the others."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.matters.labels import ASKS, Words
from mulin.matters.rules.moves import Ask, Move

_ASKED: dict[tuple[str, Ask], Words] = {
    ("decline", Ask.REASON): _("Why, and who to try"),
    ("return", Ask.NOTE): _("Why, and whose it is"),
    ("send_back", Ask.NOTE): _("What is not done yet"),
    ("hand_in", Ask.REASON): _("What was done"),
    ("ask_time", Ask.NOTE): _("Why it takes longer"),
    ("ask_time", Ask.AMOUNT): _("How much more time"),
    ("refuse_time", Ask.NOTE): _("Why not"),
    ("ask_hold", Ask.NOTE): _("Why it cannot go on now"),
    ("ask_hold", Ask.UNTIL): _("Until which day"),
    ("grant_hold", Ask.REASON): _("Why it is paused"),
    ("refuse_hold", Ask.NOTE): _("Why not"),
    ("hold", Ask.REASON): _("Why it is paused"),
    ("hold", Ask.UNTIL): _("Until which day"),
    ("ask_resident", Ask.REASON): _("What do you need to know?"),
    ("answer", Ask.REASON): _("The answer"),
    ("urge", Ask.NOTE): _("What you tell them"),
    ("supervise", Ask.NOTE): _("Why, and what you expect"),
    ("assist", Ask.SEAT): _("Who assists"),
    ("assist", Ask.NOTE): _("What their part is"),
    ("assist", Ask.AMOUNT): _("A deadline of their own"),
    ("assist_done", Ask.NOTE): _("What was done"),
    ("assist_return", Ask.NOTE): _("Why, and whose it is"),
    ("release", Ask.SEAT): _("Who need not assist any more"),
    ("coordinate", Ask.SEAT): _("Who takes it"),
    ("coordinate", Ask.NOTE): _("What the meeting decided"),
    ("hand_over", Ask.SEAT): _("Whose it is"),
    ("hand_over", Ask.NOTE): _("Why it is theirs"),
    ("refer", Ask.SEAT): _("To which centre"),
    ("refer", Ask.NOTE): _("What the centre above is told"),
    ("recall", Ask.NOTE): _("Why it is settled here"),
    ("unjoin", Ask.NOTE): _("Why it is not the same"),
    ("correct", Ask.NOTE): _("Why"),
    ("object", Ask.REASON): _("What is not solved?"),
    ("reopen", Ask.REASON): _("What is not solved?"),
    ("follow_up", Ask.RATING): _("How satisfied are they?"),
}

_HELP: dict[tuple[str, Ask], Words] = {
    ("answer", Ask.REASON): _("What the reporter said, by phone or at the window."),
    ("refer", Ask.NOTE): _("They read this and nothing else. Leave out who raised it."),
    ("object", Ask.REASON): _("Whoever checks it reads this."),
}


def asked(move: Move, ask: Ask) -> Any:
    """The label of one field."""
    return _ASKED.get((move.code, ask), ASKS[ask])


def help_of(move: Move, ask: Ask) -> Any:
    """Who reads what one writes there."""
    known = _HELP.get((move.code, ask))
    if known:
        return known
    return _("The reporter reads this.") if ask is Ask.REASON else _("Only colleagues read this.")
