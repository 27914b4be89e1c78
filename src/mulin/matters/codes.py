"""Declares the journal codes of matters: which the reporter is shown, and which of their words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Word, register
from mulin.matters.import_words import IMPORT_ENTRIES
from mulin.matters.labels import ENTRIES

# A note for colleagues: the reporter does not even see that there is one, unless it was written for them.
HIDDEN = {
    "matter.noted", "matter.not_reached", "matter.found_unsolved", "matter.voice_withdrawn",
    "matter.file_kept", "matter.file_removed",
    "matter.linked", "matter.unlinked",
    # what colleagues ask one another, and what comes of it only where it changes something for the reporter
    "matter.time_asked", "matter.time_refused", "matter.hold_asked", "matter.hold_refused", "matter.assist_returned",
    "matter.assist_released", "matter.referral_recalled", "matter.reminded", "matter.reassigned",
}  # fmt: skip
WORDS = {"note": Word.INTERNAL, "reason": Word.REPORTER}


def declare() -> None:
    for code, label in ENTRIES.items():
        register(code, label, shown_to_reporter=code not in HIDDEN, words=WORDS)
    register("matters.redated", _("Due dates were worked out anew"))
    for code, label in IMPORT_ENTRIES.items():
        register(code, label)
    register("recheck.drawn", _("Drawn for a second look"))
    register("recheck.answered", _("A second look was taken"), words={"note": Word.INTERNAL})
    register("who_table.changed", _("The table of who does what was changed"))
    register("matter_list.loaded", _("Entries were added to the matter list"))
    register("matter_list.changed", _("An entry of the matter list was changed"))
