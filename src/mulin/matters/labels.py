"""The words on the screen: states, moves, outcomes, refusals. Both languages, in one place."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.matters.rules.moves import Ask, Outcome
from mulin.matters.rules.states import Circulation, Kind, State, Step

Words = str | Promise

STATES: dict[State, Words] = {
    State.REPORTED: _("Reported"),
    State.FILED: _("Filed"),
    State.DISPATCHED: _("Dispatched"),
    State.HANDLING: _("In hand"),
    State.HANDLED: _("Handled, to be checked"),
    State.ON_HOLD: _("On hold"),
    State.WAITING: _("Waiting for the resident"),
    State.REFERRED: _("Sent to another centre"),
    State.CLOSED: _("Closed"),
    State.ASSESSED: _("Rated"),
    State.DECLINED: _("Not filed"),
    State.WITHDRAWN: _("Withdrawn"),
    State.JOINED: _("Joined"),
}

# What the resident reads.
RESIDENT_STATES: dict[State, Words] = {
    State.REPORTED: _("We have it"),
    State.FILED: _("Accepted"),
    State.DISPATCHED: _("Given to whoever can settle it"),
    State.HANDLING: _("Being worked on"),
    State.HANDLED: _("Done, being checked"),
    State.ON_HOLD: _("Paused"),
    State.WAITING: _("We need something from you"),
    State.REFERRED: _("With another centre"),
    State.CLOSED: _("Settled, tell us how it went"),
    State.ASSESSED: _("Thank you"),
    State.DECLINED: _("We cannot take this"),
    State.WITHDRAWN: _("Withdrawn"),
    State.JOINED: _("Joined to another matter"),
}

STEPS: dict[Step, Words] = {
    Step.REPORT: pgettext_lazy("step", "Report"),
    Step.FILE: pgettext_lazy("step", "Verify and file"),
    Step.DISPATCH: pgettext_lazy("step", "Dispatch"),
    Step.HANDLE: pgettext_lazy("step", "Handle"),
    Step.CHECK: pgettext_lazy("step", "Check"),
    Step.ASSESS: pgettext_lazy("step", "Rate"),
}

KINDS: dict[Kind, Words] = {
    Kind.OPEN: pgettext_lazy("kind of state", "Open"),
    Kind.WAITING: pgettext_lazy("kind of state", "Waiting"),
    Kind.DONE: pgettext_lazy("kind of state", "Done"),
    Kind.VOID: pgettext_lazy("kind of state", "Void"),
}

CIRCULATIONS: dict[Circulation, Words] = {
    Circulation.MICRO: _("Micro (grid)"),
    Circulation.SMALL: _("Small (community)"),
    Circulation.LARGE: _("Large (street and above)"),
}

MOVES: dict[str, Words] = {
    "report": pgettext_lazy("move", "Report"),
    "settle": pgettext_lazy("move", "Settle on the spot"),
    "file": pgettext_lazy("move", "File"),
    "decline": pgettext_lazy("move", "Not file"),
    "pass_up": pgettext_lazy("move", "Pass up"),
    "pass_down": pgettext_lazy("move", "Pass down"),
    "dispatch": pgettext_lazy("move", "Dispatch"),
    "accept": pgettext_lazy("move", "Accept"),
    "return": pgettext_lazy("move", "Return"),
    "hand_in": pgettext_lazy("move", "Hand in"),
    "confirm": pgettext_lazy("move", "Confirm and close"),
    "send_back": pgettext_lazy("move", "Send back"),
    "close_unchecked": pgettext_lazy("move", "Close without a check"),
    "rate": pgettext_lazy("move", "Rate"),
    "reopen": pgettext_lazy("move", "Reopen"),
    "withdraw": pgettext_lazy("move", "Withdraw"),
    "note": pgettext_lazy("move", "Note"),
}

# What each move does, in one line under its button.
HINTS: dict[str, Words] = {
    "file": _(
        "It is ours and true. It goes on to be dispatched; in the grid, straight to whoever handles it."
    ),
    "decline": _("We cannot take it. The reporter reads your reason and who to try."),
    "pass_up": _("This level cannot settle it. It goes one level up and keeps its promise date."),
    "pass_down": _("It can be settled nearer by. It goes one level down."),
    "dispatch": _("Give it to whoever handles it."),
    "accept": _("You take it. From now on it is with you."),
    "return": _("It is not yours. Say why and whose it is; it goes back to whoever dispatched it."),
    "hand_in": _("The work is done. Someone else checks it."),
    "confirm": _("You have checked it. The matter is closed with this outcome."),
    "send_back": _("It is not done yet. It goes back to the same hands."),
    "rate": _("Tell us how it went."),
    "reopen": _("It is not solved. It goes back to be dispatched again."),
    "withdraw": _("It is no longer needed."),
    "note": _("Words for colleagues. The reporter does not see them unless you say so."),
}

ASKS: dict[Ask, Words] = {
    Ask.NOTE: _("Note for colleagues"),
    Ask.REASON: _("Words for the reporter"),
    Ask.SEAT: _("Who handles it"),
    Ask.OUTCOME: _("Outcome"),
    Ask.RATING: _("How satisfied are you?"),
    Ask.SOLVED: _("Is it solved?"),
    Ask.PHOTOS: _("Photos"),
}

OUTCOMES: dict[Outcome, Words] = {
    Outcome.SOLVED: _("Solved"),
    Outcome.NOT_OURS: _("Not ours to settle"),
    Outcome.NOT_FEASIBLE: _("Not feasible"),
    Outcome.SETTLED_BY_ITSELF: _("Settled by itself"),
    Outcome.DUPLICATE: _("Known already"),
}

RATINGS: dict[int, Words] = {
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("Fairly satisfied"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}

CHANNELS: dict[str, Words] = {
    "portal": _("Web form"),
    "patrol": _("Patrol"),
    "window": _("Service window"),
    "phone": _("Phone"),
    "api": _("Program"),
}

# The lines of the timeline.
ENTRIES: dict[str, Words] = {
    "matter.reported": _("Reported"),
    "matter.settled": _("Settled on the spot"),
    "matter.filed": _("Filed"),
    "matter.declined": _("Not filed"),
    "matter.passed_up": _("Passed up"),
    "matter.passed_down": _("Passed down"),
    "matter.dispatched": _("Dispatched"),
    "matter.accepted": _("Accepted"),
    "matter.returned": _("Returned"),
    "matter.handed_in": _("Handed in"),
    "matter.confirmed": _("Checked and closed"),
    "matter.sent_back": _("Sent back"),
    "matter.closed_unchecked": _("Closed: nobody objected in time"),
    "matter.rated": _("Rated"),
    "matter.reopened": _("Reopened"),
    "matter.withdrawn": _("Withdrawn"),
    "matter.noted": _("Note"),
    "matter.told": _("Word to the reporter"),
    "matter.photographed": _("Photo added"),
}

WHY_IMPOSSIBLE: dict[str, Words] = {
    "no_level_above": _("There is no level above this one: what a county cannot settle is referred."),
    "no_level_below": _("There is no level below this one."),
    "not_for_grids": _("Matters of this kind may not be given to grids."),
}

# Why somebody needs to see how to reach a reporter: the journal's codes of purposes that fit a matter.
PURPOSES: dict[str, Words] = {
    "contact": _("To reach them about this matter"),
    "verify": _("To verify this report"),
    "emergency": _("Someone may be in danger"),
    "request": _("They asked for it"),
}


def state_label(state: str, *, resident: bool = False) -> str:
    return str((RESIDENT_STATES if resident else STATES)[State(state)])
