"""What other rooms may use of the journal."""

from mulin.journal.actions import erase, record, record_many
from mulin.journal.bulk import bulk
from mulin.journal.codes import Code, Word, code_named, codes, register
from mulin.journal.disclosure import disclose, disclosures_about, disclosures_by
from mulin.journal.feed import Fed, advance, cursor_of, feed_after, feed_last, feed_number
from mulin.journal.models import Disclosure, DisclosureOf, Entry, EntryText, Outbox
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
from mulin.journal.queries import Line, Said, facts_of, lines, timeline, timeline_for_reporter
from mulin.journal.readings import Purpose, Reading
from mulin.journal.rules import ANONYMOUS, SYSTEM, Actor, ByKind, Draft, Json, Subject
from mulin.journal.verify import Problem, Report, verify

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "Actor",
    "ByKind",
    "Code",
    "Disclosure",
    "DisclosureOf",
    "Draft",
    "Entry",
    "EntryText",
    "Fed",
    "Json",
    "Line",
    "Outbox",
    "OutboxDraft",
    "Problem",
    "Purpose",
    "Reading",
    "Report",
    "Said",
    "Subject",
    "Word",
    "advance",
    "bulk",
    "code_named",
    "codes",
    "cursor_of",
    "disclose",
    "disclosures_about",
    "disclosures_by",
    "erase",
    "facts_of",
    "feed_after",
    "feed_last",
    "feed_number",
    "lines",
    "outbox_add",
    "outbox_add_many",
    "outbox_done",
    "outbox_done_many",
    "outbox_due",
    "outbox_later",
    "outbox_waiting",
    "record",
    "record_many",
    "register",
    "timeline",
    "timeline_for_reporter",
    "verify",
]
