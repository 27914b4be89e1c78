"""The slip that is handed to whoever raised it: the number, the promise, who has it, how to follow it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel import paper
from mulin.matters.labels import RESIDENT_STATES
from mulin.matters.models import Matter
from mulin.matters.papers.words import address, day, facts, town_of, where
from mulin.matters.rules.states import State

SLIP = "matters/paper/slip.typ"


def acceptance_slip(matter: Matter, *, seat: str, code: str, voice: bool, start: str) -> dict[str, Any]:
    """Nothing on it that whoever holds it may not know: of a second voice not even the words of the first."""
    link = address(reverse("follow-one", args=[matter.number]), start)
    return {
        "title": _("Acceptance slip"),
        "head": town_of(matter.place),
        "aside": day(matter.reported_at),
        "foot": _("Keep this slip: with number and code you follow it, rate it, or reopen it."),
        "number": {"key": _("Number"), "value": matter.number},
        "code": {"key": _("Code"), "value": code},
        "facts": facts([
            (_("What"), matter.type_label if voice else matter.title),
            (_("Kind"), "" if voice else matter.type_label),
            (pgettext("matter", "Place"), "" if voice else where(matter)),
            (pgettext("when", "Reported"), day(matter.reported_at)),
            (_("Stands now"), RESIDENT_STATES[State(matter.state)]),
            (_("With whom"), seat),
            (_("Promised by"), day(matter.promise_at)),
        ]),
        "qr": paper.qr(f"{link}#code={code}" if code else link),
        "link": link,
        "next": {"title": _("What happens now"), "rows": _steps(code)},
        "signs": [_("Taken in by, seal")],
    }  # fmt: skip


def _steps(code: str) -> list[str]:
    told = [
        _("Somebody who answers for this place looks at it and accepts it, or tells you who else can help."),
        _("Whoever handles it settles it by the promised date. If the date moves, you are told why."),
        _("You are asked how it went. If it is not solved, you may reopen it."),
    ]
    if code:
        return [*told, _("Scan the code above with a phone, or type number and code on the page beside it.")]
    return [*told, _("The code was shown when it was raised; without it, ask at the window.")]
