"""Retention: what is past its time, said in a dry run, and erased when the town says so.

The years of `kernel.retention` are samples until a town decides; nothing is erased by itself before that. Each room
registers how its records are erased; each erasure is recorded where the record was, and each run as a whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.journal.actions import erase, record
from mulin.journal.codes import register
from mulin.journal.models import EntryText, Keeping, Outbox
from mulin.journal.rules import Actor, Json, Subject
from mulin.kernel.refusals import Invalid
from mulin.kernel.retention import RULES, Rule

Words = str | Promise
HOUSE = Subject("retention", UUID("6d756c69-6e00-7000-8000-726574656e74"))
BATCH = 200
YEAR = timedelta(days=365.25)
MOST_YEARS = 200

DECIDED = register("retention.decided", _("It was decided how long a class of record is kept"))
RAN = register("retention.ran", _("What was past its time was erased"))


@dataclass(frozen=True, slots=True)
class Sweep:
    """How one kind of record is erased. `past` counts, `erase` takes up to so many; both of before an instant."""

    rule: str
    title: Words
    does: Words
    past: Callable[[datetime], int]
    erase: Callable[[datetime, int, Actor, datetime], int]


_SWEEPS: dict[str, Sweep] = {}


def register_sweep(name: str, sweep: Sweep) -> None:
    """A room says at start how its records are erased."""
    if sweep.rule not in RULES:
        raise ValueError(f"there is no rule {sweep.rule}")
    _SWEEPS[name] = sweep


@dataclass(frozen=True, slots=True)
class Due:
    """What one sweep would erase now."""

    name: str
    title: Words
    does: Words
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one class of record."""

    rule: Rule
    years: float | None
    decided: bool
    by_itself: bool
    due: Sequence[Due] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(each.count for each in self.due)


def standing(now: datetime) -> list[Standing]:
    """A dry run: every rule, the years that hold, and what is past them. It changes nothing."""
    kept = {row.rule: row for row in Keeping.objects.all()}
    return [_standing(rule, kept.get(rule.code), now) for rule in RULES.values()]


def _standing(rule: Rule, row: Keeping | None, now: datetime) -> Standing:
    years = row.years if row else rule.years
    due = []
    if years:
        before = now - years * YEAR
        sweeps = [(name, sweep) for name, sweep in _SWEEPS.items() if sweep.rule == rule.code]
        due = [Due(name, sweep.title, sweep.does, sweep.past(before)) for name, sweep in sweeps]
    return Standing(rule, years, row is not None, bool(row and row.by_itself), due)


def decide(rule: str, *, years: float, by_itself: bool, by: Actor, at: datetime) -> None:
    """The town says how long, and whether what is past it goes by itself at night."""
    known = RULES.get(rule)
    if known is None or not known.years:
        raise Invalid(_("There are no years to decide on here."), code="no_years", field="years")
    if not known.least <= years <= MOST_YEARS:
        words = _("Say a number of years from %(least)s to %(most)s.")
        raise Invalid(words % {"least": known.least, "most": MOST_YEARS}, code="years", field="years")
    if by_itself and not any(sweep.rule == rule for sweep in _SWEEPS.values()):
        raise Invalid(code="never_by_itself", field="by_itself")
    with transaction.atomic():
        Keeping.objects.update_or_create(rule=rule, defaults={"years": years, "by_itself": by_itself})
        facts: dict[str, Json] = {"rule": rule, "years": years, "by_itself": by_itself}
        record(DECIDED.code, HOUSE, by=by, at=at, facts=facts)


def run(rules: Sequence[str], *, by: Actor, at: datetime) -> dict[str, int]:
    """Erase what is past its time under these rules, in small steps, while others work; how many of each kind."""
    chosen = [each for each in standing(at) if each.rule.code in rules and each.decided]
    done = {due.name: _sweep(each, due.name, by, at) for each in chosen for due in each.due if due.count}
    if any(done.values()):
        with transaction.atomic():
            record(RAN.code, HOUSE, by=by, at=at, facts={"erased": done, "rules": sorted(rules)})
    return done


def _sweep(standing: Standing, name: str, by: Actor, at: datetime) -> int:
    before, total = at - (standing.years or 0) * YEAR, 0
    while True:
        with transaction.atomic():
            done = _SWEEPS[name].erase(before, BATCH, by, at)
        total += done
        if done < BATCH:
            return total


def by_itself() -> list[str]:
    """The rules that are kept at night without anybody's hand."""
    return list(Keeping.objects.filter(by_itself=True).order_by("rule").values_list("rule", flat=True))


def _old_texts(before: datetime) -> int:
    return EntryText.objects.filter(erased_at=None, entry__at__lt=before).count()


def _empty_texts(before: datetime, most: int, by: Actor, at: datetime) -> int:
    old = EntryText.objects.filter(erased_at=None, entry__at__lt=before).select_related("entry")
    return len([erase(text, rule="journal_text", by=by, at=at) for text in old.order_by("entry__at")[:most]])


def _old_word(before: datetime) -> int:
    return Outbox.objects.filter(done_at__lt=before).count()


def _drop_word(before: datetime, most: int, by: Actor, at: datetime) -> int:  # noqa: ARG001 - the shape of a sweep
    ids = list(
        Outbox.objects.filter(done_at__lt=before).order_by("done_at").values_list("id", flat=True)[:most]
    )
    return Outbox.objects.filter(id__in=ids).delete()[0]


def declare() -> None:
    """What the journal itself keeps for a time only."""
    texts = _("The text is emptied; that it was, when and by which rule, stays.")
    register_sweep("texts", Sweep("journal_text", _("Words of the journal"), texts, _old_texts, _empty_texts))
    gone = _("Removed.")
    register_sweep("outbox", Sweep("outbox", _("Word that was sent"), gone, _old_word, _drop_word))
