"""How long each class of record is kept, and why.

The years are samples: a town sets its own by law and by its archive's rules. Every model names one of these
codes in its `RETENTION`; a test finds one that does not.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of record. `years` counts from the day the record is closed; None: as long as the house stands."""

    code: str
    years: float | None
    reason: str | Promise
    sample: bool = True
    least: float = 0.1  # no town may say less: the law wants it kept that long


_RULES = (
    Rule("structure", None, _("Places, organisations and their history: figures of the past need them.")),
    Rule("matter", 10, _("A matter and how it was settled, as an administrative record.")),
    Rule("contact", 1, _("How to reach a reporter: no longer than it takes to settle, rate and reopen.")),
    Rule("photo", 3, _("Photos of a matter: evidence while it can be disputed.")),
    Rule("file", 3, _("Recordings, videos and documents of a matter: evidence while it can be disputed.")),
    Rule("person", 3, _("Staff and their posts, after the last post ended: who was answerable.")),
    Rule(
        "registry", 3, _("Who lived or traded here, after they left: who was answerable for what was done.")
    ),
    Rule("care", 0.1, _("A care need after it ended or expired: no longer than it takes to end the help.")),
    Rule("visit", 3, _("Visits: what was agreed, as long as it may be asked for.")),
    Rule(
        "list",
        0.25,
        _("A list that was compared with the registry: it is erased on the day it was to expire."),
    ),
    Rule("journal", None, _("Codes and hashes without words: the proof that nothing was altered.")),
    Rule("journal_text", 10, _("Words of the journal, as long as the matter they belong to.")),
    Rule(
        "disclosure",
        3,
        _("Who read whose data: at least three years, as for other records of processing."),
        least=3,
    ),
    Rule("outbox", 0.5, _("Word that was sent: kept like network logs, for six months."), least=0.5),
    Rule("machinery", 0, _("What only keeps the house running, and is made anew.")),
    Rule("session", 0.51, _("Sign-ins: network logs are kept for six months."), least=0.51),
)
RULES = {rule.code: rule for rule in _RULES}
