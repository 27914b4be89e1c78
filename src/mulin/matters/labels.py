"""The words on the screen: states, moves, outcomes, refusals. Both languages, in one place."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.matters.rules.confirmed import Answer
from mulin.matters.rules.moves import Ask, Outcome
from mulin.matters.rules.personal import Personal
from mulin.matters.rules.states import Circulation, Kind, State, Step
from mulin.matters.rules.who import Function

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
    "split": pgettext_lazy("move", "Split"),
    "split_off": pgettext_lazy("move", "Split off"),
    "correct": pgettext_lazy("move", "Correct kind or place"),
    "ask_time": pgettext_lazy("move", "Ask for time"),
    "grant_time": pgettext_lazy("move", "Grant the time"),
    "refuse_time": pgettext_lazy("move", "Refuse the time"),
    "ask_hold": pgettext_lazy("move", "Ask to put on hold"),
    "grant_hold": pgettext_lazy("move", "Agree to put on hold"),
    "refuse_hold": pgettext_lazy("move", "Refuse to put on hold"),
    "hold": pgettext_lazy("move", "Put on hold"),
    "resume": pgettext_lazy("move", "Resume"),
    "resume_due": pgettext_lazy("move", "Resume"),
    "ask_resident": pgettext_lazy("move", "Ask the resident"),
    "answer": pgettext_lazy("move", "Answer"),
    "no_answer": pgettext_lazy("move", "Go on without an answer"),
    "urge": pgettext_lazy("move", "Urge"),
    "supervise": pgettext_lazy("move", "Supervise"),
    "hand_up": pgettext_lazy("move", "Hand up a level"),
    "assist": pgettext_lazy("move", "Call in to assist"),
    "assist_done": pgettext_lazy("move", "My part is done"),
    "assist_return": pgettext_lazy("move", "Return my part"),
    "release": pgettext_lazy("move", "Release from assisting"),
    "coordinate": pgettext_lazy("move", "Decide who takes it"),
    "hand_over": pgettext_lazy("move", "Hand over"),
    "reassign": pgettext_lazy("move", "Move to another seat"),
    "refer": pgettext_lazy("move", "Refer"),
    "recall": pgettext_lazy("move", "Take back"),
    "referral_back": pgettext_lazy("move", "Answer from the centre above"),
    "join": pgettext_lazy("move", "Join"),
    "unjoin": pgettext_lazy("move", "Undo the joining"),
    "object": pgettext_lazy("move", "It is not solved"),
    "follow_up": pgettext_lazy("move", "Follow up"),
    "found_unsolved": pgettext_lazy("move", "Found not to be solved"),
    "redo": pgettext_lazy("move", "Have it done again"),
    "uphold": pgettext_lazy("move", "Explain and leave it closed"),
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
    "ask_time": _("Say why it takes longer, before the deadline. Whoever dispatched decides."),
    "grant_time": _("The deadline and the promise move by what was asked. The reporter is told."),
    "refuse_time": _("The deadline stays. Say why."),
    "ask_hold": _("It cannot go on before a certain day. The clock stands still if that is agreed."),
    "grant_hold": _("The clock stands still until the day that was named. The reporter reads why."),
    "refuse_hold": _("It goes on. Say why."),
    "hold": _("The clock stands still until the day you name. The reporter reads why."),
    "resume": _("The clock goes on with what it had."),
    "ask_resident": _("Ask the reporter for what is missing. The clock stands still until they answer."),
    "answer": _("What was asked for. The clock goes on."),
    "urge": _("Remind whoever has it."),
    "supervise": _("A formal intervention from above: you are told of each step until it is closed."),
    "assist": _("One leads, others assist: each has a part and a deadline of its own."),
    "assist_done": _("Your part is done. Say what you did."),
    "assist_return": _("It is not your part. Say why and whose it is."),
    "release": _("They need not assist any more."),
    "coordinate": _(
        "It was returned three times. Write down what the meeting decided; they cannot return it."
    ),
    "hand_over": _("You know whose it is: give it straight to them. Nobody gets it twice this way."),
    "refer": _("The centre above opens a case of its own. Its outcome comes back here."),
    "recall": _("It is settled here after all."),
    "join": _("It is the same as another matter. Its reporters are told of every step of that one."),
    "unjoin": _("It was not the same after all. It goes on where it was."),
    "split": _(
        "It is about several things: each gets a number and somebody of its own. This one closes last."
    ),
    "correct": _("The kind or the place is wrong. It starts again with whoever owns it, by their limits."),
    "object": _("Somebody else will check it."),
    "follow_up": _("You asked the reporter: is it solved, are they satisfied?"),
    "redo": _("The reporter is right: it goes back to be dispatched again."),
    "uphold": _("It stays closed. The reporter reads your explanation."),
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
    Ask.AMOUNT: _("How much time"),
    Ask.UNTIL: _("Until"),
    Ask.OTHER: _("Number of the other matter"),
    Ask.PORTIONS: _("What is split off"),
    Ask.KIND: _("Right kind"),
    Ask.PLACE: _("Right place"),
}

OUTCOMES: dict[Outcome, Words] = {
    Outcome.SOLVED: _("Solved"),
    Outcome.NOT_OURS: _("Not ours to settle"),
    Outcome.NOT_FEASIBLE: _("Not feasible"),
    Outcome.SETTLED_BY_ITSELF: _("Settled by itself"),
    Outcome.DUPLICATE: _("Known already"),
}

# What is asked for beside any other outcome than solved; the reporter reads the answer.
OUTCOMES_WHY: dict[Outcome, Words] = {
    Outcome.NOT_OURS: _("Whose is it? Say whom the reporter can turn to."),
    Outcome.NOT_FEASIBLE: _("Say why it cannot be done."),
    Outcome.SETTLED_BY_ITSELF: _("Say how it came right."),
    Outcome.DUPLICATE: _(
        "Say where it is known already. Is that matter still open, better join this one to it: "
        "its reporter is then told of each step."
    ),
}

# What a second look found.
ANSWERS: dict[Answer, Words] = {
    Answer.SOLVED: _("Yes, it is solved"),
    Answer.NOT_SOLVED: _("No, it is not solved"),
    Answer.CANNOT_TELL: _("It cannot be told"),
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
    "referral": _("Referred from below"),
    "patrol": _("Patrol"),
    "window": _("Service window"),
    "phone": _("Phone"),
    "api": _("Program"),
    "import": _("Former list"),
}

# The lines of the timeline.
ENTRIES: dict[str, Words] = {
    "matter.reported": _("Reported"),
    "matter.settled": _("Settled on the spot"),
    "matter.imported": _("Taken over from a former list"),
    "matter.promise_moved": _("The promised date moved: working days or a limit were changed"),
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
    "matter.time_asked": _("Asked for time"),
    "matter.time_granted": _("More time was granted"),
    "matter.time_refused": _("More time was refused"),
    "matter.hold_asked": _("Asked to put on hold"),
    "matter.put_on_hold": _("Put on hold"),
    "matter.hold_refused": _("Putting on hold was refused"),
    "matter.resumed": _("Resumed"),
    "matter.reporter_asked": _("The reporter was asked"),
    "matter.answered": _("The reporter answered"),
    "matter.not_answered": _("Went on without an answer"),
    "matter.urged": _("Urged"),
    "matter.supervised": _("Supervised"),
    "matter.reminded": _("Reminder"),
    "matter.reassigned": _("Moved to another seat: whoever had it has left"),
    "matter.handed_up": _("Handed up a level: its time was over"),
    "matter.assist_called": _("Called in to assist"),
    "matter.assist_done": _("An assisting part is done"),
    "matter.assist_returned": _("An assisting part was returned"),
    "matter.assist_released": _("Released from assisting"),
    "matter.coordinated": _("A meeting decided who takes it"),
    "matter.handed_over": _("Handed over"),
    "matter.referred": _("Referred to the centre above"),
    "matter.recalled": _("Taken back"),
    "matter.referral_answered": _("Answered by the centre above"),
    "matter.joined": _("Joined to another matter"),
    "matter.unjoined": _("The joining was undone"),
    "matter.split": _("Something was split off"),
    "matter.split_off": _("Split off from another matter"),
    "matter.corrected": _("Kind or place corrected"),
    "matter.got_joined": _("Another matter was joined to this one"),
    "matter.lost_joined": _("A matter that was joined to this one goes its own way again"),
    "matter.referral_recalled": _("The centre below settles it after all"),
    "matter.objected": _("The reporter says it is not solved"),
    "matter.followed_up": _("Followed up with the reporter"),
    "matter.not_reached": _("The reporter was not reached"),
    "matter.found_unsolved": _("A second look found that it is not solved"),
    "matter.upheld": _("Explained and left closed"),
    "matter.me_too": _("Somebody else raised it too"),
    "matter.voice_withdrawn": _("Somebody took their voice back"),
    "matter.linked": _("Linked to its reporter's account"),
    "matter.unlinked": _("Taken out of its reporter's account"),
    "matter.noted": _("Note"),
    "matter.told": _("Word to the reporter"),
    "matter.photographed": _("Photo added"),
    "matter.file_added": _("File added"),
    "matter.file_kept": _("File added for colleagues"),
    "matter.file_removed": _("File removed"),
}

WHY_IMPOSSIBLE: dict[str, Words] = {
    "no_level_above": _("There is no level above this one: what a county cannot settle is referred."),
    "no_level_below": _("There is no level below this one."),
    "not_for_grids": _("Matters of this kind may not be given to grids."),
    "too_late_for_time": _("The deadline has passed: time is asked for, and granted, before it."),
    "asked_already": _("Something was asked already and is not decided yet."),
    "enough_time": _("More time was granted once: that is all there is."),
    "nothing_asked": _("Nobody asked for this."),
    "amount": _("Ask for at least one, and for no more than the limit itself."),
    "assist_amount": _("A deadline is from 1 to 365."),
    "until": _("Name a day after today, at most half a year ahead."),
    "meeting_first": _("It was returned three times: a meeting decides who takes it."),
    "no_meeting": _("No meeting was called for it."),
    "decided_by_meeting": _("A meeting decided that it is yours: it cannot be given away."),
    "been_there": _("They have had it before: whoever dispatches decides."),
    "no_lead": _("Nobody handles it at the moment: first it needs someone who leads."),
    "assists_open": _("Others still have a part in it: wait for them, or release them."),
    "assists_already": _("They have a part in it already."),
    "nobody_assists": _("Nobody assists."),
    "not_assisting": _("They do not assist here."),
    "children_open": _("What was split off from it is not settled yet."),
    "being_checked": _("It is being checked already."),
    "pass_up_first": _("Only the county refers: pass it up first."),
    "no_centre_above": _("There is no centre above this one."),
    "join_itself": _("A matter cannot be joined to itself."),
    "join_unknown": _("There is no matter of this number that you may read."),
    "join_over": _("That matter is over: nothing can be joined to it."),
    "join_joined": _("That matter was joined to another one itself: join it to that one."),
    "join_has_joined": _("Others were joined to this matter: join the other one to it, or undo those first."),
    "join_county": _("It belongs to another county: matters are joined within one county."),
    "join_private": _("A secret matter or a complaint is joined to nothing, and nothing to it."),
    "join_referred": _("It belongs to a matter of another centre: that one waits for its own answer."),
    "join_split": _("Things were split off from this matter: it stays a matter of its own."),
    "portions": _("Name one to five things, each with its kind and what it is."),
    "nothing_to_correct": _("Choose another kind or another place: nothing would change."),
    "others_rely": _("Others raised it too and rely on it: it stays open for them."),
}

FUNCTIONS: dict[Function, Words] = {
    Function.FILES: _("Verifies and files"),
    Function.DISPATCHES: _("Dispatches"),
    Function.HANDLES: _("Handles"),
    Function.CHECKS: _("Checks"),
    Function.DECIDES: _("Decides on requests"),
}

WHY_NO_ROLE: dict[str, Words] = {
    "role_may_not": _("this role has no right to do it."),
    "no_seat_there": _("this role has no seat on the way from the spot up to the county."),
    "no_body_in_grid": _("in the grid no body handles anything: it is given there to its worker and heads."),
}

# Why somebody needs to see how to reach a reporter: the journal's codes of purposes that fit a matter.
PURPOSES: dict[str, Words] = {
    "contact": _("To reach them about this matter"),
    "verify": _("To verify this report"),
    "emergency": _("Someone may be in danger"),
    "request": _("They asked for it"),
}

# What was found in a text before it is sent.
PERSONAL: dict[Personal, Words] = {
    Personal.PHONE: _("Phone number"),
    Personal.IDENTITY: _("Identity number"),
    Personal.CARD: _("Bank card number"),
    Personal.EMAIL: _("E-mail address"),
    Personal.PLATE: _("Number plate"),
    Personal.NAME: _("Probably a name"),
}


def again_words(times: int) -> str:
    """How often the same has come up at the same place; empty the first time."""
    if times < 2:
        return ""
    said = {2: _("Again: second time"), 3: _("Again: third time"), 4: _("Again: fourth time")}
    return str(said[times]) if times in said else str(_("Again: time no. %(n)d")) % {"n": times}


def state_label(state: str, *, resident: bool = False) -> str:
    return str((RESIDENT_STATES if resident else STATES)[State(state)])
