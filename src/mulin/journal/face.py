"""What other rooms may use of the journal."""

from mulin.journal import nights
from mulin.journal.actions import erase, record, record_many
from mulin.journal.archive import archive
from mulin.journal.archive import check as check_archive
from mulin.journal.bulk import bulk, erase_many
from mulin.journal.codes import Code, Word, code_named, codes, register
from mulin.journal.disclosure import disclose, disclosures_about, disclosures_by
from mulin.journal.feed import Fed, advance, cursor_of, feed_after, feed_last, feed_number
from mulin.journal.keeping import Standing, Sweep, register_sweep
from mulin.journal.keeping import by_itself as retention_by_itself
from mulin.journal.keeping import decide as retention_decide
from mulin.journal.keeping import run as retention_run
from mulin.journal.keeping import standing as retention_standing
from mulin.journal.lights import lights
from mulin.journal.models import (
    Archive,
    Disclosure,
    DisclosureOf,
    Entry,
    EntryText,
    Keeping,
    Night,
    Outbox,
    Seal,
)
from mulin.journal.nights import Work
from mulin.journal.outbox import (
    OutboxDraft,
    outbox_add,
    outbox_add_many,
    outbox_done,
    outbox_done_many,
    outbox_due,
    outbox_later,
    outbox_waiting,
)
from mulin.journal.queries import (
    Line,
    Said,
    chain_lengths,
    facts_of,
    lines,
    timeline,
    timeline_for_reporter,
    unchanged_since,
)
from mulin.journal.readings import Purpose, Reading
from mulin.journal.rules import ANONYMOUS, SYSTEM, Actor, ByKind, Draft, Json, Subject
from mulin.journal.seals import Given, last_seal, seal
from mulin.journal.seals import as_file as seal_file
from mulin.journal.seals import check as check_seal
from mulin.journal.seals import sheet as seal_sheet
from mulin.journal.verify import Problem, Report, verify
from mulin.journal.watching import feed_behind, newest_entry_at, newest_entry_id, outbox_behind

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "Actor",
    "Archive",
    "ByKind",
    "Code",
    "Disclosure",
    "DisclosureOf",
    "Draft",
    "Entry",
    "EntryText",
    "Fed",
    "Given",
    "Json",
    "Keeping",
    "Line",
    "Night",
    "Outbox",
    "OutboxDraft",
    "Problem",
    "Purpose",
    "Reading",
    "Report",
    "Said",
    "Seal",
    "Standing",
    "Subject",
    "Sweep",
    "Word",
    "Work",
    "advance",
    "archive",
    "bulk",
    "chain_lengths",
    "check_archive",
    "check_seal",
    "code_named",
    "codes",
    "cursor_of",
    "disclose",
    "disclosures_about",
    "disclosures_by",
    "erase",
    "erase_many",
    "facts_of",
    "feed_after",
    "feed_behind",
    "feed_last",
    "feed_number",
    "last_seal",
    "lights",
    "lines",
    "newest_entry_at",
    "newest_entry_id",
    "nights",
    "outbox_add",
    "outbox_add_many",
    "outbox_behind",
    "outbox_done",
    "outbox_done_many",
    "outbox_due",
    "outbox_later",
    "outbox_waiting",
    "record",
    "record_many",
    "register",
    "register_sweep",
    "retention_by_itself",
    "retention_decide",
    "retention_run",
    "retention_standing",
    "seal",
    "seal_file",
    "seal_sheet",
    "timeline",
    "timeline_for_reporter",
    "unchanged_since",
    "verify",
]
